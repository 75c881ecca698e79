using System.Buffers;
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

    /// <summary>
    /// Of a frame that is to be passed over, behind a first byte from 0x50 to 0x5F: files that several
    /// threads packed, or that can be entered anywhere, may begin with one.
    /// </summary>
    static readonly byte[] Skippable = [0x2a, 0x4d, 0x18];

    readonly Stream source;
    readonly List<IAsyncDisposable> opened = [];
    GzipMembers? gzip;
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
        if (gzip?.IsWhole == false)
            throw new InvalidDataException("The packed file ends too early or is damaged.");
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = opened.Count - 1; i >= 0; i--)
            await opened[i].DisposeAsync();
    }

    public static async Task<bool> StartsWith(PipeReader bytes, byte[] mark, CancellationToken ct) =>
        (await Head(bytes, mark.Length, ct)).AsSpan().SequenceEqual(mark);

    /// <summary>The next bytes, fewer where there are no more; they are still to be read.</summary>
    static async Task<byte[]> Head(PipeReader bytes, int count, CancellationToken ct)
    {
        var read = await bytes.ReadAtLeastAsync(count, ct);
        var head = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length)).ToArray();
        bytes.AdvanceTo(read.Buffer.Start);
        return head;
    }

    async Task Unpack(long lengthBytes, CancellationToken ct)
    {
        var head = await Head(Bytes, ForeignFile.HeadBytes, ct);
        if (head.AsSpan().StartsWith(Gzip))
            UnpackGzip(lengthBytes);
        else if (IsZstandard(head))
            UnpackZstandard(lengthBytes);
        if (IsPacked)
            head = await Head(Bytes, ForeignFile.HeadBytes, ct);
        if (IsPacked && (head.AsSpan().StartsWith(Gzip) || IsZstandard(head)))
            throw new SourceFaultException(new Problem(
                "DATA-056", "The packed file holds another packed file.", new Place(""),
                Expected: "data that is packed once", Next: "Unpack it once yourself if you trust it."));
        ForeignFile.Refuse(head);
    }

    static bool IsZstandard(ReadOnlySpan<byte> head) => head.StartsWith(Zstandard)
        || (head.Length > Skippable.Length && head[0] >> 4 == 5 && head[1..].StartsWith(Skippable));

    void UnpackGzip(long lengthBytes)
    {
        var check = new Crc32();
        gzip = new GzipMembers(Bytes.AsStream(leaveOpen: true), check);
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
