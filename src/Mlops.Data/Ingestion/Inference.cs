using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Finds the columns of a dataset out of what each file's cells may be.</summary>
static class Inference
{
    /// <summary>
    /// The columns in order of first appearance. A column without any value is text. An integer column of
    /// one file and a real one of another are real together, a date and a timestamp column a timestamp.
    /// </summary>
    public static IReadOnlyList<ColumnDeclaration> Merge(IReadOnlyList<InferredSource> sources) =>
        [.. sources.SelectMany(source => source.Columns)
            .Select(column => column.Name).Distinct(StringComparer.Ordinal)
            .Select(name => Merge(
                name, [.. sources.Select(source => source.Columns.FirstOrDefault(other => other.Name == name))
                    .OfType<InferredColumn>()]))];

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
                .. wins.Select(Inferred),
            ],
        };
    }

    static InferredColumn Inferred(PathValue value)
    {
        var types = new CandidateTypes('.');
        if (value.Value.Length > 0)
            types.See(value.Value);
        return new InferredColumn(value.Column, types.HasValues, types.Left);
    }

    /// <summary>What all the sources say themselves holds; otherwise what their values read as.</summary>
    static ColumnDeclaration Merge(string name, IReadOnlyList<InferredColumn> columns) =>
        columns[0].Typed is { } typed && columns.All(column => column.Typed == typed)
            ? ColumnDeclaration.Of(typed)
            : new ColumnDeclaration(name, TypeOf(columns));

    static ColumnType TypeOf(IReadOnlyList<InferredColumn> columns)
    {
        var withValues = columns.Where(column => column.HasValues).ToList();
        if (withValues.Count == 0)
            return ColumnType.Text;
        var all = withValues.Select(column => column.Candidates)
            .Aggregate((left, right) => [.. left.Intersect(right)]);
        // In the order of the enumeration the narrower type comes first, but for text.
        return all.Count == 0 ? ColumnType.Text : all.Min();
    }

    /// <summary>Which files have other columns than the first.</summary>
    public static IReadOnlyList<Problem> Differences(
        IReadOnlyList<SourceFile> files, IReadOnlyList<InferredSource> sources)
    {
        var first = sources[0].Columns.Select(column => column.Name).ToList();
        var problems = new List<Problem>();
        for (var i = 1; i < sources.Count; i++)
        {
            var names = sources[i].Columns.Select(column => column.Name).ToList();
            var lacking = first.Except(names, StringComparer.Ordinal).ToList();
            var extra = names.Except(first, StringComparer.Ordinal).ToList();
            if (lacking.Count + extra.Count > 0)
                problems.Add(new Problem(
                    "DATA-022", $"The file has other columns than '{files[0].Name}'.",
                    new Place(files[i].Name, 1),
                    Expected: lacking.Count == 0 ? null : $"also {NearestNames.Listed(lacking)}",
                    Actual: extra.Count == 0 ? null : $"also {NearestNames.Listed(extra)}",
                    Next: "Declare the columns to choose among them, or bring files of one kind."));
        }
        return problems;
    }
}
