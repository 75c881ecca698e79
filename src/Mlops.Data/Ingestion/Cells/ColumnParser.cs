using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Collects one column's cells as typed values.</summary>
abstract class ColumnParser : IDisposable
{
    public abstract void AddMissing();

    /// <param name="cell">Trimmed but for text.</param>
    /// <returns>Null, or what is wrong with the cell: then nothing was added.</returns>
    public abstract string? Add(ReadOnlySpan<char> cell);

    /// <summary>
    /// Adds what the column has in some rows of a block; what stands for a row that has a fault is anything.
    /// </summary>
    /// <param name="faults">Is told of cells that are no value of the column.</param>
    public abstract void AddCells(BlockColumn cells, int from, int to, RowFaults faults);

    /// <summary>
    /// Takes out the rows with faults, the rows from one on being those that were added last.
    /// </summary>
    public abstract void TakeOut(RowFaults faults, int from, int to);

    /// <summary>Takes back the rows from the given one on.</summary>
    public abstract void Truncate(int rows);

    /// <summary>The values so far; the parser starts anew.</summary>
    public abstract ColumnValues Take();

    /// <summary>The same in the parser's own memory: they hold until more are added.</summary>
    public abstract ColumnValues Lend();

    public abstract void Dispose();

    public virtual bool KeepsBlanks => false;

    /// <summary>Whether there are cells that are no value of the column.</summary>
    public virtual bool MayRefuse => true;

    public static ColumnParser Of(ColumnDeclaration column, TextFormat text) =>
        Of(column, new NumberText(NumberSigns.Of(column, text)), TimePatterns.Of(column, text));

    static ColumnParser Of(
        ColumnDeclaration column, NumberText numbers, TimePatterns? patterns) => column.Type switch
        {
            ColumnType.Text => new TextParser(),
            ColumnType.Category =>
                column.Levels is { } levels ? new LevelParser(levels) : new TextParser(column.Type),
            ColumnType.Real or ColumnType.Float => new RealParser(column.Type, numbers),
            ColumnType.Decimal => new DecimalParser(column.Column(), numbers),
            ColumnType.Integer => new WholeParser<IntegerCells>(
                column.Type, numbers.TryInteger, "an integer" + numbers.Words),
            ColumnType.Int32 => new WholeParser<Int32Cells>(
                column.Type, numbers.TryInt32, "an integer of 32 bits" + numbers.Words),
            ColumnType.Boolean =>
                new WholeParser<BooleanCells>(column.Type, Cells.TryBoolean, "true or false"),
            ColumnType.Instant => new InstantParser(column, patterns),
            _ => Calendar(column.Type, patterns),
        };

    static ColumnParser Calendar(ColumnType type, TimePatterns? patterns) => (type, patterns) switch
    {
        (ColumnType.Date, null) =>
            new WholeParser<DateCells>(type, IsoTime.TryDate, "a date such as 2026-03-31"),
        (ColumnType.Timestamp, null) => new WholeParser<TimestampCells>(
            type, IsoTime.TryTimestamp, "a timestamp such as 2026-03-31T12:30:00"),
        (ColumnType.Date, _) => new WholeParser<NoCells<long>>(
            type, patterns.TryDate, $"a date of the form {patterns.DateWords}"),
        (ColumnType.Timestamp, _) => new WholeParser<NoCells<long>>(
            type, patterns.TryTimestamp, $"a timestamp of the form {patterns.Words}"),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such column type."),
    };

    protected static string IsNo(ReadOnlySpan<char> cell, string what) =>
        cell.Length > 40 ? $"'{cell[..40]}…' is not {what}" : $"'{cell}' is not {what}";
}

/// <summary>A column of values that take the same room each.</summary>
/// <param name="missing">Stands for no value.</param>
abstract class ValueParser<T>(T missing) : ColumnParser
    where T : unmanaged
{
    readonly PooledList<T> values = new();

    /// <returns>Null, or what is wrong with the cell.</returns>
    protected abstract string? Read(ReadOnlySpan<char> cell, out T value);

    /// <param name="count">How many of them there are.</param>
    protected abstract ColumnValues Column(T[] values, int count);

    public override void AddMissing() => values.Add(missing);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        var reason = Read(cell, out var value);
        if (reason is null)
            values.Add(value);
        return reason;
    }

    public override void AddCells(BlockColumn cells, int from, int to, RowFaults faults) =>
        AddCells<NoCells<T>>(cells, from, to, faults);

    protected void AddCells<TReader>(BlockColumn cells, int from, int to, RowFaults faults)
        where TReader : ICellReader<T>
    {
        var added = values.Extend(to - from);
        var column = cells.Cells;
        var wordsRead = cells.Missing.Read<T, TReader>();
        for (var i = 0; i < added.Length; i++)
        {
            var cell = column[from + i];
            if (cell.IsEmpty || (wordsRead && cells.Missing.Has(cell)))
                added[i] = missing;
            else if (!TReader.TryRead(cell, out added[i]))
                added[i] = cells.Missing.Has(cell) ? missing : ReadText(cells, cell, from + i, faults);
        }
    }

    public override void TakeOut(RowFaults faults, int from, int to)
    {
        var items = values.Span;
        var start = items.Length - (to - from);
        var kept = start;
        for (var row = from; row < to; row++)
            if (!faults.Has(row))
                items[kept++] = items[start + row - from];
        values.Truncate(kept);
    }

    public override void Truncate(int rows) => values.Truncate(rows);

    public override ColumnValues Take()
    {
        T[] taken = [.. values.Span];
        values.Truncate(0);
        return Column(taken, taken.Length);
    }

    public override ColumnValues Lend()
    {
        var count = values.Count;
        values.Truncate(0);
        return Column(values.Items, count);
    }

    public override void Dispose() => values.Dispose();

    T ReadText(BlockColumn cells, ReadOnlySpan<byte> cell, int row, RowFaults faults)
    {
        var text = cells.Text(cell).Trim();
        if (faults.Has(row) || RowParser.IsMissing(text, cells.MissingWords))
            return missing;
        if (Read(text, out var value) is not { } reason)
            return value;
        faults.Add(row, reason);
        return missing;
    }
}

sealed class RealParser(ColumnType type, NumberText numbers) : ValueParser<double>(double.NaN)
{
    public override void AddCells(BlockColumn cells, int from, int to, RowFaults faults)
    {
        if (type == ColumnType.Float)
            base.AddCells(cells, from, to, faults);
        else if (numbers.Decimal == '.')
            AddCells<PointCells>(cells, from, to, faults);
        else
            AddCells<CommaCells>(cells, from, to, faults);
    }

    protected override string? Read(ReadOnlySpan<char> cell, out double value) =>
        !numbers.TryReal(cell, out value)
            ? IsNo(cell, "a number" + numbers.Words)
            : type == ColumnType.Float && !numbers.TryFloat(cell, out value)
                ? IsNo(cell, "a number of single precision, at most 3.4028235E+38")
                : null;

    protected override ColumnValues Column(double[] values, int count) => new RealValues(values, type, count);
}

delegate bool WholeCell(ReadOnlySpan<char> cell, out long value);

/// <typeparam name="TReader">Reads the usual form.</typeparam>
/// <param name="parse">Reads every form.</param>
sealed class WholeParser<TReader>(ColumnType type, WholeCell parse, string what)
    : ValueParser<long>(WholeValues.Missing)
    where TReader : ICellReader<long>
{
    public override void AddCells(BlockColumn cells, int from, int to, RowFaults faults) =>
        AddCells<TReader>(cells, from, to, faults);

    protected override string? Read(ReadOnlySpan<char> cell, out long value) =>
        parse(cell, out value) ? null : IsNo(cell, what);

    protected override ColumnValues Column(long[] values, int count) =>
        new WholeValues(type, values, count: count);
}
