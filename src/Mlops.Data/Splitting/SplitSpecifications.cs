using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>What is wrong with a split before any row is read.</summary>
static class SplitSpecifications
{
    public static IReadOnlyList<Problem> Problems(SplitInput input) =>
        [.. OfColumns(input), .. OfTime(input), .. OfShare(input.Specification)];

    static IEnumerable<Problem> OfColumns(SplitInput input)
    {
        var (schema, specification) = (input.Table.Schema, input.Specification);
        if (schema.Find(input.Label) is null)
            yield return Absent("DATA-032", "label column", input.Label, schema);
        if (specification.Column is { } column && schema.Find(column) is null)
            yield return Absent("DATA-033", $"column to split by ({specification.Method})", column, schema);
        if (specification is { Column: null, Method: SplitMethod.Group or SplitMethod.Time })
            yield return new Problem(
                "DATA-034", $"A split by {Word(specification.Method)} needs a column.",
                Next: "Name it in split.column, or name the time column in data.time.");
    }

    static IEnumerable<Problem> OfTime(SplitInput input)
    {
        var specification = input.Specification;
        if (specification.Method == SplitMethod.Time
            && input.Table.Schema.Find(specification.Column ?? "") is
            { Type: ColumnType.Text or ColumnType.Category or ColumnType.Boolean } timeless)
            yield return new Problem(
                "DATA-034", $"The column '{timeless.Name}' does not say a time.",
                Expected: "a date, a timestamp or a number",
                Actual: $"{timeless.Type}",
                Next: "Declare the column's type in data.columns, "
                    + "with a pattern where its dates are not ISO 8601.");
        if (specification.At is not null && specification.Method != SplitMethod.Time)
            yield return new Problem(
                "DATA-034", "Only a split by time can be at a value.", Actual: $"{specification.Method}");
    }

    static IEnumerable<Problem> OfShare(SplitSpecification specification)
    {
        if (specification.At is null && specification.HoldoutShare is not (> 0 and < 1))
            yield return new Problem(
                "DATA-034", "The share of rows to hold out is not in (0, 1).",
                Expected: "for instance 0.2",
                Actual: FormattableString.Invariant($"{specification.HoldoutShare}"));
    }

    static string Word(SplitMethod method) => method == SplitMethod.Group ? "group" : "time";

    static Problem Absent(string id, string what, string name, TableSchema schema) => new(
        id, $"The table has no {what} '{name}'.",
        Next: NearestNames.Suggest(name, schema.Columns.Select(column => column.Name)));
}
