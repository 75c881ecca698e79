using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>The types that all cells seen so far read as.</summary>
/// <param name="thousands">Null where digits come in no groups.</param>
/// <param name="dates">Patterns of dates and times; null for ISO 8601.</param>
sealed class CandidateTypes(
    char decimalSeparator, char? thousands = null, IReadOnlyList<string>? dates = null)
{
    /// <summary>All that inference finds, but for text, which every cell reads as.</summary>
    public static readonly IReadOnlyList<ColumnType> All =
        [ColumnType.Boolean, ColumnType.Integer, ColumnType.Real, ColumnType.Date, ColumnType.Timestamp];

    readonly NumberText numbers = new(new NumberSigns(decimalSeparator, thousands));
    readonly TimePatterns? patterns = TimePatterns.Of(dates);
    readonly TimePatterns? days = TimePatterns.OfDays(dates);
    readonly List<ColumnType> left = [.. All];

    readonly List<Refusal> refusals = [];
    long values;
    long missing;

    public static CandidateTypes Of(TextFormat format) =>
        new(format.DecimalSeparator[0], NumberSigns.Of(format).Thousands, format.Dates);

    public bool HasValues => values > 0;

    public bool MayNarrow => left.Count > 0 || !HasValues;

    public IReadOnlyList<ColumnType> Left => left;

    public InferredColumn Column(string name) => new(
        name, HasValues, Left, Values: values, Missing: missing,
        Refusals: refusals.Count == 0 ? null : refusals);

    public void SeeMissing() => missing++;

    /// <summary>
    /// What the first value leaves is a chain (an integer reads as a real, a date as a timestamp), so
    /// afterwards a value that reads as the narrowest type reads as all that are left. Not so with patterns,
    /// as 20260331 may be a date and a number.
    /// </summary>
    /// <returns>Whether fewer types are left than before.</returns>
    public bool See(ReadOnlySpan<char> cell, long line = 0)
    {
        if (Narrowed(cell) is not { } refused)
            return false;
        refusals.Add(new Refusal(line, Refusal.Shown(cell), refused));
        return true;
    }

    /// <returns>The types that the cell does not read as, of those that were left; null if none.</returns>
    List<ColumnType>? Narrowed(ReadOnlySpan<char> cell)
    {
        List<ColumnType>? refused = null;
        if (values++ == 0 || patterns is not null)
            for (var i = left.Count - 1; i >= 0; i--)
                if (!Reads(cell, left[i]))
                    Refuse(i);
        while (left.Count > 0 && !Reads(cell, left[0]))
            Refuse(0);
        return refused;

        void Refuse(int at)
        {
            (refused ??= []).Add(left[at]);
            left.RemoveAt(at);
        }
    }

    /// <summary>
    /// The cells of a column of a block, as <see cref="See(ReadOnlySpan{char}, long)"/> would see them.
    /// </summary>
    /// <param name="line">1-based line where the block begins.</param>
    public void See(BlockColumn cells, int rows, long line = 1)
    {
        for (var row = SeeUsual(cells, 0, rows); row < rows; row = SeeUsual(cells, row + 1, rows))
        {
            var cell = cells.Cells[row];
            if (cell.IsEmpty || cells.Missing.Has(cell))
                missing++;
            else if (cells.Text(cell).Trim() is var text && RowParser.IsMissing(text, cells.MissingWords))
                missing++;
            else if (Narrowed(text) is { } refused)
                refusals.Add(new Refusal(line + cells.LinesBefore(row), Refusal.Shown(text), refused));
        }
    }

    /// <summary>Counts cells that leave as many types as before, as far as their bytes show it.</summary>
    /// <returns>The row of the first that has to be looked at as text.</returns>
    int SeeUsual(BlockColumn cells, int from, int rows) => !HasValues ? from
        : left.Count == 0 ? SeeUsual<byte, UntrimmedCells>(cells, from, rows)
        : patterns is not null && left[^1].IsTime() ? from
        : left[0] switch
        {
            ColumnType.Boolean => SeeUsual<long, BooleanWords>(cells, from, rows),
            ColumnType.Integer => SeeUsual<long, NumberCells<long, IntegerCells>>(cells, from, rows),
            ColumnType.Real => decimalSeparator == '.'
                ? SeeUsual<double, NumberCells<double, PointCells>>(cells, from, rows)
                : SeeUsual<double, NumberCells<double, CommaCells>>(cells, from, rows),
            ColumnType.Date => SeeUsual<long, DateCells>(cells, from, rows),
            _ => SeeUsual<long, TimestampCells>(cells, from, rows),
        };

    int SeeUsual<T, TReader>(BlockColumn cells, int from, int rows)
        where TReader : ICellReader<T>
    {
        var column = cells.Cells;
        var wordsRead = cells.Missing.Read<T, TReader>();
        var (row, none) = (from, 0);
        for (; row < rows; row++)
        {
            var cell = column[row];
            if (cell.IsEmpty || (wordsRead && cells.Missing.Has(cell)))
                none++;
            else if (!TReader.TryRead(cell, out _))
                break;
        }
        missing += none;
        values += row - from - none;
        return row;
    }

    bool Reads(ReadOnlySpan<char> cell, ColumnType type) => type switch
    {
        ColumnType.Boolean => Cells.IsBooleanWord(cell),
        ColumnType.Integer => !IsCode(cell) && numbers.TryInteger(cell, out _),
        ColumnType.Real => !IsCode(cell) && numbers.TryReal(cell, out _),
        ColumnType.Date => days?.TryDate(cell, out _) ?? IsoTime.TryDate(cell, out _),
        _ => patterns?.TryTimestamp(cell, out _) ?? IsoTime.TryTimestamp(cell, out _),
    };

    /// <summary>
    /// Digits that are a name rather than a number, which would lose by being read as one: with a leading
    /// zero (<c>007</c>), or more of them than an integer holds.
    /// </summary>
    public static bool IsCode(ReadOnlySpan<char> cell)
    {
        var digits = cell[0] is '-' or '+' ? cell[1..] : cell;
        return digits.Length > 1 && !digits.ContainsAnyExceptInRange('0', '9')
            ? digits[0] == '0' || !Cells.TryInteger(cell, out _)
            : digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }
}
