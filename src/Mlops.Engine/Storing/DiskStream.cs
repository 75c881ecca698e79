namespace Mlops.Engine;

/// <summary>
/// A file of this machine, read and written where it is asked. The system has no other way for files: to wait
/// for it asynchronously only blocks another thread, and costs each body that does so first some milliseconds.
/// </summary>
public sealed class DiskStream(
    string path, FileMode mode, FileAccess access, FileShare share, int bufferBytes = DiskStream.BufferBytes)
    : FileStream(path, mode, access, share, bufferBytes)
{
    const int BufferBytes = 1 << 12;

    public static DiskStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Makes the file, or empties it.</summary>
    public static DiskStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);

    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return default;
    }

    public override Task WriteAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    /// <remarks>Afterwards nothing is left that would have to be waited for.</remarks>
    public override ValueTask DisposeAsync()
    {
        Dispose();
        return base.DisposeAsync();
    }
}
