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
        "Quarantine.RawRows", 8, "",
        () => QuarantineJson.Default.RawRowsInput, () => QuarantineJson.Default.RawRowsFound, Run);

    static Task<RawRowsFound> Run(StageContext context, RawRowsInput input) => SourceFaults.Name(
        context, input.Source.Source, input.Source.LengthBytes, input.Format,
        format => input.Source.Kind is null
            ? Read(context, input with { Format = format })
            : ReadJson(context, input));

    static async Task<RawRowsFound> Read(StageContext context, RawRowsInput input)
    {
        await using var records = await SourceRecords.Open(
            context, input.Source, input.Format, null, new CellNames(input.Names), keepsOriginal: true);
        var header = records.Header.Names;
        return await Collect(context, input, records.Preamble, async (asked, rows, bytes) =>
        {
            var scan = new TextScan(asked, header.Count, records.Original!, rows, bytes);
            for (Found found; (found = await records.Next(context.Cancellation)) != Found.End;)
                if (found == Found.Block)
                    scan.SeeBlock(records);
                else
                    scan.SeeRecord(records);
            scan.End();
            await records.Finish(context.Cancellation);
            return header;
        });
    }

    static async Task<RawRowsFound> ReadJson(StageContext context, RawRowsInput input)
    {
        await using var lines = await JsonLineRows.Open(
            context, input.Source.Source, input.Source.LengthBytes);
        var preamble = JsonLineRows.Mark[..lines.MarkBytes].ToArray();
        return await Collect(context, input, preamble, async (asked, rows, bytes) =>
        {
            var scan = new JsonScan(asked, rows, bytes);
            while (await lines.Next(context.Cancellation))
                scan.See(lines);
            await lines.Finish(context.Cancellation);
            return lines.Names;
        });
    }

    static async Task<RawRowsFound> Collect(
        StageContext context, RawRowsInput input, byte[] preamble,
        Func<AskedOfFile, RawRowWriter, Stream, Task<IReadOnlyList<string>>> scan)
    {
        var path = Path.Combine(context.ScratchDirectory, "rows");
        IReadOnlyList<string> header = [];
        var rows = await context.Write(MediaTypes.JsonLines, async stream =>
        {
            using var unparsed = UnparsedRows.Open(context, input.Unparsed);
            using var wanted = RowNumbers.Read(context, input.Wanted).GetEnumerator();
            await using var bytes = DiskStream.Create(path);
            bytes.Write(preamble);
            header = await scan(new AskedOfFile(unparsed, wanted), new RawRowWriter(stream), bytes);
        });
        return new RawRowsFound(
            header, rows, await context.WriteFile(MediaTypes.Bytes, path), preamble.Length);
    }
}

/// <summary>Writes rows down, a JSON object per line.</summary>
sealed class RawRowWriter(Stream output)
{
    public void Write(RawRow row)
    {
        JsonSerializer.Serialize(output, row, QuarantineJson.Default.RawRow);
        output.WriteByte((byte)'\n');
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
