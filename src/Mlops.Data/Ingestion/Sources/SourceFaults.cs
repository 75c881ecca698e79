using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Puts what libraries throw over a raw file's bytes into a person's words.</summary>
static class SourceFaults
{
    /// <param name="read">
    /// Reads in the given format. What nobody declared to be UTF-8 and is none is read again as windows-1252.
    /// </param>
    public static async Task<T> Name<T>(
        StageContext context, Digest source, long lengthBytes,
        TextFormat format, Func<TextFormat, Task<T>> read)
    {
        try
        {
            return await Read(context, source, lengthBytes, format, read);
        }
        catch (DecoderFallbackException e)
        {
            throw new SourceFaultException(NoText(
                "file", NameOf(format), await FirstUndecodableLine(context, source, lengthBytes, format),
                $"the bytes {Convert.ToHexString(e.BytesUnknown ?? [])}"), e);
        }
        catch (InvalidDataException e)
        {
            throw new SourceFaultException(new Problem(
                "DATA-018", "The packed file is damaged.", new Place(""), Expected: "gzip or Zstandard",
                Actual: e.Message, Next: "Bring the file again."), e);
        }
    }

    public static Problem NoText(string what, string encoding, int? line, string bytes) => new(
        "DATA-017", $"The {what} is not {encoding}.", new Place("", line),
        Expected: $"text in {encoding}", Actual: bytes,
        Next: "Set the encoding that the file was written in, for instance windows-1252.");

    static async Task<T> Read<T>(
        StageContext context, Digest source, long lengthBytes,
        TextFormat format, Func<TextFormat, Task<T>> read)
    {
        try
        {
            return await read(format);
        }
        catch (DecoderFallbackException) when (format.Encoding is null)
        {
            if (!await MayFallBack(context, source, lengthBytes))
                throw;
        }
        return await read(format with { Encoding = DetectedEncoding.Fallback });
    }

    static async Task<bool> MayFallBack(StageContext context, Digest source, long lengthBytes)
    {
        var ct = context.Cancellation;
        await using var unpacked = await Unpacked.Open(context.OpenSource(source), lengthBytes, ct);
        return DetectedEncoding.MayFallBack(await SourceText.Head(unpacked.Bytes, ct));
    }

    static string NameOf(TextFormat format) => format.Encoding ?? DetectedEncoding.Utf8;

    /// <summary>Reads the file again, line by line, which only works where a line end is one byte.</summary>
    static async Task<int?> FirstUndecodableLine(
        StageContext context, Digest source, long lengthBytes, TextFormat format)
    {
        var strict = SourceText.Strict(NameOf(format));
        if (!strict.IsSingleByte && strict is not UTF8Encoding)
            return null;
        await using var bytes = await SourceText.Open(
            context.OpenSource(source), lengthBytes, format, context.Cancellation, Encoding.Latin1);
        using var lines = bytes.Replay(keeps: false);
        for (var line = 1; await lines.ReadLineAsync(context.Cancellation) is { } text; line++)
            if (!Decodes(strict, Encoding.Latin1.GetBytes(text)))
                return line;
        return null;
    }

    static bool Decodes(Encoding encoding, byte[] bytes)
    {
        try
        {
            encoding.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
