using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;

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
        { Drift: { } columns } => Drift(rule, columns),
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
        var ratio = (double)counts.Min() / counts.Max();
        return Outcomes.OfSet(
            terms, ratio >= least,
            $"{CheckWords.Count(counts.Min())} against {CheckWords.Count(counts.Max())} rows, "
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
        var pairs = FeatureCorrelation.Strong(sample.Table, scope.Features, most);
        return Outcomes.OfSet(
            terms, pairs.Count == 0,
            pairs.Count == 0 ? "none have" : string.Join("; ", pairs.Take(RowCheckResult.MaxSamples)),
            sample.Table.RowCount, 0, $"|r| below {CheckWords.Number(most)}");
    }

    /// <summary>Only columns that both datasets have, of one kind, can be compared.</summary>
    Asked Drift(TableRule rule, IReadOnlyList<string> columns)
    {
        var terms = TableTerms.Of(
            rule, $"drift:{string.Join('+', columns)}",
            "the columns are distributed as in the dataset accepted last", Severity.Warn);
        if (baselineSample is null || sample is null)
            return Asked.NotRun(terms, CheckScope.NoBaseline);
        var asked = TableRule.AreAll(columns) ? scope.Columns.Except(scope.Input.Rules.Key) : columns;
        List<string> compared = [.. asked.Where(column => baselineSample.Schema.Find(column) is { } before
            && before.Type.IsText() == sample.Table.Schema.Find(column)!.Type.IsText())];
        if (compared.Count == 0)
            return Asked.NotRun(terms, "the dataset accepted last has none of the columns");
        var drift = DriftComparison.Compare(baselineSample, sample.Table, new DriftThresholds(), compared);
        List<ColumnDrift> moved = [.. drift.Columns.Where(column => column.Verdict >= DriftVerdict.Warning)];
        return Asked.Known(new Finding(
            Outcomes.OfSet(
                terms, moved.All(column => column.Verdict != DriftVerdict.Drift),
                moved.Count == 0 ? drift.DecidedBy : string.Join("; ", moved.Select(Moved)),
                sample.Table.RowCount, 0,
                $"Jensen–Shannon distances below {CheckWords.Number(drift.Thresholds.DriftAt)}"),
            Quoted: [.. moved.Select(column => column.Column)]));
    }

    static string Moved(ColumnDrift column) =>
        $"{column.Largest} (distance {CheckWords.Number(Math.Round(column.Distance ?? 0, 3))})";
}
