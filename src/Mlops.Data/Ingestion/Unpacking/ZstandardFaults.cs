using Mlops.Engine;
using ZstdSharp;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Says of what is no Zstandard what <see cref="System.IO.Compression.GZipStream"/> says of what is no gzip.
/// </summary>
sealed class ZstandardFaults(DecompressionStream unpacked) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (Exception damaged) when (damaged is ZstdException or EndOfStreamException)
        {
            throw Damaged(damaged);
        }
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await unpacked.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception damaged) when (damaged is ZstdException or EndOfStreamException)
        {
            throw Damaged(damaged);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }

    static InvalidDataException Damaged(Exception damaged) => new(
        damaged is EndOfStreamException ? "The packed file ends too early." : damaged.Message, damaged);
}
