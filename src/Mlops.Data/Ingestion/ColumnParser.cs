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

    public static ColumnParser Of(ColumnDeclaration column, TextFormat text) => column.Type switch
    {
        ColumnType.Text => new TextParser(),
        ColumnType.Category => column.Levels is { } levels ? new LevelParser(levels) : new TextParser(column.Type),
        ColumnType.Real or ColumnType.Float => new RealParser(column.Type, text.DecimalSeparator[0]),
        ColumnType.Decimal => new DecimalParser(column.Column(), text.DecimalSeparator[0]),
        ColumnType.Integer => new WholeParser(column.Type, Cells.TryInteger, "an integer"),
        ColumnType.Int32 => new WholeParser(column.Type, Cells.TryInt32, "an integer of 32 bits"),
        ColumnType.Boolean => new WholeParser(column.Type, Cells.TryBoolean, "true or false"),
        ColumnType.Instant => new InstantParser(column),
        _ => Calendar(column),
    };

    static WholeParser Calendar(ColumnDeclaration column) => (column.Type, column.Format) switch
    {
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

sealed class TextParser(ColumnType type = ColumnType.Text) : ColumnParser
{
    TextBuilder text = new(type: type);

    public override bool KeepsBlanks => type == ColumnType.Text;
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
        text = new TextBuilder(values.Count, type);
        return values;
    }
}

sealed class RealParser(ColumnType type, char separator) : ColumnParser
{
    readonly NumberFormatInfo numbers = Cells.NumbersWith(separator);
    readonly List<double> values = [];

    public override void AddMissing() => values.Add(double.NaN);
    public override void Truncate(int rows) => values.RemoveRange(rows, values.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        if (!Cells.TryReal(cell, separator, numbers, out var value))
            return IsNo(cell, "a number");
        if (type == ColumnType.Float && !Cells.TryFloat(cell, numbers, out value))
            return IsNo(cell, "a number of single precision, at most 3.4028235E+38");
        values.Add(value);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new RealValues([.. values], type);
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
