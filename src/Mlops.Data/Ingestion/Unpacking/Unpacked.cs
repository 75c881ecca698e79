using System.IO.Compression;
using System.IO.Pipelines;
using Mlops.Engine;
using ZstdSharp;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A raw file's bytes, unpacked where they are gzip or Zstandard, told by how they begin and not
/// by the file's name.
/// </summary>
sealed class Unpacked : IAsyncDisposable
{
    /// <summary>The least that is worth a buffer.</summary>
    public const int FewBytes = 1 << 12;

    const int BufferBytes = 1 << 18;

    /// <summary>
    /// The largest window that a Zstandard file may ask for: what its own tool grants unasked.
    /// </summary>
    const int MaxWindowLog = 27;

    static readonly byte[] Gzip = [0x1f, 0x8b];
    static readonly byte[] Zstandard = [0x28, 0xb5, 0x2f, 0xfd];

    readonly Stream source;
    readonly List<IAsyncDisposable> opened = [];
    readonly Crc32 check = new();
    PackedBytes? gzip;
    ExpansionLimit? expanded;

    Unpacked(Stream source) => this.source = source;

    public bool IsPacked => expanded is not null;

    public PipeReader Bytes { get; private set; } = null!;

    /// <param name="source">Is disposed of with this.</param>
    /// <param name="lengthBytes">How long it is.</param>
    /// <param name="isInside">The bytes are from inside a file, so that how they begin says nothing.</param>
    public static async Task<Unpacked> Open(
        Stream source, long lengthBytes, CancellationToken ct, bool isInside = false)
    {
        var unpacked = new Unpacked(source);
        unpacked.opened.Add(source);
        unpacked.Bytes = Reader(source, lengthBytes);
        if (isInside)
            return unpacked;
        try
        {
            await unpacked.Unpack(lengthBytes, ct);
            return unpacked;
        }
        catch
        {
            await unpacked.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// To be called when all is read: reads the raw bytes' end too, so that their digest is checked.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The packed file ends too early, or holds other bytes than it says.
    /// </exception>
    public async Task Finish(CancellationToken ct)
    {
        await (gzip ?? Stream.Null).CopyToAsync(Stream.Null, ct);
        await source.CopyToAsync(Stream.Null, ct);
        if (gzip is not null && expanded is not null && !gzip.EndsWith(check.Value, expanded.ExpandedBytes))
            throw new InvalidDataException("The packed file ends too early or is damaged.");
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = opened.Count - 1; i >= 0; i--)
            await opened[i].DisposeAsync();
    }

    public static async Task<bool> StartsWith(PipeReader bytes, byte[] mark, CancellationToken ct)
    {
        var read = await bytes.ReadAtLeastAsync(mark.Length, ct);
        var start = new byte[Math.Min(mark.Length, read.Buffer.Length)];
        var at = 0;
        foreach (var piece in read.Buffer.Slice(0, start.Length))
        {
            piece.Span.CopyTo(start.AsSpan(at));
            at += piece.Length;
        }
        bytes.AdvanceTo(read.Buffer.Start);
        return start.AsSpan().SequenceEqual(mark);
    }

    async Task Unpack(long lengthBytes, CancellationToken ct)
    {
        if (await StartsWith(Bytes, Gzip, ct))
            UnpackGzip(lengthBytes);
        else if (await StartsWith(Bytes, Zstandard, ct))
            UnpackZstandard(lengthBytes);
        else
            return;
        if (await StartsWith(Bytes, Gzip, ct) || await StartsWith(Bytes, Zstandard, ct))
            throw new SourceFaultException(new Problem(
                "DATA-056", "The packed file holds another packed file.", new Place(""),
                Expected: "data that is packed once", Next: "Unpack it once yourself if you trust it."));
    }

    void UnpackGzip(long lengthBytes)
    {
        gzip = new PackedBytes(Bytes.AsStream(leaveOpen: true));
        Expand(new GZipStream(gzip, CompressionMode.Decompress), lengthBytes, check);
    }

    void UnpackZstandard(long lengthBytes)
    {
        var stream = new DecompressionStream(
            Bytes.AsStream(leaveOpen: true), BufferBytes, checkEndOfStream: true, leaveOpen: true);
        stream.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        Expand(new ZstandardFaults(stream), lengthBytes);
    }

    void Expand(Stream stream, long lengthBytes, Crc32? whole = null)
    {
        opened.Add(stream);
        expanded = new ExpansionLimit(stream, lengthBytes, whole);
        Bytes = Reader(expanded, BufferBytes);
    }

    static PipeReader Reader(Stream stream, long lengthBytes) => PipeReader.Create(
        stream, new StreamPipeReaderOptions(
            bufferSize: (int)Math.Clamp(lengthBytes + 1, FewBytes, BufferBytes), leaveOpen: true));
}
