using System.Text;

namespace Mlops.Engine;

/// <summary>Small files of the engine's own: a line with the SHA-256 of the rest, then the rest.</summary>
static class Sealed
{
    const int HeaderBytes = 2 * Digest.SizeBytes + 1;

    public static byte[] Close(ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"{Digest.Of(body)}\n"), .. body];

    /// <returns>What is inside; null where a single bit of it or of the line is not what was
    /// written.</returns>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> content) =>
        content.Length >= HeaderBytes && content.Span[HeaderBytes - 1] == '\n'
        && Digest.TryParse(Encoding.ASCII.GetString(content.Span[..(HeaderBytes - 1)]), out var digest)
        && Digest.Of(content.Span[HeaderBytes..]) == digest
            ? content[HeaderBytes..]
            : (ReadOnlyMemory<byte>?)null;
}
