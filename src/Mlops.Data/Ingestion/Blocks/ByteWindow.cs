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

    sealed class Replayed(ByteWindow window, bool keeps) : Stream
    {
        int at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (at == window.Length && !window.IsEnded)
                await window.Read(cancellationToken);
            var count = Math.Min(buffer.Length, window.Length - at);
            window.Bytes.AsSpan(at, count).CopyTo(buffer.Span);
            if (keeps)
                at += count;
            else
                window.Drop(count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
