using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Finds the columns of a dataset out of what each file's cells may be.</summary>
static class Inference
{
    /// <summary>
    /// The columns in the order of the first file. A column without any value is text. An integer column of
    /// one file and a real one of another are real together, a date and a timestamp column a timestamp.
    /// </summary>
    public static IReadOnlyList<ColumnDeclaration> Merge(IReadOnlyList<InferredSource> sources) =>
        [.. sources[0].Columns.Select(column => Merge(
            column.Name, [.. sources.Select(source => source.Columns.First(other => other.Name == column.Name))]))];

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
