namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>A stream of which never more than a few bytes come at once.</summary>
sealed class Pieces(Stream source, int length) : Mlops.Engine.ReadOnlyStream
{
    public Pieces(byte[] bytes, int length) : this(new MemoryStream(bytes), length)
    {
    }

    public override int Read(Span<byte> buffer) => source.Read(buffer[..Math.Min(length, buffer.Length)]);

    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        source.ReadAsync(buffer[..Math.Min(length, buffer.Length)], cancellationToken);
}
