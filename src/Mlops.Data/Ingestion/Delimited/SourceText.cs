using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Mlops.Data.Ingestion;

/// <summary>A raw file's text: unpacked, decoded strictly, a byte-order mark wins.</summary>
sealed class SourceText : IAsyncDisposable
{
    const int BufferBytes = 1 << 18;

    /// <summary>Takes no character for a byte-order mark, also where reading begins anew.</summary>
    static readonly UTF8Encoding Unmarked = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As much as a processor core has at hand.</summary>
    public const int WindowBytes = 1 << 19;

    readonly Unpacked unpacked;
    readonly int windowBytes;

    SourceText(Unpacked unpacked, int windowBytes) =>
        (this.unpacked, this.windowBytes) = (unpacked, windowBytes);

    /// <summary>What the file is written in.</summary>
    public Encoding Encoding { get; private set; } = Encoding.UTF8;

    /// <summary>The text in bytes, and what they are written in.</summary>
    public ByteWindow Bytes { get; private set; } = null!;

    public Encoding BytesEncoding { get; private set; } = Encoding.UTF8;

    /// <summary>The text in the file's own bytes; null where nobody asked for them.</summary>
    public OriginalBytes? Original { get; private set; }

    /// <summary>
    /// Whether the text is UTF-8 all the same; null where what was declared leaves no doubt.
    /// </summary>
    public Utf8Watch? Utf8 { get; private set; }

    public bool IsEmpty { get; private set; }

    public bool IsPacked => unpacked.IsPacked;

    /// <summary>Of the byte-order mark that says the encoding; 0 where there is none.</summary>
    public int MarkBytes { get; private set; }

    /// <param name="reading">How to decode, whatever the format and a byte-order mark say.</param>
    /// <param name="isInside">The text begins inside a file: it is not packed, and what looks like a
    /// byte-order mark is none.</param>
    /// <param name="keepsOriginal">Whether the file's own bytes are kept, until rows took or passed
    /// them.</param>
    public static async Task<SourceText> Open(
        Stream source, long lengthBytes, TextFormat format, CancellationToken ct, Encoding? reading = null,
        bool isInside = false, int windowBytes = WindowBytes, bool keepsOriginal = false)
    {
        var unpacked = await Unpacked.Open(source, lengthBytes, ct, isInside);
        // Most files fit in less, and large arrays take longer to make than a short file to read.
        var text = new SourceText(unpacked, unpacked.IsPacked ? windowBytes
            : (int)Math.Min(windowBytes, Math.Max(lengthBytes + 1, Unpacked.FewBytes)));
        var isDeclared = reading is null && format.Encoding is not null;
        if (isInside)
            reading ??= Strict(format.Encoding ?? DetectedEncoding.Utf8);
        (text.Encoding, text.MarkBytes) = reading is not null
            ? (reading, 0)
            : await Detect(unpacked.Bytes, format.Encoding, ct);
        text.Decode(await text.TakeMark(ct), isDeclared, keepsOriginal);
        return text;
    }

    /// <summary>The text from the first byte on that the window still has.</summary>
    /// <param name="keeps">Whether the bytes stay in the window.</param>
    public StreamReader Replay(bool keeps) => new(
        Bytes.Replay(keeps), BytesEncoding, detectEncodingFromByteOrderMarks: false,
        Math.Min(BufferBytes, windowBytes));

    /// <summary>How many characters the text is likely to have, if they are few.</summary>
    public int LikelyChars => windowBytes;

    async Task<byte[]> TakeMark(CancellationToken ct)
    {
        var start = await unpacked.Bytes.ReadAtLeastAsync(MarkBytes + 1, ct);
        IsEmpty = start.Buffer.Length == MarkBytes;
        var mark = start.Buffer.Slice(0, MarkBytes).ToArray();
        unpacked.Bytes.AdvanceTo(start.Buffer.GetPosition(MarkBytes));
        return mark;
    }

    void Decode(byte[] mark, bool isDeclared, bool keepsOriginal)
    {
        var isLenient = isDeclared || MarkBytes > 0;
        var stream = unpacked.Bytes.AsStream();
        if (isDeclared && Utf8Signs.Concern(Encoding))
            stream = Utf8 = new Utf8Watch(stream);
        if (keepsOriginal)
            stream = Original = new OriginalBytes(
                stream, mark, IsKept(Encoding) ? null
                    : isLenient ? new UndecodableFallback(_ => "\ufffd", 1).In(Encoding) : Encoding);
        Bytes = new ByteWindow(OneByteEnds(stream, Encoding, isLenient, out var kept), windowBytes);
        BytesEncoding = kept;
    }

    /// <summary>
    /// Bytes in which no part of a character looks like a line end or a delimiter: as they are,
    /// or brought to UTF-8.
    /// </summary>
    static Stream OneByteEnds(Stream bytes, Encoding encoding, bool isLenient, out Encoding kept)
    {
        kept = encoding.IsSingleByte ? encoding : Unmarked;
        if (isLenient && !IsKept(encoding))
        {
            kept = LenientEncoding.Transcoded(Unmarked, encoding.WebName);
            return new LenientTranscoding(bytes, encoding, Unmarked);
        }
        if (isLenient)
            kept = LenientEncoding.Of(kept, encoding.WebName);
        return IsKept(encoding) ? bytes : Encoding.CreateTranscodingStream(bytes, encoding, kept);
    }

    static bool IsKept(Encoding encoding) => encoding.IsSingleByte || encoding is UTF8Encoding;

    /// <inheritdoc cref="Unpacked.Finish"/>
    public Task Finish(CancellationToken ct) => unpacked.Finish(ct);

    public async ValueTask DisposeAsync()
    {
        await unpacked.DisposeAsync();
    }

    /// <exception cref="ArgumentException">.NET does not know the encoding.</exception>
    public static Encoding Strict(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>The first bytes; they stay to be read.</summary>
    public static async Task<byte[]> Head(PipeReader bytes, CancellationToken ct)
    {
        var read = await bytes.ReadAtLeastAsync(DetectedEncoding.HeadBytes, ct);
        var head = read.Buffer.Slice(0, Math.Min(DetectedEncoding.HeadBytes, read.Buffer.Length)).ToArray();
        bytes.AdvanceTo(read.Buffer.Start);
        return head;
    }

    static async Task<(Encoding, int MarkBytes)> Detect(
        PipeReader bytes, string? declared, CancellationToken ct)
    {
        if (await Unpacked.StartsWith(bytes, [0xef, 0xbb, 0xbf], ct))
            return (Strict("utf-8"), 3);
        if (await Unpacked.StartsWith(bytes, [0xff, 0xfe, 0, 0], ct))
            return (Strict("utf-32"), 4);
        if (await Unpacked.StartsWith(bytes, [0xff, 0xfe], ct))
            return (Strict("utf-16"), 2);
        if (await Unpacked.StartsWith(bytes, [0xfe, 0xff], ct))
            return (Strict("utf-16BE"), 2);
        return (Strict(declared ?? DetectedEncoding.Of(await Head(bytes, ct))), 0);
    }
}
