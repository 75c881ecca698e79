using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Turns records into rows of typed columns: a record goes in whole or not at all.</summary>
sealed class RowParser : IDisposable
{
    readonly TableSchema schema;
    readonly int cellCount;
    readonly int[] positions;
    readonly ColumnParser[] parsers;
    readonly string[][] missing;
    BlockColumn[] cells = [];
    CellBlock? cellsOf;
    readonly int rowGroupBytes;

    /// <summary>Bytes and cells of the rows since the last <see cref="Take"/>.</summary>
    long held;

    /// <param name="header">Must have all the columns.</param>
    /// <param name="rowGroupBytes">Rows are full with the one that reaches it, its cells counted too.</param>
    public RowParser(
        IReadOnlyList<string> header, IReadOnlyList<ColumnDeclaration> columns, TextFormat format,
        int rowGroupBytes = TableFileWriter.RowGroupBytes)
    {
        this.rowGroupBytes = rowGroupBytes;
        schema = new TableSchema([.. columns.Select(column => column.Column())]);
        cellCount = header.Count;
        var positionOf = header.Select((name, i) => (name, i))
            .ToDictionary(pair => pair.name, pair => pair.i);
        positions = [.. columns.Select(column => positionOf[column.Name])];
        parsers = [.. columns.Select(column => ColumnParser.Of(column, format))];
        missing = MissingWords.Of(columns, format);
    }

    /// <summary>Rows since the last <see cref="Take"/>.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether the rows are as many as one row group takes.</summary>
    public bool IsFull => Rows >= TableFileWriter.RowGroupRows || held >= rowGroupBytes;

    /// <summary>What is wrong with a row of so many cells.</summary>
    public static string Ragged(int cells, int expected) =>
        $"{Counted.Plain(cells, "cell", "cells")} instead of {expected}";

    /// <param name="bytes">How long the record is, without its line end.</param>
    /// <returns>Null, or what is wrong with the record and in which column.</returns>
    public (string? Column, string Reason)? Add(RecordReader record, int bytes)
    {
        if (record.Fault is { } fault)
            return (null, fault);
        if (record.CellCount != cellCount)
            return (null, Ragged(record.CellCount, cellCount));
        held += bytes + parsers.Length;
        for (var i = 0; i < parsers.Length; i++)
        {
            if (AddCell(parsers[i], record[positions[i]], missing[i]) is not { } reason)
                continue;
            for (var j = 0; j < i; j++)
                parsers[j].Truncate(Rows);
            return (schema.Columns[i].Name, reason);
        }
        Rows++;
        return null;
    }

    /// <summary>What is wrong with the rows that were last added out of a block.</summary>
    public RowFaults Faults { get; } = new();

    /// <summary>
    /// Adds rows of a block, column after column; <see cref="Faults"/> has those that did not go in.
    /// </summary>
    /// <param name="from">The first row.</param>
    /// <param name="most">How many may be added, if they fit.</param>
    /// <returns>The row after the last that was looked at.</returns>
    public int Add(CellBlock block, int from, int most = int.MaxValue)
    {
        Faults.Clear();
        var to = Fitting(block, from, Math.Min(most, TableFileWriter.RowGroupRows - Rows));
        Bind(block);
        for (var i = 0; i < parsers.Length; i++)
        {
            Faults.Column = schema.Columns[i].Name;
            if (parsers[i].MayRefuse)
                parsers[i].AddCells(cells[i], from, to, Faults);
        }
        // What takes everything comes last, so that it need not take a row back.
        for (var i = 0; i < parsers.Length; i++)
            if (!parsers[i].MayRefuse)
                parsers[i].AddCells(cells[i], from, to, Faults);
            else if (Faults.Count > 0)
                parsers[i].TakeOut(Faults, from, to);
        Rows += to - from - Faults.Count;
        return to;
    }

    /// <returns>The row after those that still go into the row group.</returns>
    int Fitting(CellBlock block, int from, int most)
    {
        var to = from;
        for (var end = from + Math.Min(most, block.Rows - from); to < end && held < rowGroupBytes; to++)
            held += block.EndOf(to) - block.StartOf(to) + parsers.Length;
        return to;
    }

    void Bind(CellBlock block)
    {
        if (block == cellsOf)
            return;
        var bytesOf = missing.Distinct()
            .ToDictionary(words => words, words => new MissingCells(block.Format, words));
        cells = [.. positions.Zip(missing,
            (position, words) => new BlockColumn(block, position, bytesOf[words], words))];
        cellsOf = block;
    }

    /// <summary>The rows so far as a table; the parser starts anew.</summary>
    public Table Take()
    {
        (Rows, held) = (0, 0);
        return new Table(schema, [.. parsers.Select(parser => parser.Take())]);
    }

    /// <summary>The same in the parser's own memory: it holds until more rows are added.</summary>
    public Table Lend()
    {
        (Rows, held) = (0, 0);
        return new Table(schema, [.. parsers.Select(parser => parser.Lend())]);
    }

    public void Dispose()
    {
        foreach (var parser in parsers)
            parser.Dispose();
    }

    static string? AddCell(ColumnParser parser, ReadOnlySpan<char> cell, string[] missing)
    {
        var trimmed = cell.Trim();
        if (!IsMissing(trimmed, missing))
            return parser.Add(parser.KeepsBlanks ? cell : trimmed);
        parser.AddMissing();
        return null;
    }

    public static bool IsMissing(ReadOnlySpan<char> trimmed, string[] words)
    {
        if (trimmed.IsEmpty)
            return true;
        foreach (var word in words)
            if (trimmed.SequenceEqual(word))
                return true;
        return false;
    }
}
