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
        var column = cells.Cells;
        for (var row = 0; row < rows; row++)
        {
            var cell = column[row];
            if (cell.IsEmpty || cells.Missing.Has(cell))
                missing++;
            else if (HasValues && (left.Count == 0 ? !MayBeTrimmed(cell) : IsUsual(cell, left[0])))
                values++;
            else if (cells.Text(cell).Trim() is var text && RowParser.IsMissing(text, cells.MissingWords))
                missing++;
            else if (Narrowed(text) is { } refused)
                refusals.Add(new Refusal(line + cells.LinesBefore(row), Refusal.Shown(text), refused));
        }
    }

    /// <summary>Whether there may be blanks around a cell, ASCII ones or others.</summary>
    static bool MayBeTrimmed(ReadOnlySpan<byte> cell) =>
        cell[0] is <= (byte)' ' or >= 0x7f || cell[^1] is <= (byte)' ' or >= 0x7f;

    /// <summary>Whether a cell surely reads as a type.</summary>
    bool IsUsual(ReadOnlySpan<byte> cell, ColumnType type) => type switch
    {
        _ when patterns is not null && left[^1].IsTime() => false,
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
