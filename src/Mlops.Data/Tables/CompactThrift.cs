namespace Mlops.Data.Tables;

/// <summary>
/// Walks through what Parquet files say of themselves: Thrift in its compact protocol, never beyond the
/// bytes.
/// </summary>
/// <param name="what">What is walked through, as a fault names it.</param>
ref struct CompactThrift(ReadOnlySpan<byte> bytes, string what)
{
    const int MaxDepth = 16;
    const int True = 1;
    const int False = 2;

    readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many bytes were walked through.</summary>
    public int At { get; private set; }

    /// <summary>Goes to a structure's next field.</summary>
    /// <param name="id">The field's number, and before that the one of the field before it, or 0.</param>
    /// <returns>False at the structure's end.</returns>
    public bool Next(ref long id, out int type)
    {
        var header = Byte();
        type = header & 15;
        if (header == 0)
            return false;
        id = header >> 4 == 0 ? Number() : id + (header >> 4);
        return true;
    }

    public static bool? FlagOf(int type) => type switch { True => true, False => false, _ => null };

    public long Number()
    {
        var zigzag = Varint();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>Goes over a field's value.</summary>
    public void Skip(int type, int depth = 0)
    {
        // A flag's value is in its type.
        if (FlagOf(type) is null)
            Value(type, depth);
    }

    /// <summary>Goes over a structure's fields and its end.</summary>
    public void SkipStructure(int depth = 0)
    {
        for (var id = 0L; Next(ref id, out var type);)
            Skip(type, depth);
    }

    void Value(int type, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException($"The {what} is nested too deeply.");
        switch (type)
        {
            case True or False or 3:
                Take(1);
                break;
            case 4 or 5 or 6:
                Varint();
                break;
            case 7:
                Take(8);
                break;
            case 8:
                Take(Varint());
                break;
            case 9 or 10:
                List(depth);
                break;
            case 12:
                SkipStructure(depth + 1);
                break;
            default:
                throw new InvalidDataException($"The {what} holds a value of no known type.");
        }
    }

    void List(int depth)
    {
        var header = Byte();
        var count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        for (var i = 0UL; i < count; i++)
            Value(header & 15, depth + 1);
    }

    ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }
        throw new InvalidDataException($"The {what} holds a number that is too long.");
    }

    byte Byte()
    {
        Take(1);
        return bytes[At - 1];
    }

    void Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - At))
            throw new EndOfStreamException($"The {what} ends in the middle of a value.");
        At += (int)count;
    }
}
