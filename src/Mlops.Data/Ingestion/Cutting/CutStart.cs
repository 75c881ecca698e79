using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>How a file that can be cut begins.</summary>
/// <param name="Encoding">By a name that .NET knows.</param>
/// <param name="Header">The names of its columns.</param>
/// <param name="DataStart">The byte where the rows begin.</param>
sealed record CutStart(
    string Encoding, IReadOnlyList<string> Header, long DataStart, byte Delimiter, byte? Quote)
{
    /// <summary>UTF-8's byte-order mark where each byte is a character.</summary>
    const string Utf8Mark = "\u00ef\u00bb\u00bf";

    /// <returns>
    /// Null where line ends, delimiters and quotes are no single bytes: the file is packed, or in an encoding
    /// that does not begin with ASCII. Null also where the header is at fault, which the reading of the file
    /// will say.
    /// </returns>
    public static async Task<CutStart?> Of(StageContext context, RawFile file, CutInput input)
    {
        try
        {
            return await Find(context, file, input);
        }
        catch (DecoderFallbackException) when (input.Format.Encoding is null)
        {
            return await Of(
                context, file,
                input with { Format = input.Format with { Encoding = DetectedEncoding.Fallback } });
        }
        catch (Exception fault) when (
            fault is SourceFaultException or DecoderFallbackException or InvalidDataException)
        {
            return null;
        }
    }

    static async Task<CutStart?> Find(StageContext context, RawFile file, CutInput input)
    {
        await using var records = await SourceRecords.Open(context, input.Source, input.Format, null, null);
        var format = input.Format;
        if (records.IsPacked || ByteFormat.Of(format, records.Encoding) is not { } bytes)
            return null;
        var start = new CutStart(
            format.Encoding is null || records.MarkBytes > 0 ? records.Encoding.WebName : format.Encoding,
            records.Header.Names,
            records.MarkBytes, bytes.Delimiter, bytes.Quote);
        return start with { DataStart = await start.FindData(file, format, context.Cancellation) };
    }

    /// <summary>Reads records from a byte on that begins one; each byte is a character.</summary>
    public RecordReader RecordsFrom(StreamReader latin) =>
        SourceText.Strict(Encoding) is UTF8Encoding
            ? new(latin, (char)Delimiter, (char?)Quote, mark: Utf8Mark)
            : new(latin, (char)Delimiter, (char?)Quote);

    public static StreamReader Latin(RawFile file, long offset) => new(
        file.OpenAt(offset), System.Text.Encoding.Latin1, detectEncodingFromByteOrderMarks: false);

    /// <remarks>As <see cref="SourceRecords"/> has it: titles are lines, and lines without any text before
    /// the header are none.</remarks>
    async Task<long> FindData(RawFile file, TextFormat format, CancellationToken ct)
    {
        using var latin = Latin(file, DataStart);
        var records = RecordsFrom(latin);
        for (var passed = 0; passed < format.SkipLines; passed++)
            await records.ReadLine(ct);
        if (format.Header)
            while (await records.Read(ct) && (records.Unmarked.IsEmpty || SeparatorLine.Is(records.Unmarked)))
            {
            }
        for (var skipped = 0; skipped < format.SkipRows; skipped++)
            await records.Read(ct);
        return DataStart + records.Consumed;
    }
}
