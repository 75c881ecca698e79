using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>A row of a typed table that has no place in the declared columns.</summary>
readonly record struct UnfitRow(int Row, string Column, string Reason);

/// <summary>
/// Brings tables of a typed source into the declared columns: a row goes in whole or not at all.
/// </summary>
sealed class ConformedRows(IReadOnlyList<ColumnDeclaration> columns, TextFormat format)
{
    readonly TableSchema schema = new([.. columns.Select(column => column.Column())]);
    readonly string[][] missing = MissingWords.Of(columns, format);

    /// <param name="table">Has all the columns, of whatever types.</param>
    /// <param name="unfit">The rows left out, in order, each for its first column at fault.</param>
    public Table Of(Table table, out IReadOnlyList<UnfitRow> unfit)
    {
        var faults = new SortedDictionary<int, UnfitRow>();
        var values = new ColumnValues[columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Of(
                MissingNumbers.Without(table[columns[i].Name], missing[i]), columns[i], missing[i],
                (row, reason) => faults.TryAdd(row, new UnfitRow(row, columns[i].Name, reason)));
        unfit = [.. faults.Values];
        var conformed = new Table(schema, values);
        return faults.Count == 0 ? conformed
            : conformed.Take([.. Enumerable.Range(0, table.RowCount).Where(row => !faults.ContainsKey(row))]);
    }

    ColumnValues Of(
        ColumnValues values, ColumnDeclaration column, string[] missing,
        Action<int, string> fault) => values switch
        {
            TextValues text when column.Type.IsText() && column.Levels is null =>
                Blanked(text, column.Type, missing),
            RealValues real when real.Type == column.Type || column.Type == ColumnType.Real =>
                Finite(real, column.Type, fault),
            StrayValues times when times.Type == ColumnType.Text
                || (IsTime(times.Type) && IsTime(column.Type)) =>
                WithoutStrays(times, column, missing, fault),
            WholeValues whole when IsSame(whole, column) => whole,
            WholeValues { Type: ColumnType.Int32 } whole when column.Type == ColumnType.Integer =>
                new WholeValues(ColumnType.Integer, whole.Values.ToArray()),
            WholeValues { Type: ColumnType.Timestamp } whole when column.Type == ColumnType.Date =>
                Days(whole, fault),
            WholeValues whole when whole.Type.IsInteger() && column.Type == ColumnType.Real =>
                new RealValues([.. Enumerable.Range(0, whole.Count).Select(whole.Number)]),
            _ => Parsed(values, column, missing, fault),
        };

    static bool IsTime(ColumnType type) =>
        type is ColumnType.Date or ColumnType.Timestamp or ColumnType.Instant;

    ColumnValues WithoutStrays(
        StrayValues times, ColumnDeclaration column, string[] missing, Action<int, string> fault)
    {
        var why = times.Type == ColumnType.Text ? "no time of day" : "not in the years 1 to 9999";
        foreach (var (row, text) in times.Strays)
            fault(row, $"'{text}' is {why}");
        return Of(times.Others, column, missing, fault);
    }

    static bool IsSame(WholeValues values, ColumnDeclaration column) => values.Type == column.Type
        && (column.Type != ColumnType.Decimal || values.Scale == column.Scale);

    /// <summary>As in a text, blanks and the words for it mean no value.</summary>
    static TextValues Blanked(TextValues text, ColumnType type, string[] missing)
    {
        var isMissing =
            text.Levels.Select(level => RowParser.IsMissing(level.AsSpan().Trim(), missing)).ToArray();
        if (!isMissing.Contains(true))
            return type == text.Type ? text : new TextValues(text.Codes.ToArray(), [.. text.Levels], type);
        var codes = text.Codes.ToArray();
        for (var row = 0; row < codes.Length; row++)
            codes[row] = codes[row] >= 0 && isMissing[codes[row]] ? -1 : codes[row];
        return new TextValues(codes, [.. text.Levels], type);
    }

    static RealValues Finite(RealValues real, ColumnType type, Action<int, string> fault)
    {
        var values = real.Values;
        for (var row = 0; row < values.Length; row++)
            if (double.IsInfinity(values[row]))
                fault(row, $"'{(values[row] > 0 ? "" : "-")}Infinity' is not a number");
        return type == real.Type ? real : new RealValues(values.ToArray(), type);
    }

    /// <summary>Writers that know no dates write their midnights; any other time would be lost.</summary>
    static WholeValues Days(WholeValues times, Action<int, string> fault)
    {
        var days = new long[times.Count];
        for (var row = 0; row < days.Length; row++)
        {
            var (day, time) = Math.DivRem(times.Values[row], TimeSpan.MicrosecondsPerDay);
            days[row] = times.IsMissing(row) || time != 0 ? WholeValues.Missing : day;
            if (!times.IsMissing(row) && time != 0)
                fault(row, $"'{times.Text(row)}' is not a date: it has a time of day");
        }
        return new WholeValues(ColumnType.Date, days);
    }

    ColumnValues Parsed(
        ColumnValues values, ColumnDeclaration column, string[] missing, Action<int, string> fault)
    {
        // How texts are written says nothing of how the text of another value is.
        using var parser = values is TextValues ? ColumnParser.Of(column, format)
            : ColumnParser.Of(column with { DecimalSeparator = null, Thousands = null }, new TextFormat());
        for (var row = 0; row < values.Count; row++)
        {
            var cell = values.Text(row);
            if (cell is null
                || RowParser.IsMissing(cell.AsSpan().Trim(), values is TextValues ? missing : []))
                parser.AddMissing();
            else if (parser.Add(parser.KeepsBlanks ? cell : cell.AsSpan().Trim()) is { } reason)
            {
                fault(row, reason);
                parser.AddMissing();
            }
        }
        return parser.Take();
    }
}
