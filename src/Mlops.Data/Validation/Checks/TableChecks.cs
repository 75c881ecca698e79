using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Checks of several columns, or of the whole, that are declared one by one.</summary>
sealed class TableChecks(
    CheckScope scope, RowSample? sample, Table? baselineSample, CustomChecks custom)
{
    public async Task<Asked> Of(TableRule rule) => rule switch
    {
        { Rule: { } condition } => Relation(rule, condition),
        { Unique: { } columns } => Asked.Known(await new IdentityChecks(scope).Unique(rule, columns)),
        { Duplicates: { } columns } => Asked.Known(await new IdentityChecks(scope).Duplicates(rule, columns)),
        { ConflictingLabels: true } => Asked.Known(await new IdentityChecks(scope).Conflicts(rule)),
        { ClassBalance: { } least } => Asked.Known(ClassBalance(rule, least)),
        { Correlation: { } most } => Asked.Known(Correlation(rule, most)),
        { Drift: { } columns } => new BaselineDrift(scope, sample, baselineSample).Of(rule, columns),
        { Custom: { } name } => Asked.Known(await custom.Run(scope, rule, name)),
        _ => throw new ArgumentException("A rule asks for nothing.", nameof(rule)),
    };

    static Asked Relation(TableRule rule, string condition)
    {
        var terms = TableTerms.Of(rule, $"rule:{condition}", condition, Severity.Error);
        return Asked.OfRows(new RowQuestion(
            [.. Expression.Parse(condition).Columns.Select(column => column.Name)],
            new RowCheck(RowCheckKind.Rule, Pattern: condition), found => Outcomes.OfRows(terms, found)));
    }

    CheckOutcome ClassBalance(TableRule rule, double least)
    {
        var terms = TableTerms.Of(
            rule, "class-balance",
            $"the rarest label has at least {CheckWords.Percent(least)} of the rows of the most frequent",
            Severity.Warn);
        if (scope.Input.Learning is not { IsClass: true, Label: var label })
            return Outcomes.NotRun(terms, "the label is not a class");
        var sketch = scope.Sketch(label);
        var counts = sketch.Levels?.Counts ?? sketch.Numbers!.Counts;
        if (counts.Count == 0 || sketch.Overflow is not null)
            return Outcomes.NotRun(
                terms, counts.Count == 0 ? "there are no labels" : "there are too many labels");
        if (counts.Count == 1)
            return Outcomes.OfSet(
                terms, holds: false, "there is one label alone",
                sketch.Count, 0, $"at least {CheckWords.Percent(least)}");
        var ratio = (double)counts.Min() / counts.Max();
        return Outcomes.OfSet(
            terms, ratio >= least,
            $"{Counted.Of(counts.Min())} against {Counted.Of(counts.Max())} rows, "
            + $"{CheckWords.Percent(ratio)}",
            sketch.Count, 0, $"at least {CheckWords.Percent(least)}");
    }

    CheckOutcome Correlation(TableRule rule, double most)
    {
        var terms = TableTerms.Of(
            rule, "correlation",
            $"no two numeric features have |r| of {CheckWords.Number(most)} or more", Severity.Info);
        if (sample is null)
            return Outcomes.NotRun(terms, "there are no rows");
        if (FeatureCorrelation.Strong(sample.Table, scope.Features, most) is not { } pairs)
            return Outcomes.NotRun(terms, "there are no two features that can be compared");
        return Outcomes.OfSet(
            terms, pairs.Count == 0,
            pairs.Count == 0 ? "none have" : string.Join("; ", pairs.Take(RowCheckResult.MaxSamples)),
            sample.Table.RowCount, 0, $"|r| below {CheckWords.Number(most)}");
    }
}
