using System.Globalization;
using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Tables as data frames and back. Integers are Int64 or Int32, reals Double or Single, decimals Decimal,
/// dates and timestamps DateTime columns (with a zone: in UTC), categories text; null is missing. On the
/// way back a column keeps the type that it had, if the frame's type still is that of it; else it becomes
/// the widest that fits: a DateTime a timestamp, a decimal a real, a 32-bit integer one of 64.
/// </summary>
static class DataFrames
{
    public static DataFrame Of(Table table)
    {
        var columns = table.Schema.Columns.Select((column, i) => Of(column, table[i])).ToArray();
        return new DataFrame(columns);
    }

    static DataFrameColumn Of(Column column, ColumnValues values)
    {
        var rows = Enumerable.Range(0, values.Count);
        return column.Type switch
        {
            ColumnType.Text or ColumnType.Category =>
                new StringDataFrameColumn(column.Name, rows.Select(values.Text)),
            ColumnType.Real => new DoubleDataFrameColumn(column.Name, rows.Select(row => Real(values, row))),
            ColumnType.Float =>
                new SingleDataFrameColumn(column.Name, rows.Select(row => (float?)Real(values, row))),
            ColumnType.Decimal =>
                new DecimalDataFrameColumn(column.Name, rows.Select(row => Exact((WholeValues)values, row))),
            ColumnType.Boolean =>
                new BooleanDataFrameColumn(column.Name, rows.Select(row => Flag(values, row))),
            ColumnType.Integer =>
                new Int64DataFrameColumn(column.Name, rows.Select(row => Whole(values, row))),
            ColumnType.Int32 =>
                new Int32DataFrameColumn(column.Name, rows.Select(row => (int?)Whole(values, row))),
            ColumnType.Date => new DateTimeDataFrameColumn(
                column.Name, rows.Select(row => Time(Whole(values, row), TimeSpan.TicksPerDay))),
            _ => new DateTimeDataFrameColumn(
                column.Name, rows.Select(row => Time(Whole(values, row), TimeSpan.TicksPerMicrosecond))),
        };
    }

    static decimal? Exact(WholeValues values, int row) =>
        values.IsMissing(row) ? null : values.DecimalOf(values.Values[row]);

    static double Real(object? value) => value is null ? double.NaN : Convert.ToDouble(value, null);

    static double? Real(ColumnValues values, int row) => values.IsMissing(row) ? null : values.Number(row);

    static bool? Flag(ColumnValues values, int row) => values.IsMissing(row) ? null : values.Number(row) != 0;

    static long? Whole(ColumnValues values, int row) =>
        values.IsMissing(row) ? null : ((WholeValues)values).Values[row];

    static DateTime? Time(long? units, long ticksPerUnit) =>
        units is { } count ? DateTime.UnixEpoch.AddTicks(count * ticksPerUnit) : null;

    /// <exception cref="SourceFaultException">A column is of a kind that a table does not hold
    /// (DATA-024).</exception>
    public static Table ToTable(string hook, DataFrame frame, TableSchema before)
    {
        var twice = frame.Columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw Unfit(hook, twice.Key, "stands there twice");
        var columns = frame.Columns.Select(column => ToValues(hook, column, before.Find(column.Name)))
            .ToList();
        return new Table(
            new TableSchema([.. frame.Columns.Zip(columns, (column, values) =>
                before.Find(column.Name) is { } same && same.Type == values.Type
                    ? same
                    : new Column(column.Name, values.Type))]),
            columns);
    }

    static ColumnValues ToValues(string hook, DataFrameColumn column, Column? before)
    {
        var type = column.DataType;
        if (type == typeof(string))
            return Text(column, before?.Type == ColumnType.Category ? ColumnType.Category : ColumnType.Text);
        if (type == typeof(decimal) && before?.Type == ColumnType.Decimal)
            return Decimals(hook, column, before);
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            return new RealValues(
                [.. Objects(column).Select(Real)],
                type == typeof(float) && before?.Type == ColumnType.Float
                    ? ColumnType.Float
                    : ColumnType.Real);
        if (type == typeof(bool))
            return Whole(ColumnType.Boolean, column, value => (bool)value ? 1 : 0);
        if (type == typeof(DateTime))
            return before?.Type == ColumnType.Date
                ? Whole(ColumnType.Date, column, value => Days(hook, column.Name, (DateTime)value))
                : Whole(before?.Type == ColumnType.Instant
                    ? ColumnType.Instant
                    : ColumnType.Timestamp, column, value =>
                    (((DateTime)value).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        if (type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(sbyte)
            || type == typeof(byte) || type == typeof(ushort) || type == typeof(uint))
            return Whole(
                type == typeof(int) && before?.Type == ColumnType.Int32
                    ? ColumnType.Int32
                    : ColumnType.Integer,
                column, value => Integer(hook, column.Name, value));
        throw Unfit(hook, column.Name, $"is of type {type.Name}");
    }

    /// <summary>Decimals of the scale that the column had; more digits than it holds are refused, not
    /// rounded.</summary>
    static WholeValues Decimals(string hook, DataFrameColumn column, Column before)
    {
        var scale = before.Scale!.Value;
        return new WholeValues(
            ColumnType.Decimal,
            [.. Objects(column).Select(value => value is null ? WholeValues.Missing : Units((decimal)value))],
            scale);

        long Units(decimal value) => DecimalText.TryParse(
            value.ToString(CultureInfo.InvariantCulture), '.', before.Precision!.Value, scale, out var units)
                ? units
                : throw Unfit(hook, column.Name,
                    FormattableString.Invariant($"has the value {value}, which is no {before.TypeWord}"));
    }

    static TextValues Text(DataFrameColumn column, ColumnType type)
    {
        var text = new TextBuilder(checked((int)column.Length), type);
        foreach (var value in Objects(column))
        {
            // As in a file, blank is missing.
            if (value is string word && !string.IsNullOrWhiteSpace(word))
                text.Add(word);
            else
                text.AddMissing();
        }
        return text.Build();
    }

    static WholeValues Whole(ColumnType type, DataFrameColumn column, Func<object, long> convert) =>
        new(type, [.. Objects(column).Select(value => value is null ? WholeValues.Missing : convert(value))]);

    static IEnumerable<object?> Objects(DataFrameColumn column)
    {
        for (var row = 0L; row < column.Length; row++)
            yield return column[row];
    }

    static long Integer(string hook, string column, object value) =>
        Convert.ToInt64(value, null) is var whole && whole != WholeValues.Missing
            ? whole
            : throw Unfit(hook, column, $"has the value {whole}, which stands for none");

    static long Days(string hook, string column, DateTime value) => value.TimeOfDay == TimeSpan.Zero
        ? (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay
        : throw Unfit(hook, column, "is a date, but the hook put a time of day into it");

    static SourceFaultException Unfit(string hook, string column, string why) => new(new Problem(
        "DATA-024", $"The column '{column}' that the hook '{hook}' returned {why}.",
        new Place("", Field: column),
        Expected: "text, whole or real numbers, booleans or DateTime, each name once"));
}
