namespace Mlops.Data.Ingestion;

/// <summary>
/// Reads the bytes of a cell as a value where they have the usual form. Whatever else they are, the reader of
/// text decides; a reader of bytes never takes a cell that it would not, nor for another value.
/// </summary>
interface ICellReader<T>
{
    static abstract bool TryRead(ReadOnlySpan<byte> cell, out T value);
}

/// <summary>No usual form: the reader of text decides always.</summary>
readonly struct NoCells<T> : ICellReader<T>
    where T : struct
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out T value)
    {
        value = default;
        return false;
    }
}

/// <summary>At most eighteen digits, perhaps with a minus.</summary>
readonly struct IntegerCells : ICellReader<long>
{
    const int MaxDigits = 18;

    public static bool TryRead(ReadOnlySpan<byte> cell, out long value)
    {
        value = 0;
        var isNegative = cell[0] == (byte)'-';
        if (isNegative)
            cell = cell[1..];
        if (cell.Length is 0 or > MaxDigits)
            return false;
        foreach (var character in cell)
        {
            var digit = (uint)(character - '0');
            if (digit > 9)
                return false;
            value = value * 10 + digit;
        }
        value = isNegative ? -value : value;
        return true;
    }
}

readonly struct Int32Cells : ICellReader<long>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out long value) =>
        IntegerCells.TryRead(cell, out value) && value is >= int.MinValue and <= int.MaxValue;
}

readonly struct BooleanCells : ICellReader<long>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out long value)
    {
        value = cell[0] is (byte)'t' or (byte)'T' or (byte)'1' or (byte)'y' or (byte)'Y' ? 1 : 0;
        return cell.Length switch
        {
            1 => cell[0] is (byte)'0' or (byte)'1',
            2 => Is(cell, "no"u8),
            3 => Is(cell, "yes"u8),
            4 => Is(cell, "true"u8),
            5 => Is(cell, "false"u8),
            _ => false,
        };
    }

    /// <param name="word">In small letters.</param>
    static bool Is(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
            if ((cell[i] | 0x20) != word[i])
                return false;
        return true;
    }
}

/// <summary>Days since 1970-01-01 of a date such as 2026-03-31.</summary>
readonly struct DateCells : ICellReader<long>
{
    public const int Length = 10;

    public static bool TryRead(ReadOnlySpan<byte> cell, out long value)
    {
        value = 0;
        if (cell.Length != Length || cell[4] != (byte)'-' || cell[7] != (byte)'-')
            return false;
        var (year, month, day) = (Pair(cell) * 100 + Pair(cell[2..]), Pair(cell[5..]), Pair(cell[8..]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        value = new DateOnly(year, month, day).DayNumber - UnixEpochDay;
        return true;
    }

    static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Two digits as a number; far below 0 where they are none.</summary>
    public static int Pair(ReadOnlySpan<byte> cell)
    {
        var (tens, ones) = ((uint)(cell[0] - '0'), (uint)(cell[1] - '0'));
        return tens > 9 || ones > 9 ? -100_000 : (int)(tens * 10 + ones);
    }
}

/// <summary>
/// Microseconds since 1970-01-01 of 2026-03-31, of 2026-03-31T12:30 and of 2026-03-31 12:30:15.
/// </summary>
readonly struct TimestampCells : ICellReader<long>
{
    const int MinuteLength = 16;
    const int SecondLength = 19;

    public static bool TryRead(ReadOnlySpan<byte> cell, out long value)
    {
        value = 0;
        if (cell.Length is not (DateCells.Length or MinuteLength or SecondLength)
            || !DateCells.TryRead(cell[..DateCells.Length], out var days))
            return false;
        value = days * TimeSpan.MicrosecondsPerDay;
        if (cell.Length == DateCells.Length)
            return true;
        var (hour, minute) = (DateCells.Pair(cell[11..]), DateCells.Pair(cell[14..]));
        var second = cell.Length == SecondLength ? DateCells.Pair(cell[17..]) : 0;
        if (cell[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || cell[13] != (byte)':'
            || (cell.Length == SecondLength && cell[16] != (byte)':')
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return false;
        value += hour * TimeSpan.MicrosecondsPerHour + minute * TimeSpan.MicrosecondsPerMinute
            + second * TimeSpan.MicrosecondsPerSecond;
        return true;
    }
}

/// <summary>
/// Digits, perhaps with a point and a minus, of which the nearest double is exact arithmetic.
/// </summary>
readonly struct PointCells : ICellReader<double>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out double value) =>
        ShortReal.TryRead(cell, (byte)'.', out value);
}

/// <summary>As <see cref="PointCells"/>, with a comma.</summary>
readonly struct CommaCells : ICellReader<double>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out double value) =>
        ShortReal.TryRead(cell, (byte)',', out value);
}

static class ShortReal
{
    const int MaxLength = 17;
    const long LargestExact = 1L << 53;

    /// <summary>10^0 … 10^16, all of which a double holds exactly.</summary>
    static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

    /// <summary>
    /// A whole number of at most 2^53 over a power of ten: both are exact, and so their quotient is the
    /// nearest double (Clinger 1990, the fast path).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> cell, byte separator, out double value)
    {
        value = 0;
        var isNegative = cell[0] == (byte)'-';
        if (isNegative)
            cell = cell[1..];
        if (cell.Length is 0 or > MaxLength)
            return false;
        var (mantissa, point) = (0L, -1);
        for (var i = 0; i < cell.Length; i++)
        {
            var digit = (uint)(cell[i] - '0');
            if (digit <= 9)
                mantissa = mantissa * 10 + digit;
            else if (cell[i] == separator && point < 0)
                point = i;
            else
                return false;
        }
        if (mantissa > LargestExact || (point >= 0 && cell.Length == 1))
            return false;
        value = point < 0 ? mantissa : mantissa / PowersOfTen[cell.Length - 1 - point];
        value = isNegative ? -value : value;
        return true;
    }
}

/// <summary>Bytes that mean "no value" as they stand.</summary>
sealed class MissingCells(ByteFormat format, IReadOnlyList<string> words)
{
    readonly byte[][] words = [.. words.Where(word => word.Length > 0 && Encodes(format, word))
        .Select(word => format.Encoding.GetBytes(word))];

    /// <summary>Whether one of them reads as a value, so that it has to be looked for first.</summary>
    public bool Read<T, TReader>()
        where TReader : ICellReader<T>
    {
        foreach (var word in words)
            if (TReader.TryRead(word, out _))
                return true;
        return false;
    }

    public bool Has(ReadOnlySpan<byte> cell)
    {
        foreach (var word in words)
            if (cell.SequenceEqual(word))
                return true;
        return false;
    }

    /// <summary>What the encoding has no bytes for is in no cell.</summary>
    static bool Encodes(ByteFormat format, string word)
    {
        try
        {
            return format.Encoding.GetByteCount(word) > 0;
        }
        catch (System.Text.EncoderFallbackException)
        {
            return false;
        }
    }
}
