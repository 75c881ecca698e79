using System.Security.Cryptography;

namespace Mlops.Engine;

/// <summary>
/// Reads a raw file and takes its digest on the way. Whoever reads to the end is sure to have read the bytes
/// that the key names; a file that changed in the meantime is a problem, never a result.
/// </summary>
sealed class VerifyingStream : ReadOnlyStream
{
    readonly string path;
    readonly Digest expected;
    readonly FileStream file;
    readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly long start;
    long left;
    bool ended;

    /// <param name="range">Which range of the file has the digest; null for the whole.</param>
    public VerifyingStream(string path, Digest expected, RawPiece? range = null)
    {
        (this.path, this.expected) = (path, expected);
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        start = range?.Offset ?? 0;
        left = range?.LengthBytes ?? long.MaxValue;
        Length = range?.LengthBytes ?? file.Length;
        file.Position = start;
    }

    public override long Length { get; }

    public override long Position
    {
        get => file.Position - start;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer[..Wanted(buffer.Length)]);
        Taken(buffer[..read], buffer.Length);
        return read;
    }

    /// <inheritdoc cref="DiskStream"/>
    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            digest.Dispose();
        }
        base.Dispose(disposing);
    }

    int Wanted(int asked) => (int)Math.Min(asked, left);

    void Taken(ReadOnlySpan<byte> bytes, int asked)
    {
        left -= bytes.Length;
        if (bytes.Length > 0)
            digest.AppendData(bytes);
        else if (asked > 0 && !ended)
        {
            ended = true;
            if (Digest.FromBytes(digest.GetHashAndReset()) != expected)
                throw Changed(path, expected);
        }
    }

    public static ProblemException Changed(string path, Digest expected) => new(new Problem(
        "ENGINE-006", "A source file changed while it was read.", new Place(path),
        Expected: $"SHA-256 {expected}", Next: "Run again when nothing writes to it."));
}
