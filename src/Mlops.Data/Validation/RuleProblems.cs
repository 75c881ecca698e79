using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>Rules that no data could be checked by.</summary>
static class RuleProblems
{
    /// <exception cref="ProblemException">All that is wrong with the rules, at once.</exception>
    public static void Refuse(ValidationRules rules, TableSchema schema)
    {
        var problems = rules.Key.Select(column => Unknown(column, "The key", schema))
            .Concat(rules.Columns.SelectMany(rule => OfRule(rule, schema)))
            .Append(Bounds("The row count", rules.MinRows, rules.MaxRows))
            .OfType<Problem>()
            .ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static IEnumerable<Problem?> OfRule(ColumnRule rule, TableSchema schema)
    {
        yield return Unknown(rule.Column, "A rule", schema);
        yield return Bounds($"The range of '{rule.Column}'", rule.Min, rule.Max);
        yield return Pattern(rule);
        yield return Share(rule.Column, "missing-max-share", rule.MissingMaxShare);
        yield return Share(rule.Column, "fail-above", rule.FailAbove);
    }

    static Problem? Unknown(string column, string who, TableSchema schema) => schema.Find(column) is not null
        ? null
        : new Problem(
            "VALIDATE-001", $"{who} names the column '{column}', which the dataset does not have.",
            Next: NearestNames.Suggest(column, schema.Columns.Select(known => known.Name)));

    static Problem? Bounds(string what, double? min, double? max) => !(min > max)
        ? null
        : new Problem(
            "VALIDATE-002", $"{what} can hold nothing.", Expected: "min at most max",
            Actual: string.Create(CultureInfo.InvariantCulture, $"min {min}, max {max}"));

    static Problem? Share(string column, string field, double? share) => share is null or (>= 0 and <= 1)
        ? null
        : new Problem(
            "VALIDATE-002", $"'{field}' of '{column}' is no share.", Expected: "a number from 0 to 1",
            Actual: share.Value.ToString(CultureInfo.InvariantCulture));

    static Problem? Pattern(ColumnRule rule)
    {
        if (rule.Pattern is null)
            return null;
        try
        {
            _ = RowChecking.Compile(rule.Pattern);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return new Problem(
                "VALIDATE-003", $"The pattern of '{rule.Column}' cannot be used.",
                Expected: "a .NET regular expression without look-around, back-references and very large repeats",
                Actual: e.Message);
        }
    }
}
