using ZstdSharp;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Says of what is no Zstandard what <see cref="System.IO.Compression.GZipStream"/> says of what is no
/// gzip.</summary>
sealed class ZstandardFaults(DecompressionStream unpacked) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return unpacked.Read(buffer, offset, count);
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

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }

    static InvalidDataException Damaged(Exception damaged) => new(
        damaged is EndOfStreamException ? "The packed file ends too early." : damaged.Message, damaged);
}
