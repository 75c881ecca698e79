namespace Mlops.Data.Ingestion;

/// <summary>Cells that surely read as a flag, and could be nothing else.</summary>
readonly struct BooleanWords : ICellReader<long>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out long value) =>
        BooleanCells.TryRead(cell, out value) && cell.Length > 3;
}

/// <summary>Numbers without a zero before another digit: with one the digits may be a name.</summary>
readonly struct NumberCells<T, TReader> : ICellReader<T>
    where TReader : ICellReader<T>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out T value) =>
        TReader.TryRead(cell, out value) && !BeginsWithZero(cell);

    static bool BeginsWithZero(ReadOnlySpan<byte> cell)
    {
        var digits = cell[0] == (byte)'-' ? cell[1..] : cell;
        return digits.Length > 1 && digits[0] == (byte)'0' && char.IsAsciiDigit((char)digits[1]);
    }
}

/// <summary>Text that surely has no blanks around it, ASCII ones or others.</summary>
readonly struct UntrimmedCells : ICellReader<byte>
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out byte value)
    {
        value = cell[0];
        return value is > (byte)' ' and < 0x7f && cell[^1] is > (byte)' ' and < 0x7f;
    }
}
