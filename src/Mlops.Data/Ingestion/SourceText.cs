using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A raw file's text: unpacked if its bytes are gzip, decoded strictly, a byte-order mark wins.
/// </summary>
sealed class SourceText : IAsyncDisposable
{
    const int BufferBytes = 1 << 18;

    readonly Stream source;
    readonly List<IAsyncDisposable> opened = [];
    PackedBytes? packed;
    ExpansionLimit? expanded;

    SourceText(Stream source) => this.source = source;

    public StreamReader Text { get; private set; } = StreamReader.Null;

    public bool IsEmpty { get; private set; }

    /// <param name="reading">How to decode, whatever the format and a byte-order mark say.</param>
    public static async Task<SourceText> Open(
        Stream source, long lengthBytes, TextFormat format, CancellationToken ct, Encoding? reading = null)
    {
        var text = new SourceText(source);
        text.opened.Add(source);
        var bytes = PipeReader.Create(
            source, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        if (await StartsWith(bytes, [0x1f, 0x8b], ct))
        {
            text.packed = new PackedBytes(bytes.AsStream(leaveOpen: true));
            var unpacked = new GZipStream(text.packed, CompressionMode.Decompress);
            text.opened.Add(unpacked);
            text.expanded = new ExpansionLimit(unpacked, lengthBytes);
            bytes = PipeReader.Create(
                text.expanded, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        }
        var (encoding, markBytes) = reading is not null
            ? (reading, 0)
            : await Detect(bytes, format.Encoding, ct);
        var start = await bytes.ReadAtLeastAsync(markBytes + 1, ct);
        text.IsEmpty = start.Buffer.Length == markBytes;
        bytes.AdvanceTo(start.Buffer.GetPosition(markBytes));
        text.Text = new StreamReader(
            bytes.AsStream(), encoding, detectEncodingFromByteOrderMarks: false, BufferBytes);
        return text;
    }

    /// <summary>
    /// To be called when the text is read: reads the raw bytes' end too, so that their digest is checked.
    /// </summary>
    /// <exception cref="InvalidDataException">The packed file ends too early.</exception>
    public async Task Finish(CancellationToken ct)
    {
        await (packed ?? Stream.Null).CopyToAsync(Stream.Null, ct);
        await source.CopyToAsync(Stream.Null, ct);
        if (packed is not null && expanded is not null && !packed.EndsWithLength(expanded.ExpandedBytes))
            throw new InvalidDataException("The packed file ends too early.");
    }

    public async ValueTask DisposeAsync()
    {
        Text.Dispose();
        for (var i = opened.Count - 1; i >= 0; i--)
            await opened[i].DisposeAsync();
    }

    /// <exception cref="ArgumentException">.NET does not know the encoding.</exception>
    public static Encoding Strict(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    static async Task<(Encoding, int MarkBytes)> Detect(
        PipeReader bytes, string declared, CancellationToken ct)
    {
        if (await StartsWith(bytes, [0xef, 0xbb, 0xbf], ct))
            return (Strict("utf-8"), 3);
        if (await StartsWith(bytes, [0xff, 0xfe, 0, 0], ct))
            return (Strict("utf-32"), 4);
        if (await StartsWith(bytes, [0xff, 0xfe], ct))
            return (Strict("utf-16"), 2);
        if (await StartsWith(bytes, [0xfe, 0xff], ct))
            return (Strict("utf-16BE"), 2);
        return (Strict(declared), 0);
    }

    static async Task<bool> StartsWith(PipeReader bytes, byte[] mark, CancellationToken ct)
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
}
