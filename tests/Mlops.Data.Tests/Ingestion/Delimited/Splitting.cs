using System.Text;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>Cuts delimited text into cells, and says what is wrong with rows.</summary>
static class Splitting
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// In blocks wherever that can be; rows at fault, and those of another length than the columns, in words.
    /// </summary>
    public static async Task<IReadOnlyList<string[]>> InBlocks(
        string text, TextFormat format, int columns, int windowBytes, int recordsBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var names = Enumerable.Range(0, columns).Select(column => $"c{column}").ToList();
        await using var records = await SourceRecords.Open(
            new MemoryStream(bytes), bytes.Length, format with { Header = false }, names, null, Cancellation,
            windowBytes, recordsBytes);
        var rows = new List<string[]>();
        for (Found found; (found = await records.Next(Cancellation)) != Found.End;)
            if (found == Found.Record)
                rows.Add(RowOf(records.Record, columns));
            else
                AddBlock(records.Block, records.BlockLine, columns, rows);
        return rows;
    }

    /// <summary>By the reader of records alone.</summary>
    public static async Task<IReadOnlyList<string[]>> RecordByRecord(
        string text, TextFormat format, int columns)
    {
        var record = new RecordReader(new StringReader(text), format.Delimiter[0], format.Quote?[0]);
        var rows = new List<string[]>();
        while (await record.Read(Cancellation))
            if (record.IsRowOf(columns))
                rows.Add(RowOf(record, columns));
        return rows;
    }

    static string[] RowOf(RecordReader record, int columns) =>
        record.Fault is { } fault ? [$"{record.Line}: {fault}"]
        : record.CellCount != columns ? [$"{record.Line}: {record.CellCount} cells"]
        : [.. Enumerable.Range(0, columns).Select(column => record[column].ToString())];

    static void AddBlock(CellBlock block, long line, int columns, List<string[]> rows)
    {
        var found = new List<(int Start, string[] Row)>();
        foreach (var ragged in block.Ragged)
            found.Add(
                (ragged.Start, [$"{line + block.LinesBetween(0, ragged.Start)}: {ragged.Cells} cells"]));
        for (var row = 0; row < block.Rows; row++)
        {
            var cells = new string[columns];
            for (var column = 0; column < columns; column++)
                cells[column] = block.Decode(block.Column(column)[row]).ToString();
            found.Add((block.StartOf(row), cells));
        }
        rows.AddRange(found.OrderBy(row => row.Start).Select(row => row.Row));
    }
}
