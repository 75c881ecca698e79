using System.Buffers;
using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// What a text is written in whose rows are partly none in the encoding that was declared: UTF-8, if all
/// of it is; windows-1252, if next to nothing is UTF-8 and each byte means something there. Else nobody
/// knows.
/// </summary>
sealed class LikelyEncoding
{
    /// <summary>Of so many bytes that are no UTF-8 one may look like some of it by chance.</summary>
    const int ByChance = 10;

    static readonly SearchValues<byte> NotIn1252 = SearchValues.Create([0, 0x81, 0x8d, 0x8f, 0x90, 0x9d]);

    readonly Decoder decoder =
        LenientEncoding.Of(SourceText.Strict(DetectedEncoding.Utf8), DetectedEncoding.Utf8).GetDecoder();
    char[] chars = [];
    bool mayBe1252 = true;
    long characters;
    long none;

    /// <param name="isInside">The bytes are a piece from inside a file.</param>
    /// <param name="declared">In which some bytes of the source are no text.</param>
    /// <returns>Null where it cannot be told.</returns>
    public static async Task<string?> Of(
        StageContext context, SourceBytes source, bool isInside, string declared)
    {
        await using var unpacked = await Unpacked.Open(
            context.OpenSource(source.Source), source.LengthBytes, context.Cancellation, isInside);
        var likely = new LikelyEncoding();
        for (var isEnded = false; !isEnded;)
        {
            var read = await unpacked.Bytes.ReadAsync(context.Cancellation);
            isEnded = read.IsCompleted;
            foreach (var piece in read.Buffer)
                likely.See(piece.Span, flush: false);
            unpacked.Bytes.AdvanceTo(read.Buffer.End);
        }
        likely.See([], flush: true);
        return likely.Name(declared);
    }

    void See(ReadOnlySpan<byte> bytes, bool flush)
    {
        mayBe1252 = mayBe1252 && !bytes.ContainsAny(NotIn1252);
        if (chars.Length < bytes.Length + LenientDecoder.MostWaiting)
            chars = new char[bytes.Length + LenientDecoder.MostWaiting];
        var text = chars.AsSpan(0, decoder.GetChars(bytes, chars, flush));
        for (var at = 0; at < text.Length; at++)
            if (char.IsHighSurrogate(text[at]))
                (at, characters) = (at + 1, characters + 1);
            else if (char.IsLowSurrogate(text[at]))
                none++;
            else if (!char.IsAscii(text[at]))
                characters++;
    }

    string? Name(string declared) =>
        none == 0 ? characters > 0 ? DetectedEncoding.Utf8 : null
        : declared is DetectedEncoding.Utf8 or "us-ascii" && mayBe1252 && none > ByChance * characters
            ? DetectedEncoding.Fallback
        : null;
}
