namespace Mlops.Engine;

/// <summary>
/// A file of this machine, read and written where it is asked. The system has no other way for files: to
/// wait for it asynchronously only blocks another thread, and costs each body that does so first some
/// milliseconds.
/// </summary>
public sealed class DiskStream : Stream
{
    const int UsualBufferBytes = 1 << 12;

    readonly FileStream file;

    public DiskStream(
        string path, FileMode mode, FileAccess access, FileShare share, int bufferBytes = UsualBufferBytes) =>
        file = new FileStream(path, mode, access, share, bufferBytes);

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public static DiskStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Makes the file, or empties it.</summary>
    public static DiskStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);

    public override int Read(Span<byte> buffer) => file.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override int ReadByte() => file.ReadByte();

    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(file.Read(buffer.Span));
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer) => file.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => file.Write(buffer, offset, count);

    public override void WriteByte(byte value) => file.WriteByte(value);

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        file.Write(buffer.Span);
        return default;
    }

    public override Task WriteAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => file.Flush();

    /// <summary>Returns when the bytes would outlive a loss of power.</summary>
    public void FlushToDisk() => file.Flush(flushToDisk: true);

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        file.Flush();
        return Task.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
