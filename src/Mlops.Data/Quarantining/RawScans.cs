using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;

namespace Mlops.Data.Quarantining;

/// <summary>Which rows of a file are asked for, as it is read from its first row on.</summary>
sealed class AskedOfFile(UnparsedRows unparsed, IEnumerator<long> wanted)
{
    long kept;
    bool isWanted = wanted.MoveNext();

    /// <summary>Whether the row is asked for; counts it among the rows kept if it parsed.</summary>
    public bool IsAsked(long line)
    {
        if (unparsed.Current?.Line == line)
            return true;
        if (isWanted && wanted.Current == kept)
            return true;
        kept++;
        return false;
    }

    /// <summary>The row that is asked for.</summary>
    /// <param name="text">As it stands in the file, where it parsed.</param>
    public RawRow Take(long line, string text, string[]? cells)
    {
        if (unparsed.Current is { } fault && fault.Line == line)
        {
            unparsed.MoveNext();
            return new RawRow(null, line, fault.Column, fault.Reason, fault.Text, cells);
        }
        isWanted = wanted.MoveNext();
        return new RawRow(kept++, line, null, null, text, cells);
    }
}

/// <summary>
/// Goes through the rows of delimited text and writes down those that are asked for, as text and byte for
/// byte.
/// </summary>
sealed class TextScan(
    AskedOfFile asked, int columns, OriginalBytes original, RawRowWriter rows, Stream bytes)
{
    /// <summary>Waits for what may come behind the last row of the file.</summary>
    RawRow? last;

    public void SeeRecord(SourceRecords records)
    {
        var record = records.Record;
        if (asked.IsAsked(record.Line))
        {
            string[]? cells = null;
            if (record.Fault is null && record.CellCount == columns)
            {
                cells = new string[columns];
                for (var i = 0; i < columns; i++)
                    cells[i] = record[i].ToString();
            }
            Write(asked.Take(record.Line, record.Raw.ToString(), cells), records.RecordAt);
        }
        else
            Flush();
        original.PassTo(records.RecordAt.End);
    }

    /// <summary>Ragged rows come between the others, in the order of their bytes.</summary>
    public void SeeBlock(SourceRecords records)
    {
        var (block, line) = (records.Block, records.BlockLine);
        var (ragged, linesUpTo) = (0, 0);
        for (var row = 0; row <= block.Rows; row++)
        {
            var start = row < block.Rows ? block.StartOf(row) : int.MaxValue;
            for (; ragged < block.Ragged.Count && block.Ragged[ragged].Start < start; ragged++)
                See(block.Ragged[ragged].Start, block.Ragged[ragged].End, null);
            if (row < block.Rows)
                See(start, block.EndOf(row), row);
        }
        original.PassTo(records.PositionOf(block.Length));

        void See(int start, int end, int? row)
        {
            line += block.LinesBetween(linesUpTo, start);
            linesUpTo = start;
            if (asked.IsAsked(line))
                Write(
                    asked.Take(
                        line, block.Text(start, end).ToString(), row is { } at ? CellsOf(block, at) : null),
                    (records.PositionOf(start), records.PositionOf(block.LineEndOf(end))));
            else
                Flush();
        }
    }

    /// <summary>To be called behind the last row.</summary>
    public void End()
    {
        if (last?.Offset + last?.Length == original.Offset)
            last = last! with { Length = last.Length + original.CopyRest(bytes) };
        Flush();
    }

    string[] CellsOf(CellBlock block, int row)
    {
        var cells = new string[columns];
        for (var i = 0; i < columns; i++)
            cells[i] = block.Decode(block.Column(i)[row]).ToString();
        return cells;
    }

    void Write(RawRow row, (long Start, long End) at)
    {
        Flush();
        original.PassTo(at.Start);
        last = row with { Offset = original.Offset, Length = original.CopyTo(at.End, bytes) };
    }

    void Flush()
    {
        if (last is not null)
            rows.Write(last);
        last = null;
    }
}

/// <summary>The same of lines of JSON; the cells of one are those of the columns met so far.</summary>
sealed class JsonScan(AskedOfFile asked, RawRowWriter rows, Stream bytes)
{
    public void See(JsonLineRows line)
    {
        if (!asked.IsAsked(line.Line))
            return;
        string[]? cells = line.Fault is not null
            ? null
            : [.. Enumerable.Range(0, line.Names.Count).Select(column => line.Cells[column].ToString())];
        rows.Write(asked.Take(line.Line, line.Raw, cells) with
        {
            Offset = line.Offset,
            Length = line.LengthBytes,
        });
        line.CopyTo(bytes);
    }
}
