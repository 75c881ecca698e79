using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Data.Validation.Expressions;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>Rules that no data could be checked by.</summary>
static class RuleProblems
{
    /// <exception cref="ProblemException">All that is wrong with the rules, at once.</exception>
    public static void Refuse(ValidationRules rules, TableSchema schema, CustomChecks custom)
    {
        var problems = rules.Key.Select(column => Unknown(column, "The key", schema))
            .Concat((rules.Leakage?.Entity ?? []).Select(column => Unknown(column, "The entity", schema)))
            .Concat(rules.Columns.SelectMany(rule => OfRule(rule, schema)))
            .Concat((rules.Checks ?? []).SelectMany(rule => OfTableRule(rule, schema, custom)))
            .Append(Bounds("The row count", rules.MinRows, rules.MaxRows))
            .OfType<Problem>()
            .ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static IEnumerable<Problem?> OfRule(ColumnRule rule, TableSchema schema)
    {
        yield return Unknown(rule.Column, "A rule", schema);
        yield return Bounds($"The range of '{rule.Column}'", rule.Min ?? rule.Above, rule.Max ?? rule.Below);
        yield return Bounds($"The length of '{rule.Column}'", rule.MinLength, rule.MaxLength);
        yield return Pattern(rule.Column, rule.Pattern);
        foreach (var kind in (rule.Pii ?? []).Except(PersonalData.Kinds))
            yield return Pattern(rule.Column, kind);
        yield return Share(rule.Column, "missing-max-share", rule.MissingMaxShare);
        yield return Share(rule.Column, "fail-above", rule.FailAbove);
        foreach (var column in rule.Per ?? [])
            yield return Unknown(column, $"The order of '{rule.Column}'", schema);
        if (rule.CompleteIf is { } condition)
            foreach (var problem in Condition(condition, schema))
                yield return problem;
    }

    static IEnumerable<Problem?> OfTableRule(TableRule rule, TableSchema schema, CustomChecks custom)
    {
        foreach (var column in (rule.Unique ?? []).Concat(rule.Duplicates ?? []).Concat(rule.Drift ?? []))
            if (column != TableRule.All)
                yield return Unknown(column, "A check", schema);
        if (rule.Rule is { } condition)
            foreach (var problem in Condition(condition, schema))
                yield return problem;
        if (rule.Custom is { } name)
            yield return custom.FindProblem(name);
    }

    /// <summary>Bound to no rows: what does not fit shows all the same.</summary>
    static IReadOnlyList<Problem> Condition(string text, TableSchema schema)
    {
        try
        {
            _ = ExpressionBinding.Condition(Expression.Parse(text), Concatenation.Empty(schema));
            return [];
        }
        catch (ProblemException wrong)
        {
            return [.. wrong.Problems.Select(problem =>
                problem with { Where = new Place(text, Column: problem.Where?.Column) })];
        }
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

    static Problem? Pattern(string column, string? pattern)
    {
        if (pattern is null)
            return null;
        try
        {
            _ = TextPattern.Whole(pattern);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return new Problem(
                "VALIDATE-003", $"The pattern of '{column}' cannot be used.",
                Expected: "a .NET regular expression without look-around, "
                    + "back-references and very large repeats",
                Actual: e.Message);
        }
    }
}
