using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What one call reads: a raw file, or a piece of a large one.</summary>
/// <param name="File">Which of the sources it belongs to.</param>
/// <param name="Cut">The file that it is a later piece of; null where a file begins.</param>
/// <param name="FirstLine">1-based line of the file where it begins.</param>
sealed record SourceUnit(int File, SourceBytes Bytes, TextFormat Format, CutFile? Cut, long FirstLine);

/// <summary>The raw files of a dataset, the large ones in pieces.</summary>
static class SourceUnits
{
    /// <summary>
    /// In the order of the files. A hook sees a file's rows as a whole, so with one nothing is cut.
    /// </summary>
    public static async Task<IReadOnlyList<SourceUnit>> Of(
        StageContext context, IngestInput input, long minBytes, long maxBytes)
    {
        var tabbed = input.Format with { Delimiter = "\t" };
        TextFormat FormatOf(SourceFile source) =>
            SourceKind.FormatOf(input.Format, source.Name) == input.Format ? input.Format : tabbed;
        var fromPaths = PathValues.Columns([.. input.Sources.Select(source => source.Name)], input.Partitions)
            .Where(column => input.Partitions is not null || input.Columns is null
                || input.Columns.Any(declared => declared.Name == column)).ToList();
        var bytes = input.Sources.Select(source => BytesOf(source, input.Format, fromPaths)).ToList();
        var large = input.Derive is not null ? [] : Enumerable.Range(0, input.Sources.Count)
            .Where(i => IsCut(input.Format, input.Sources[i].Name, bytes[i].LengthBytes, maxBytes)).ToList();
        var cuts = await context.CallAll(CutSource.Stage, large.Select(
            i => CutInput.Of(input.Format, input.Sources[i], minBytes, maxBytes)));
        var cutOf = new Dictionary<int, CutFile>();
        for (var i = 0; i < large.Count; i++)
            cutOf[large[i]] = cuts[i];
        return [.. input.Sources.SelectMany((source, i) =>
            cutOf.GetValueOrDefault(i) is { Pieces.Count: > 0 } cut
                ? Pieces(context, source, i, cut, FormatOf(source), bytes[i].Path)
                : [new SourceUnit(i, bytes[i], FormatOf(source), null, 1)])];
    }

    /// <summary>Which units each file has, in the order of the files.</summary>
    public static IEnumerable<(int Start, int End)> Files(IReadOnlyList<SourceUnit> units)
    {
        for (int start = 0, end; start < units.Count; start = end)
        {
            end = start + 1;
            while (end < units.Count && units[end].File == units[start].File)
                end++;
            yield return (start, end);
        }
    }

    /// <summary>Whether a file is text that is long enough to be cut.</summary>
    public static bool IsCut(TextFormat format, string name, long lengthBytes, long maxBytes) =>
        lengthBytes > maxBytes && SourceKind.Of(format, name) is null;

    /// <summary>
    /// What is called together: consecutive units that are read alike, many of them divided by <see
    /// cref="Grouping"/>.
    /// </summary>
    public static IEnumerable<IReadOnlyList<SourceUnit>> Groups(IReadOnlyList<SourceUnit> units)
    {
        for (var start = 0; start < units.Count;)
        {
            var end = start + 1;
            while (end < units.Count && ReferenceEquals(units[end].Cut, units[start].Cut)
                && ReferenceEquals(units[end].Format, units[start].Format))
                end++;
            foreach (var group in Grouping.Of([.. units.Take(start..end)], unit => unit.Bytes.Source))
                yield return group;
            start = end;
        }
    }

    static IEnumerable<SourceUnit> Pieces(
        StageContext context, SourceFile source, int file,
        CutFile cut, TextFormat format, IReadOnlyList<PathValue>? path)
    {
        var inside = format with { Encoding = cut.Encoding, SkipRows = 0, SkipLines = null };
        // A byte-order mark at the beginning wins over it there.
        var beginning = cut.Encoding == DetectedEncoding.Utf8
            ? format
            : format with { Encoding = cut.Encoding };
        foreach (var piece in cut.Pieces)
        {
            context.Piece(source.Digest, new RawPiece(piece.Offset, piece.LengthBytes, piece.Digest));
            var begins = piece.Offset == 0;
            yield return new SourceUnit(
                file, new SourceBytes(piece.Digest, piece.LengthBytes, Path: path),
                begins ? beginning : inside, begins ? null : cut, piece.FirstLine);
        }
    }

    static SourceBytes BytesOf(SourceFile source, TextFormat format, List<string> fromPaths) => new(
        source.Digest, source.LengthBytes,
        SourceKind.Of(format, source.Name),
        fromPaths.Count == 0 ? null
            : [.. PathValues.Of(source.Name).Where(value => fromPaths.Contains(value.Column))
                .DistinctBy(value => value.Column)]);
}
