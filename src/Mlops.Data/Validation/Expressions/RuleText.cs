using Mlops.Engine;

namespace Mlops.Data.Validation.Expressions;

/// <summary>What is wrong with the text of a rule before any data is read.</summary>
public static class RuleText
{
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
