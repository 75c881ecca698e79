using System.Buffers;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>Grows while a record is written, in memory that is used again.</summary>
sealed class RecordBuffer : IBufferWriter<byte>, IDisposable
{
    const int FirstBytes = 1 << 14;

    /// <remarks>Generated code writes what fits together.</remarks>
    static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    int length;

    public static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new RecordBuffer();
        using (var json = new Utf8JsonWriter(buffer, Unchecked))
            write(json);
        return buffer.bytes.AsSpan(0, buffer.length).ToArray();
    }

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - length < Math.Max(sizeHint, 1))
            Grow(sizeHint);
        return bytes.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    void Grow(int sizeHint)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + sizeHint));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
