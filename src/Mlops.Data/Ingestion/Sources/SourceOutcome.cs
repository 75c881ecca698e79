using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// What became of a raw file, all its pieces together as if they were one; lines count in the file.
/// </summary>
sealed record SourceOutcome : ParsedSource
{
    SourceOutcome(ParsedSource together, IReadOnlyList<TablePart> parts, string? encoding)
        : base(together) => (Part, Parts, Encoding) = (null, parts, encoding);

    /// <summary>Those of the pieces, in order.</summary>
    public IReadOnlyList<TablePart> Parts { get; }

    /// <param name="pieces">At least one, in order, each with the line where it begins.</param>
    /// <param name="encoding">What a file that was cut was found to be written in; null for all
    /// others.</param>
    public static async Task<SourceOutcome> Of(
        StageContext context, IReadOnlyList<ParsedPiece> pieces, string? encoding) => new(
            pieces is [{ FirstLine: 1, Parsed: var only }] ? only : await Together(context, pieces),
            pieces is [{ Parsed.Part: { } part }] ? [part]
                : [.. pieces.Select(piece => piece.Parsed.Part).OfType<TablePart>()],
            encoding ?? pieces[0].Parsed.Encoding);

    /// <summary>As people may be shown it.</summary>
    public SourceOutcome Shown(Redaction redaction) => !redaction.Hides ? this : this with
    {
        Samples = [.. Samples.Select(redaction.Of)],
        ByColumn = [.. ByColumn.Select(faults => faults with { First = redaction.Of(faults.First) })],
    };

    static async Task<ParsedSource> Together(StageContext context, IReadOnlyList<ParsedPiece> pieces)
    {
        var withRows = pieces.FirstOrDefault(piece => piece.Parsed.Part is not null) ?? pieces[0];
        return pieces[0].Parsed with
        {
            Schema = withRows.Parsed.Schema,
            KeptRows = pieces.Sum(piece => piece.Parsed.KeptRows),
            QuarantinedRows = pieces.Sum(piece => piece.Parsed.QuarantinedRows),
            Quarantine = await QuarantineOf(context, pieces),
            Samples =
            [
                .. pieces.SelectMany(piece => piece.Parsed.Samples.Select(row => Moved(row, piece.FirstLine)))
                    .Take(Ingestion.Quarantine.MaxSamples),
            ],
            ByColumn =
            [
                .. pieces.SelectMany(piece => piece.Parsed.ByColumn.Select(
                    faults => faults with { First = Moved(faults.First, piece.FirstLine) }))
                    .GroupBy(faults => faults.Column, StringComparer.Ordinal)
                    .Select(faults => faults.First() with { Rows = faults.Sum(each => each.Rows) }),
            ],
            Likely = pieces.Select(piece => piece.Parsed.Likely).OfType<string>().Distinct().ToList()
                is [var likely] ? likely : null,
            Utf8 = Utf8Signs.Together(pieces.Select(piece => (piece.FirstLine, piece.Parsed.Utf8))),
            Marked = MarkedRows.Together(pieces.Select(piece => (piece.FirstLine, piece.Parsed.Marked))),
        };
    }

    static QuarantinedRow Moved(QuarantinedRow row, long firstLine) =>
        row with { Line = row.Line + firstLine - 1 };

    static async Task<Artifact?> QuarantineOf(StageContext context, IReadOnlyList<ParsedPiece> pieces)
    {
        var some = pieces.Where(piece => piece.Parsed.Quarantine is not null).ToList();
        if (some is [] or [{ FirstLine: 1 }])
            return some.FirstOrDefault()?.Parsed.Quarantine;
        return await context.Write(MediaTypes.JsonLines, async stream =>
        {
            foreach (var (firstLine, parsed) in some)
                await CopyMoved(context.Locate(parsed.Quarantine!), firstLine, stream, context.Cancellation);
        });
    }

    /// <summary>
    /// Copies a quarantine; its lines begin with their number, which alone becomes another.
    /// </summary>
    static async Task CopyMoved(string path, long firstLine, Stream to, CancellationToken ct)
    {
        using var from = new StreamReader(path, System.Text.Encoding.UTF8);
        while (await from.ReadLineAsync(ct) is { } row)
        {
            var digits = row.AsSpan(Ingestion.Quarantine.LineStart.Length);
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            var line = long.Parse(digits[..length], CultureInfo.InvariantCulture) + firstLine - 1;
            var moved = string.Create(
                CultureInfo.InvariantCulture, $"{Ingestion.Quarantine.LineStart}{line}{digits[length..]}\n");
            await to.WriteAsync(System.Text.Encoding.UTF8.GetBytes(moved), ct);
        }
    }
}

/// <summary>What became of a piece of a file, or of a whole one.</summary>
/// <param name="FirstLine">1-based line of the file where it begins.</param>
sealed record ParsedPiece(long FirstLine, ParsedSource Parsed);
