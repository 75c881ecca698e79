using Mlops.Engine;

namespace Mlops.Data.Validation.Expressions;

/// <summary>What is wrong with the text of a rule before any data is read.</summary>
public static class RuleText
{
    /// <summary>A number as it was written, where the double nearest to it does not say as much.</summary>
    /// <returns>Null where it does, and of what has more digits than anything it is compared with.</returns>
    public static string? Exact(string number, double nearest) =>
        ExactNumber.Parse(number) is { } exact && ExactNumber.Of(nearest)?.Order(exact) is not (null or 0)
            ? number : null;

    /// <param name="columns">The columns that there are; null where nobody knows yet.</param>
    /// <returns>Null where nothing is wrong.</returns>
    public static Problem? Fault(string text, IReadOnlyList<string>? columns)
    {
        try
        {
            var named = Expression.Parse(text).Columns;
            return columns is not null
                && named.FirstOrDefault(column =>
                    !columns.Contains(column.Name, StringComparer.Ordinal)) is { } unknown
                ? new Problem(
                    "VALIDATE-006", $"'{unknown.Name}' is not a column",
                    Actual: $"'{unknown.Name}' at character {unknown.Position + 1}",
                    Expected: "a column of the dataset", Next: NearestNames.Suggest(unknown.Name, columns))
                : null;
        }
        catch (ProblemException wrong)
        {
            var problem = wrong.Problems[0];
            return problem with { Actual = $"{problem.Actual} at character {problem.Where?.Column}" };
        }
    }
}
