using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>The bytes of a text on their way, kept from the first that is still needed on.</summary>
/// <param name="firstBytes">How many it holds before it has to grow.</param>
sealed class ByteWindow(Stream source, int firstBytes)
{
    byte[] buffer = new byte[firstBytes];
    int start;
    int end;

    public int Length => end - start;

    /// <summary>Nothing comes after the bytes.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Valid until more are read.</summary>
    public ArraySegment<byte> Bytes => new(buffer, start, end - start);

    /// <summary>The first bytes are no longer needed.</summary>
    public void Drop(int count) => start += count;

    /// <summary>Reads what there is room for; makes room where there is none.</summary>
    public async ValueTask Read(CancellationToken ct)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var wanted = buffer.Length - end;
        var read = await source.ReadAtLeastAsync(buffer.AsMemory(end), wanted, throwOnEndOfStream: false, ct);
        end += read;
        IsEnded = read < wanted;
    }

    /// <summary>A stream over the bytes and all that come.</summary>
    /// <param name="keeps">Whether they stay in the window.</param>
    public Stream Replay(bool keeps) => new Replayed(this, keeps);

    sealed class Replayed(ByteWindow window, bool keeps) : ReadOnlyStream
    {
        int at;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (NeedsMore)
                await window.Read(cancellationToken);
            return Take(buffer.Span);
        }

        public override int Read(Span<byte> buffer)
        {
            if (NeedsMore)
                window.Read(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return Take(buffer);
        }

        bool NeedsMore => at == window.Length && !window.IsEnded;

        int Take(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, window.Length - at);
            window.Bytes.AsSpan(at, count).CopyTo(buffer);
            if (keeps)
                at += count;
            else
                window.Drop(count);
            return count;
        }
    }
}
