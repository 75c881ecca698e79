using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Whether one file alone makes a column of a wider type than all others do.</summary>
static class TypeWidening
{
    /// <returns>Null where no file or more than one does. A wider number or time is worth words only
    /// against several other files; text is against one.</returns>
    public static string? Of(ColumnDeclaration column, IReadOnlyList<SeenColumn> seen)
    {
        // Most often all files say the same.
        if (AreAlike(seen))
            return null;
        var withValues = seen.Where(each => each.Column.HasValues).ToList();
        var files = withValues.GroupBy(each => each.File, StringComparer.Ordinal).ToList();
        if (files.Count < (column.Type == ColumnType.Text ? 2 : 3))
            return null;
        var candidates = files.Select(Candidates).ToList();
        var lacking = CandidateTypes.All
            .ToDictionary(type => type, type => candidates.Count(file => !file.Contains(type)));
        var others = candidates.Select(file => TypeSet.Of(
            [.. lacking.Where(pair => pair.Value == (file.Contains(pair.Key) ? 0 : 1))
                .Select(pair => pair.Key)]).Narrowest).ToList();
        var alone = Enumerable.Range(0, files.Count).Where(i => others[i] != column.Type).Take(2).ToList();
        return alone is [var only] ? Said(column, files[only], others[only], files.Count - 1) : null;
    }

    static bool AreAlike(IReadOnlyList<SeenColumn> seen)
    {
        TypeSet? first = null;
        foreach (var each in seen)
            if (each.Column.HasValues && TypeSet.Of(each.Column.Candidates) is var types
                && types != (first ??= types))
                return false;
        return true;
    }

    static string Said(
        ColumnDeclaration column, IGrouping<string, SeenColumn> file, ColumnType otherwise, int others) =>
        $"'{column.Name}' is {Word(column.Type)} because of {file.Key}"
        + (Refusal(file, otherwise) is { } cell ? $" ({cell})" : "")
        + $"; in the {Counted.Word(others, "other file", $"other {others} files")} "
        + $"it reads as {Word(otherwise)}.";

    static IReadOnlyList<ColumnType> Candidates(IEnumerable<SeenColumn> pieces) => pieces
        .Select(piece => piece.Column.Candidates)
        .Aggregate((left, right) => [.. left.Intersect(right)]);

    static string? Refusal(IEnumerable<SeenColumn> pieces, ColumnType refusing) => pieces
        .SelectMany(piece => (piece.Column.Refusals ?? [])
            .Where(refusal => refusal.Types.Contains(refusing))
            .Select(refusal => TypeEvidence.CellIn(piece, refusal))).FirstOrDefault();

    static string Word(ColumnType type) => new Column("", type).TypeWord;
}
