using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>What is wrong with a split before any row is looked at; all of it at once.</summary>
static class SplitProblems
{
    public static void ThrowIfAny(SplitInput input)
    {
        var problems = Of(input).ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static IEnumerable<Problem> Of(SplitInput input)
    {
        var (schema, specification) = (input.Table.Schema, input.Specification);
        if (schema.Find(input.Label) is null)
            yield return Absent("label", input.Label, schema);
        if (specification.Column is { } column && schema.Find(column) is null)
            yield return Absent("split column", column, schema);
        if (specification.Column is null && specification.Method is SplitMethod.Group or SplitMethod.Time)
            yield return new Problem(
                "DATA-031", $"A split by {specification.Method.ToString().ToLowerInvariant()} needs a column.",
                Next: "Name it in split.column, or name the time column in data.time.");
        if (specification is { Method: SplitMethod.Time, Column: { } time } && schema.Find(time) is { } found)
            foreach (var problem in OfTime(found, specification.At))
                yield return problem;
    }

    static IEnumerable<Problem> OfTime(Column column, string? at)
    {
        if (column.Type is ColumnType.Text or ColumnType.Boolean)
            yield return new Problem(
                "DATA-032", $"Rows cannot be divided by time along '{column.Name}'.", Expected: "dates, timestamps or numbers",
                Actual: column.Type.ToString().ToLowerInvariant(), Next: "Declare the column's type in data.columns.");
        else if (at is not null && TimeBound.Parse(column.Type, at) is null)
            yield return new Problem(
                "DATA-033", $"'{at}' is no value of '{column.Name}'.", Expected: column.Type.ToString().ToLowerInvariant(),
                Actual: at, Next: "Correct split.at.");
    }

    static Problem Absent(string role, string name, TableSchema schema) => new(
        "DATA-030", $"The data has no column '{name}', which is to be the {role}.",
        Next: NearestNames.Suggest(name, schema.Columns.Select(column => column.Name)));
}
