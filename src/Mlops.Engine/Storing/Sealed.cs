using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlops.Engine;

/// <summary>Small files of the engine's own: a line with the SHA-256 of the rest, then the rest.</summary>
static class Sealed
{
    const int HeaderBytes = 2 * Digest.SizeBytes + 1;

    public static byte[] Close(ReadOnlySpan<byte> body) => [.. HeaderOf(body), .. body];

    /// <summary>The same of what is about to be written, which may be long, and is not copied.</summary>
    public static ReadOnlySpan<byte> Close(int expectedBytes, Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>(HeaderBytes + expectedBytes);
        buffer.GetSpan(HeaderBytes)[..HeaderBytes].Clear();
        buffer.Advance(HeaderBytes);
        write(buffer);
        var whole = MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        HeaderOf(whole[HeaderBytes..]).CopyTo(whole);
        return whole;
    }

    /// <returns>What is inside; null where a single bit of it or of the line is not what was
    /// written.</returns>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> content) =>
        content.Length >= HeaderBytes && content.Span[HeaderBytes - 1] == '\n'
        && Digest.TryParse(Encoding.ASCII.GetString(content.Span[..(HeaderBytes - 1)]), out var digest)
        && Digest.Of(content.Span[HeaderBytes..]) == digest
            ? content[HeaderBytes..]
            : (ReadOnlyMemory<byte>?)null;

    static byte[] HeaderOf(ReadOnlySpan<byte> body) => Encoding.ASCII.GetBytes($"{Digest.Of(body)}\n");
}
