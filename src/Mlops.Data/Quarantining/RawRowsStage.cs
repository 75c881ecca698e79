using System.Text;
using System.Text.Json;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>
/// Finds rows of a text again, delimited or of JSON lines: the ones that did not parse, by their lines, and
/// others by how many rows were kept before them. Nothing is parsed: a changed rule reads the file over, and
/// only if rows of it fail.
/// </summary>
static class RawRowsStage
{
    public static Stage<RawRowsInput, RawRowsFound> Value { get; } = new(
        "Quarantine.RawRows", 2, "",
        () => QuarantineJson.Default.RawRowsInput, () => QuarantineJson.Default.RawRowsFound, Run);

    static Task<RawRowsFound> Run(StageContext context, RawRowsInput input) => SourceFaults.Name(
        context, input.Source.Source, input.Source.LengthBytes, input.Format,
        format => input.Source.Kind is null
            ? Read(context, input with { Format = format })
            : ReadJson(context, input));

    static async Task<RawRowsFound> Read(StageContext context, RawRowsInput input)
    {
        await using var records = await SourceRecords.Open(
            context, input.Source, input.Format, null, input.Names);
        var header = records.Header.Names;
        var rows = await context.Write(MediaTypes.JsonLines, async stream =>
        {
            using var unparsed = UnparsedRows.Open(context, input.Unparsed);
            using var wanted = RowNumbers.Read(context, input.Wanted).GetEnumerator();
            var scan = new RawScan(unparsed, wanted, header.Count, stream);
            for (Found found; (found = await records.Next(context.Cancellation)) != Found.End;)
                if (found == Found.Block)
                    scan.See(records.Block, records.BlockLine);
                else
                    scan.See(records.Record);
            await records.Finish(context.Cancellation);
        });
        return new RawRowsFound(header, rows);
    }

    static async Task<RawRowsFound> ReadJson(StageContext context, RawRowsInput input)
    {
        await using var lines = await JsonLineRows.Open(
            context, input.Source.Source, input.Source.LengthBytes);
        var rows = await context.Write(MediaTypes.JsonLines, async stream =>
        {
            using var unparsed = UnparsedRows.Open(context, input.Unparsed);
            using var wanted = RowNumbers.Read(context, input.Wanted).GetEnumerator();
            var scan = new RawScan(unparsed, wanted, 0, stream);
            while (await lines.Next(context.Cancellation))
                scan.See(lines);
            await lines.Finish(context.Cancellation);
        });
        return new RawRowsFound(lines.Names, rows);
    }
}

/// <summary>The rows of a quarantine one after the other.</summary>
sealed class UnparsedRows(StreamReader? rows) : IDisposable
{
    /// <summary>The next row; null after the last.</summary>
    public QuarantinedRow? Current { get; private set; }

    public static UnparsedRows Open(StageContext context, Artifact? artifact)
    {
        var opened = new UnparsedRows(
            artifact is null ? null : new StreamReader(context.Locate(artifact), Encoding.UTF8));
        opened.MoveNext();
        return opened;
    }

    public void MoveNext() => Current = rows?.ReadLine() is { } line
        ? JsonSerializer.Deserialize(line, QuarantineJson.Default.QuarantinedRow)
        : null;

    public void Dispose() => rows?.Dispose();
}

/// <summary>Goes through the rows of a file and writes down those that are asked for.</summary>
sealed class RawScan(UnparsedRows unparsed, IEnumerator<long> wanted, int columns, Stream output)
{
    long kept;
    bool isWanted = wanted.MoveNext();

    /// <summary>A line of JSON; its cells are those of the columns met so far.</summary>
    public void See(JsonLineRows line)
    {
        if (!IsAsked(line.Line))
            return;
        Write(line.Line, line.Raw, line.Fault is not null
            ? null
            : [.. Enumerable.Range(0, line.Names.Count).Select(column => line.Cells[column].ToString())]);
    }

    public void See(RecordReader record)
    {
        if (!IsAsked(record.Line))
            return;
        string[]? cells = null;
        if (record.Fault is null && record.CellCount == columns)
        {
            cells = new string[columns];
            for (var i = 0; i < columns; i++)
                cells[i] = record[i].ToString();
        }
        Write(record.Line, record.Raw.ToString(), cells);
    }

    /// <summary>Ragged rows come between the others, in the order of their bytes.</summary>
    public void See(CellBlock block, long line)
    {
        var (ragged, linesUpTo) = (0, 0);
        for (var row = 0; row <= block.Rows; row++)
        {
            var start = row < block.Rows ? block.StartOf(row) : int.MaxValue;
            for (; ragged < block.Ragged.Count && block.Ragged[ragged].Start < start; ragged++)
                if (IsAsked(LineAt(block.Ragged[ragged].Start)))
                    Write(line,
                        block.Text(block.Ragged[ragged].Start, block.Ragged[ragged].End).ToString(), null);
            if (row < block.Rows && IsAsked(LineAt(start)))
                Write(line, block.Text(start, block.EndOf(row)).ToString(), CellsOf(block, row));
        }

        long LineAt(int start)
        {
            line += block.LinesBetween(linesUpTo, start);
            linesUpTo = start;
            return line;
        }
    }

    string[] CellsOf(CellBlock block, int row)
    {
        var cells = new string[columns];
        for (var i = 0; i < columns; i++)
            cells[i] = block.Decode(block.Column(i)[row]).ToString();
        return cells;
    }

    /// <summary>Whether the row is asked for; counts it among the rows kept if it parsed.</summary>
    bool IsAsked(long line)
    {
        if (unparsed.Current?.Line == line)
            return true;
        if (isWanted && wanted.Current == kept)
            return true;
        kept++;
        return false;
    }

    void Write(long line, string text, string[]? cells)
    {
        RawRow row;
        if (unparsed.Current is { } fault && fault.Line == line)
        {
            row = new RawRow(null, line, fault.Column, fault.Reason, fault.Text, cells);
            unparsed.MoveNext();
        }
        else
        {
            row = new RawRow(kept++, line, null, null, text, cells);
            isWanted = wanted.MoveNext();
        }
        JsonSerializer.Serialize(output, row, QuarantineJson.Default.RawRow);
        output.WriteByte((byte)'\n');
    }
}
