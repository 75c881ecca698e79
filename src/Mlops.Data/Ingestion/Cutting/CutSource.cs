using System.Text.Json.Serialization;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>A raw file to cut into pieces at ends of records.</summary>
/// <param name="MinBytes">No piece but the last is shorter.</param>
/// <param name="MaxBytes">No piece is longer, unless a single record is.</param>
sealed record CutInput(SourceBytes Source, TextFormat Format, long MinBytes, long MaxBytes)
{
    /// <param name="format">Of all files together.</param>
    /// <remarks>What cells mean is not in it: other missing markers, decimal or thousands separators or dates
    /// cut no file again.</remarks>
    public static CutInput Of(TextFormat format, SourceFile file, long minBytes, long maxBytes)
    {
        var plain = new TextFormat();
        return new CutInput(
            new SourceBytes(file.Digest, file.LengthBytes),
            SourceKind.FormatOf(format, file.Name) with
            {
                Missing = plain.Missing,
                DecimalSeparator = plain.DecimalSeparator,
                Thousands = plain.Thousands,
                Dates = plain.Dates,
            },
            minBytes, maxBytes);
    }
}

/// <summary>The pieces of a raw file.</summary>
/// <param name="Encoding">What the file is written in: the declared encoding, or that of its byte-order
/// mark.</param>
/// <param name="Header">Names of its columns; numbered ones where it names none.</param>
/// <param name="Pieces">In order, together the whole file; none if it cannot be cut: then it is read as a
/// whole.</param>
sealed record CutFile(string Encoding, IReadOnlyList<string> Header, IReadOnlyList<CutPiece> Pieces)
{
    public static CutFile Whole { get; } = new("", [], []);
}

/// <param name="FirstLine">1-based line of the file where the piece begins.</param>
sealed record CutPiece(long Offset, long LengthBytes, Digest Digest, long FirstLine);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CutInput))]
[JsonSerializable(typeof(CutFile))]
sealed partial class CutJson : JsonSerializerContext;

/// <summary>
/// A large raw file → its pieces. Where the file is cut follows from its bytes nearby alone, so that a row
/// which is appended or edited changes the piece that it is in, and all others stay what they were.
/// </summary>
static class CutSource
{
    public const long MinBytes = 4L << 20;
    public const long MaxBytes = 12L << 20;

    public static Stage<CutInput, CutFile> Stage { get; } = new(
        "Ingest.CutSource", 5, "", () => CutJson.Default.CutInput, () => CutJson.Default.CutFile,
        (context, input) => Run(context, input, null))
    {
        Cores = _ => Environment.ProcessorCount,
        Fits = (input, output) =>
            output.Pieces.Count == 0 || AreWhole(output.Pieces, input.Source.LengthBytes),
    };

    /// <param name="former">What the file was before, if that may be known.</param>
    public static async Task<CutFile> Run(StageContext context, CutInput input, FormerFile<CutFile>? former)
    {
        using var file = context.OpenRaw(input.Source.Source);
        var cut = await Cut(context, file, input, former);
        file.Confirm();
        return cut;
    }

    static async Task<CutFile> Cut(
        StageContext context, RawFile file, CutInput input, FormerFile<CutFile>? former)
    {
        if (await CutStart.Of(context, file, input) is not { } start)
            return CutFile.Whole;
        try
        {
            var ends = await RecordEnds.Of(file, start, context.Cancellation);
            var cuts = await Cuts.Choose(ends, input.MinBytes, input.MaxBytes, context.Cancellation);
            var needsUtf8 = input.Format.Encoding is null && start.Encoding == DetectedEncoding.Utf8;
            var known = await FormerPieces.Of(former, needsUtf8);
            var pieces = PieceDigests.Of(file, cuts, known, context.Cancellation, out var isUtf8);
            return isUtf8 || !needsUtf8
                ? new CutFile(start.Encoding, start.Header, pieces)
                : await Fallback(context, file, input, pieces);
        }
        catch (SourceFaultException)
        {
            // A record too large to be one: whoever reads the whole says so, and where.
            return CutFile.Whole;
        }
    }

    /// <summary>
    /// A file that begins as UTF-8 and does not go on so, is none as a whole, its header neither.
    /// </summary>
    static async Task<CutFile> Fallback(
        StageContext context, RawFile file, CutInput input, IReadOnlyList<CutPiece> pieces) =>
        await CutStart.Of(
            context, file,
            input with { Format = input.Format with { Encoding = DetectedEncoding.Fallback } }) is { } start
            ? new CutFile(start.Encoding, start.Header, pieces)
            : CutFile.Whole;

    static bool AreWhole(IReadOnlyList<CutPiece> pieces, long lengthBytes)
    {
        var at = 0L;
        foreach (var piece in pieces)
        {
            if (piece.Offset != at || piece.LengthBytes <= 0)
                return false;
            at += piece.LengthBytes;
        }
        return at == lengthBytes;
    }
}
