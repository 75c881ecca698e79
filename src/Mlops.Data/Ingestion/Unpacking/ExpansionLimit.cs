using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Passes on what a packed stream expands to, until that is too much to be honest data: deflate reaches
/// 1:1032 at most, delimited text rarely 1:50.
/// </summary>
/// <param name="packedBytes">How long the packed stream is.</param>
/// <param name="check">Gets all that is passed on, where the packed stream says what that has to be.</param>
sealed class ExpansionLimit(Stream unpacked, long packedBytes, Crc32? check = null) : ReadOnlyStream
{
    public const int MaxRatio = 200;
    public const long AlwaysAllowedBytes = 64L << 20;

    public long ExpandedBytes { get; private set; }

    public override int Read(Span<byte> buffer) => Counted(buffer[..unpacked.Read(buffer)]);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await unpacked.ReadAsync(buffer, cancellationToken);
        return Counted(buffer.Span[..read]);
    }

    int Counted(ReadOnlySpan<byte> bytes)
    {
        check?.Append(bytes);
        ExpandedBytes += bytes.Length;
        if (ExpandedBytes > AlwaysAllowedBytes && ExpandedBytes / MaxRatio > packedBytes)
            throw new SourceFaultException(new Problem(
                "DATA-019", $"The packed file expands to more than {MaxRatio} times its size.", new Place(""),
                Expected: $"at most 1:{MaxRatio} above {AlwaysAllowedBytes >> 20} MiB",
                Next: "Unpack it yourself if you trust it."));
        return bytes.Length;
    }
}
