using System.Globalization;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw files → for each which types its columns may be. Each file is a call of its own inside
/// that of its group.
/// </summary>
static class InferSource
{
    public static Stage<InferInput, IReadOnlyList<InferredSource>> Stage { get; } = new(
        "Ingest.InferSource", 2, "", () => SourceJson.Default.InferInput,
        () => SourceJson.Default.IReadOnlyListInferredSource,
        async (context, input) => input.Sources is [var only]
            ? only.Kind is { } kind
                ? await context.Call(TypedStages.Infer(kind), input)
                : [await Run(context, only, input)]
            : await context.CallEach(
                Stage!, input.Sources.Select(source => input with { Sources = [source] })))
    {
        Calls = () => TypedStages.Inferring,
    };

    static async Task<InferredSource> Run(StageContext context, SourceBytes source, InferInput input)
    {
        try
        {
            return await SourceFaults.Name(
                context, source.Source, source.LengthBytes, input.Format,
                format => Infer(context, source, input with { Format = format }));
        }
        catch (SourceFaultException fault)
        {
            return new InferredSource([], [fault.Problem]);
        }
    }

    static async Task<InferredSource> Infer(StageContext context, SourceBytes source, InferInput input)
    {
        var format = input.Format;
        await using var records = await SourceRecords.Open(context, source, format, input.Header, null);
        var columns = records.Header.Names.Select(_ => new CandidateTypes(format.DecimalSeparator[0]))
            .ToArray();
        var missing = (format.Missing ?? []).Select(word => word.Trim()).ToArray();
        for (Found found; (found = await records.Next(context.Cancellation)) != Found.End;)
            if (found == Found.Block)
                See(records.Block, columns, missing);
            else
                See(records.Record, columns, missing);
        await records.Finish(context.Cancellation);
        return new InferredSource(
            [.. records.Header.Names.Zip(
                columns, (name, types) => new InferredColumn(name, types.HasValues, types.Left))], []);
    }

    static void See(CellBlock block, CandidateTypes[] columns, string[] missing)
    {
        var words = new MissingCells(block.Format, missing);
        for (var i = 0; i < columns.Length; i++)
            columns[i].See(new BlockColumn(block, i, words, missing), block.Rows);
    }

    /// <summary>A row that will be quarantined for its shape says nothing about types.</summary>
    static void See(RecordReader record, CandidateTypes[] columns, string[] missing)
    {
        if (record.Fault is not null || record.CellCount != columns.Length)
            return;
        for (var i = 0; i < columns.Length; i++)
            if (columns[i].MayNarrow && record[i].Trim() is var cell && !RowParser.IsMissing(cell, missing))
                columns[i].See(cell);
    }
}

/// <summary>The types that all cells seen so far read as.</summary>
sealed class CandidateTypes(char decimalSeparator)
{
    static readonly ColumnType[] Narrow =
        [ColumnType.Boolean, ColumnType.Integer, ColumnType.Real, ColumnType.Date, ColumnType.Timestamp];

    readonly NumberFormatInfo numbers = Cells.NumbersWith(decimalSeparator);
    readonly List<ColumnType> left = [.. Narrow];

    public bool HasValues { get; private set; }

    public bool MayNarrow => left.Count > 0 || !HasValues;

    public IReadOnlyList<ColumnType> Left => left;

    /// <summary>
    /// What the first value leaves is a chain (an integer reads as a real, a date as a timestamp), so
    /// afterwards a value that reads as the narrowest type reads as all that are left.
    /// </summary>
    public void See(ReadOnlySpan<char> cell)
    {
        if (!HasValues)
            for (var i = left.Count - 1; i >= 0; i--)
                if (!Reads(cell, left[i]))
                    left.RemoveAt(i);
        HasValues = true;
        while (left.Count > 0 && !Reads(cell, left[0]))
            left.RemoveAt(0);
    }

    /// <summary>
    /// The cells of a column of a block, as <see cref="See(ReadOnlySpan{char})"/> would see them.
    /// </summary>
    public void See(BlockColumn cells, int rows)
    {
        var column = cells.Cells;
        for (var row = 0; row < rows && MayNarrow; row++)
        {
            var cell = column[row];
            if (cell.IsEmpty || cells.Missing.Has(cell) || (HasValues && IsUsual(cell, left[0])))
                continue;
            var text = cells.Text(cell).Trim();
            if (!RowParser.IsMissing(text, cells.MissingWords))
                See(text);
        }
    }

    /// <summary>Whether a cell surely reads as a type.</summary>
    bool IsUsual(ReadOnlySpan<byte> cell, ColumnType type) => type switch
    {
        ColumnType.Boolean => cell.Length > 3 && BooleanCells.TryRead(cell, out _),
        ColumnType.Integer => !BeginsWithZero(cell) && IntegerCells.TryRead(cell, out _),
        ColumnType.Real => !BeginsWithZero(cell)
            && (decimalSeparator == '.' ? PointCells.TryRead(cell, out _) : CommaCells.TryRead(cell, out _)),
        ColumnType.Date => DateCells.TryRead(cell, out _),
        _ => TimestampCells.TryRead(cell, out _),
    };

    /// <summary>Before another digit: then the digits may be a name.</summary>
    static bool BeginsWithZero(ReadOnlySpan<byte> cell)
    {
        var digits = cell[0] == (byte)'-' ? cell[1..] : cell;
        return digits.Length > 1 && digits[0] == (byte)'0' && char.IsAsciiDigit((char)digits[1]);
    }

    bool Reads(ReadOnlySpan<char> cell, ColumnType type) => type switch
    {
        ColumnType.Boolean => Cells.IsBooleanWord(cell),
        ColumnType.Integer => !IsCode(cell) && Cells.TryInteger(cell, out _),
        ColumnType.Real => !IsCode(cell) && Cells.TryReal(cell, decimalSeparator, numbers, out _),
        ColumnType.Date => IsoTime.TryDate(cell, out _),
        _ => IsoTime.TryTimestamp(cell, out _),
    };

    /// <summary>
    /// Digits that are a name rather than a number, which would lose by being read as one: with a leading
    /// zero (<c>007</c>), or more of them than an integer holds.
    /// </summary>
    static bool IsCode(ReadOnlySpan<char> cell)
    {
        var digits = cell[0] is '-' or '+' ? cell[1..] : cell;
        return digits.Length > 1 && !digits.ContainsAnyExceptInRange('0', '9')
            ? digits[0] == '0' || !Cells.TryInteger(cell, out _)
            : digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }
}
