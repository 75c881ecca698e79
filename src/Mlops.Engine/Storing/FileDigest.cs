using System.Buffers;
using System.Security.Cryptography;

namespace Mlops.Engine;

/// <summary>Reads whole files for their digests.</summary>
static class FileDigest
{
    const int BufferBytes = 1 << 20;

    /// <remarks>
    /// Blocks: an asynchronous read of a file borrows a thread of the pool to block on, and with thousands of
    /// files there soon is none left to go on with.
    /// </remarks>
    public static Digest Of(string path, CancellationToken cancellation = default) =>
        Of(path, long.MaxValue, _ => { }, cancellation);

    /// <param name="length">Of the beginning whose digest is told, too; of a shorter file none is.</param>
    public static Digest Of(
        string path, long length, Action<Digest> told, CancellationToken cancellation = default)
    {
        using var file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(
            (int)Math.Clamp(RandomAccess.GetLength(file) + 1, 1 << 12, BufferBytes));
        try
        {
            long offset = 0;
            int read;
            while ((read = RandomAccess.Read(file, buffer.AsSpan(0, Wanted(offset)), offset)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                digest.AppendData(buffer, 0, read);
                offset += read;
                if (offset == length)
                    told(Digest.FromBytes(digest.GetCurrentHash()));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        Span<byte> bytes = stackalloc byte[Digest.SizeBytes];
        digest.GetHashAndReset(bytes);
        return Digest.FromBytes(bytes);

        int Wanted(long offset) =>
            (int)Math.Min(buffer.Length, offset < length ? length - offset : long.MaxValue);
    }
}
