using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Finds the columns of a dataset out of what each file's cells may be.</summary>
static class Inference
{
    /// <summary>
    /// The columns in order of first appearance. A column without any value is text. An integer column of
    /// one file and a real one of another are real together, a date and a timestamp column a timestamp.
    /// </summary>
    public static IReadOnlyList<ColumnDeclaration> Merge(IReadOnlyList<InferredSource> sources)
    {
        var merged = new List<MergedColumn>();
        var byName = new Dictionary<string, MergedColumn>(StringComparer.Ordinal);
        foreach (var source in sources)
            foreach (var column in source.Columns)
                if (byName.TryGetValue(column.Name, out var known))
                    known.Add(column);
                else
                    merged.Add(byName[column.Name] = new MergedColumn(column));
        return [.. merged.Select(column => column.Declaration)];
    }

    /// <summary>The same with the reasons.</summary>
    /// <param name="units">What each of the sources is, as many.</param>
    public static InferredSchema Schema(
        IReadOnlyList<SourceFile> files, IReadOnlyList<SourceUnit> units,
        IReadOnlyList<InferredSource> sources)
    {
        var columns = Merge(sources);
        var seen = columns.ToDictionary(
            column => column.Name, _ => new List<SeenColumn>(sources.Count), StringComparer.Ordinal);
        for (var i = 0; i < sources.Count; i++)
            foreach (var column in sources[i].Columns)
                seen[column.Name].Add(new SeenColumn(
                    files[units[i].File].Name, units[i].FirstLine, column,
                    SourceKind.HasLines(units[i].Bytes.Kind)));
        return new InferredSchema(
            columns,
            [.. columns.Select(column => TypeEvidence.Of(column, seen[column.Name]))],
            [.. columns.Select(column => TypeWidening.Of(column, seen[column.Name])).OfType<string>()]);
    }

    /// <summary>With the columns that the source's path gives.</summary>
    public static InferredSource WithPath(
        InferredSource source, IReadOnlyList<PathValue>? path, IngestInput input)
    {
        if (path is not { Count: > 0 })
            return source;
        var wins = path.Where(value => input.Partitions?.Contains(value.Column) == true
            || source.Columns.All(column => column.Name != value.Column)).ToList();
        return source with
        {
            Columns =
            [
                .. source.Columns.Where(column => wins.All(value => value.Column != column.Name)),
                .. wins.Select(value => PathValues.Infer(value, input.Format)),
            ],
        };
    }

    /// <summary>
    /// Which files have other columns than the first. One without any, as JSON lines without a line are,
    /// says nothing of columns.
    /// </summary>
    public static IReadOnlyList<Problem> Differences(
        IReadOnlyList<SourceFile> files, IReadOnlyList<InferredSource> sources)
    {
        var begin = 0;
        while (begin < sources.Count - 1 && HasNone(sources[begin]))
            begin++;
        var first = sources[begin].Columns.Select(column => column.Name).ToList();
        var problems = new List<Problem>();
        for (var i = begin + 1; i < sources.Count; i++)
        {
            if (HasNone(sources[i]) || AreNamed(sources[i].Columns, first))
                continue;
            var names = sources[i].Columns.Select(column => column.Name).ToList();
            var lacking = first.Except(names, StringComparer.Ordinal).ToList();
            var extra = names.Except(first, StringComparer.Ordinal).ToList();
            if (lacking.Count + extra.Count > 0)
                problems.Add(new Problem(
                    "DATA-022", $"The file has other columns than '{files[begin].Name}'.",
                    new Place(files[i].Name, sources[i].HeaderLine),
                    Expected: lacking.Count == 0 ? null : $"also {NearestNames.Listed(lacking)}",
                    Actual: extra.Count == 0 ? null : $"also {NearestNames.Listed(extra)}",
                    Next: (TitlesOf(files[begin].Name, sources[begin]) + TitlesOf(files[i].Name, sources[i])
                            is { Length: > 0 } titles ? titles : SchemaDifference.Renamed(lacking, extra))
                        + "Declare the columns to choose among them, or bring files of one kind."));
        }
        return problems;
    }

    static string TitlesOf(string file, InferredSource source) =>
        SchemaDifference.Titles($"'{file}': its", source.Titles ?? 0);

    static bool HasNone(InferredSource source) => source.Columns.All(column => column.IsFromPath);

    /// <summary>In this order, as most often they are.</summary>
    static bool AreNamed(IReadOnlyList<InferredColumn> columns, List<string> names)
    {
        if (columns.Count != names.Count)
            return false;
        for (var i = 0; i < names.Count; i++)
            if (columns[i].Name != names[i])
                return false;
        return true;
    }
}

/// <summary>What a dataset's columns were found to be.</summary>
/// <param name="Origins">Of each column, why.</param>
/// <param name="Findings">Files that alone made a type another one.</param>
sealed record InferredSchema(
    IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<ColumnOrigin> Origins,
    IReadOnlyList<string> Findings);

/// <summary>A column as it is in a source, or in a piece of one that begins at a line of it.</summary>
/// <param name="HasLines">Whether what is numbered are lines, or else rows.</param>
sealed record SeenColumn(string File, long FirstLine, InferredColumn Column, bool HasLines);
