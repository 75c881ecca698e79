using System.Buffers.Binary;

namespace Mlops.Data.Tables;

/// <summary>
/// Walks through a Parquet file's footer before a library reads it: that it is well-formed Thrift (compact
/// protocol)
/// and ends where it says. A cut or damaged one would keep Parquet.Net 6.1 reading for ever.
/// </summary>
ref struct ParquetFooter
{
    const int TailBytes = 8;
    const int MaxDepth = 16;

    readonly ReadOnlySpan<byte> bytes;
    int at;

    ParquetFooter(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <param name="stream">Seekable; left at its beginning.</param>
    /// <exception cref="InvalidDataException">There is no whole footer.</exception>
    public static async Task Check(Stream stream, CancellationToken ct)
    {
        var tail = new byte[TailBytes];
        if (stream.Length < TailBytes + 4)
            throw new InvalidDataException("The file is too short.");
        stream.Seek(-TailBytes, SeekOrigin.End);
        await stream.ReadExactlyAsync(tail, ct);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8))
            throw new InvalidDataException("The file does not end with PAR1.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > stream.Length - TailBytes - 4)
            throw new InvalidDataException("The footer is longer than the file.");
        var footer = new byte[length];
        stream.Seek(-TailBytes - length, SeekOrigin.End);
        await stream.ReadExactlyAsync(footer, ct);
        new ParquetFooter(footer).Struct(0);
        stream.Seek(0, SeekOrigin.Begin);
    }

    void Struct(int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("The footer is nested too deeply.");
        for (var header = Byte(); header != 0; header = Byte())
        {
            if (header >> 4 == 0)
                Varint();
            // A flag's value is in its type.
            if ((header & 15) > 2)
                Value(header & 15, depth);
        }
    }

    void Value(int type, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3:
                Skip(1);
                break;
            case 4 or 5 or 6:
                Varint();
                break;
            case 7:
                Skip(8);
                break;
            case 8:
                Skip(Varint());
                break;
            case 9 or 10:
                List(depth);
                break;
            case 12:
                Struct(depth + 1);
                break;
            default:
                throw new InvalidDataException("The footer holds a value of no known type.");
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
        throw new InvalidDataException("The footer holds a number that is too long.");
    }

    byte Byte()
    {
        Skip(1);
        return bytes[at - 1];
    }

    void Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
            throw new InvalidDataException("The footer ends in the middle of a value.");
        at += (int)count;
    }
}
