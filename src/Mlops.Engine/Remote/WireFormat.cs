using System.Buffers;
using System.Text;

namespace Mlops.Engine;

/// <summary>How a field's value is laid out in protobuf's wire format.</summary>
enum WireKind
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>
/// Writes a protobuf message, field by field; what has its default value is left out, as proto3 has it.
/// </summary>
sealed class WireWriter
{
    readonly ArrayBufferWriter<byte> buffer = new();

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    public void Number(int field, long value)
    {
        if (value == 0)
            return;
        Tag(field, WireKind.Varint);
        Varint((ulong)value);
    }

    public void Text(int field, string value)
    {
        if (value.Length > 0)
            Bytes(field, Encoding.UTF8.GetBytes(value));
    }

    public void Message(int field, Action<WireWriter> write)
    {
        var message = new WireWriter();
        write(message);
        Bytes(field, message.buffer.WrittenSpan);
    }

    void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireKind.Bytes);
        Varint((ulong)value.Length);
        buffer.Write(value);
    }

    void Tag(int field, WireKind kind) => Varint(((ulong)field << 3) | (ulong)kind);

    void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            buffer.Write([(byte)(value | 0x80)]);
        buffer.Write([(byte)value]);
    }
}

/// <summary>
/// Reads a protobuf message field by field, as they come; the caller passes over those it does not know.
/// </summary>
ref struct WireReader(ReadOnlySpan<byte> message)
{
    const int LongestVarint = 10;
    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> rest = message;
    ReadOnlySpan<byte> bytes = default;
    ulong number = 0;
    WireKind kind = default;

    public int Field { get; private set; }

    /// <returns>False at the end.</returns>
    /// <exception cref="FormatException">It is no message.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
            return false;
        var tag = Varint();
        if (tag >> 3 is 0 or > 0x1FFF_FFFF)
            throw new FormatException($"a field has the number {tag >> 3}");
        (Field, kind) = ((int)(tag >> 3), (WireKind)(tag & 7));
        switch (kind)
        {
            case WireKind.Varint:
                number = Varint();
                break;
            case WireKind.Fixed64:
                bytes = Take(8);
                break;
            case WireKind.Fixed32:
                bytes = Take(4);
                break;
            case WireKind.Bytes:
                bytes = Take(Varint());
                break;
            default:
                throw new FormatException($"field {Field} is of the unknown kind {tag & 7}");
        }
        return true;
    }

    public readonly long Number => kind == WireKind.Varint ? (long)number : throw Wrong("a number");

    public readonly ReadOnlySpan<byte> Bytes => kind == WireKind.Bytes ? bytes : throw Wrong("bytes");

    public readonly string Text
    {
        get
        {
            try
            {
                return Utf8.GetString(Bytes);
            }
            catch (DecoderFallbackException)
            {
                throw Wrong("UTF-8");
            }
        }
    }

    readonly FormatException Wrong(string expected) => new($"field {Field} is not {expected}");

    ulong Varint()
    {
        var value = 0UL;
        for (var i = 0; i < LongestVarint; i++)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }
        throw new FormatException("a number does not end");
    }

    ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length)
            throw new FormatException("it ends in the middle of a field");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
