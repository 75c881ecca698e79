using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Collects one column's cells as typed values.</summary>
abstract class ColumnParser
{
    public abstract void AddMissing();

    /// <param name="cell">Trimmed but for text.</param>
    /// <returns>Null, or what is wrong with the cell: then nothing was added.</returns>
    public abstract string? Add(ReadOnlySpan<char> cell);

    /// <summary>Takes back the rows from the given one on.</summary>
    public abstract void Truncate(int rows);

    /// <summary>The values so far; the parser starts anew.</summary>
    public abstract ColumnValues Take();

    public virtual bool KeepsBlanks => false;

    public static ColumnParser Of(ColumnDeclaration column, TextFormat text) => (column.Type, column.Format) switch
    {
        (ColumnType.Text, _) => new TextParser(),
        (ColumnType.Real, _) => new RealParser(text.DecimalSeparator[0]),
        (ColumnType.Integer, _) => new WholeParser(column.Type, Cells.TryInteger, "an integer"),
        (ColumnType.Boolean, _) => new WholeParser(column.Type, Cells.TryBoolean, "true or false"),
        (ColumnType.Date, null) => new WholeParser(column.Type, IsoTime.TryDate, "a date such as 2026-03-31"),
        (ColumnType.Timestamp, null) =>
            new WholeParser(column.Type, IsoTime.TryTimestamp, "a timestamp such as 2026-03-31T12:30:00"),
        (ColumnType.Date, { } pattern) => new WholeParser(
            column.Type, (ReadOnlySpan<char> cell, out long days) => Cells.TryDate(cell, pattern, out days),
            $"a date of the form {pattern}"),
        (ColumnType.Timestamp, { } pattern) => new WholeParser(
            column.Type, (ReadOnlySpan<char> cell, out long time) =>
                Cells.TryTimestamp(cell, pattern, out time),
            $"a timestamp of the form {pattern}"),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No such column type."),
    };

    protected static string IsNo(ReadOnlySpan<char> cell, string what) =>
        cell.Length > 40 ? $"'{cell[..40]}…' is not {what}" : $"'{cell}' is not {what}";
}

sealed class TextParser : ColumnParser
{
    TextBuilder text = new();

    public override bool KeepsBlanks => true;
    public override void AddMissing() => text.AddMissing();
    public override void Truncate(int rows) => text.Truncate(rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        text.Add(cell);
        return null;
    }

    public override ColumnValues Take()
    {
        var values = text.Build();
        text = new TextBuilder(values.Count);
        return values;
    }
}

sealed class RealParser(char separator) : ColumnParser
{
    readonly NumberFormatInfo numbers = Cells.NumbersWith(separator);
    readonly List<double> values = [];

    public override void AddMissing() => values.Add(double.NaN);
    public override void Truncate(int rows) => values.RemoveRange(rows, values.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        if (!Cells.TryReal(cell, separator, numbers, out var value))
            return IsNo(cell, "a number");
        values.Add(value);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new RealValues([.. values]);
        values.Clear();
        return taken;
    }
}

delegate bool WholeCell(ReadOnlySpan<char> cell, out long value);

sealed class WholeParser(ColumnType type, WholeCell parse, string what) : ColumnParser
{
    readonly List<long> values = [];

    public override void AddMissing() => values.Add(WholeValues.Missing);
    public override void Truncate(int rows) => values.RemoveRange(rows, values.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        if (!parse(cell, out var value))
            return IsNo(cell, what);
        values.Add(value);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new WholeValues(type, [.. values]);
        values.Clear();
        return taken;
    }
}
