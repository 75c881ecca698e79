using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;

namespace Mlops.Data.Validation.Checks;

/// <summary>Checks of several columns, or of the whole, that are declared one by one.</summary>
sealed class TableChecks(
    CheckScope scope, (Table Table, IReadOnlyList<long> Rows)? sample,
    Table? baselineSample, CustomChecks custom)
{
    public async Task<Asked> Of(TableRule rule) => rule switch
    {
        { Rule: { } condition } => Relation(rule, condition),
        { Unique: { } columns } => Asked.Known(await new IdentityChecks(scope).Unique(rule, columns)),
        { Duplicates: { } columns } => Asked.Known(await new IdentityChecks(scope).Duplicates(rule, columns)),
        { ConflictingLabels: true } => Asked.Known(await new IdentityChecks(scope).Conflicts(rule)),
        { ClassBalance: { } least } => Asked.Known(ClassBalance(rule, least)),
        { Correlation: { } most } => Asked.Known(Correlation(rule, most)),
        { Drift: { } columns } => Asked.Known(Drift(rule, columns)),
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
            return NotRun(terms, "the label is not a class");
        var sketch = scope.Sketch(label);
        var counts = sketch.Levels?.Counts ?? sketch.Numbers!.Counts;
        if (counts.Count == 0 || sketch.Overflow is not null)
            return NotRun(terms, counts.Count == 0 ? "there are no labels" : "there are too many labels");
        var ratio = (double)counts.Min() / counts.Max();
        return Outcomes.OfSet(
            terms.Id, terms.Sentence, terms.Severity, ratio >= least,
            $"{CheckWords.Count(counts.Min())} against {CheckWords.Count(counts.Max())} rows, "
            + $"{CheckWords.Percent(ratio)}",
            sketch.Count, 0, $"at least {CheckWords.Percent(least)}");
    }

    CheckOutcome Correlation(TableRule rule, double most)
    {
        var terms = TableTerms.Of(
            rule, "correlation",
            $"no two numeric features have |r| of {CheckWords.Number(most)} or more", Severity.Info);
        if (sample is not var (table, _))
            return NotRun(terms, "there are no rows");
        var pairs = FeatureCorrelation.Strong(table, scope.Features, most);
        return Outcomes.OfSet(
            terms.Id, terms.Sentence, terms.Severity, pairs.Count == 0,
            pairs.Count == 0 ? "none have" : string.Join("; ", pairs.Take(RowCheckResult.MaxSamples)),
            table.RowCount, 0, $"|r| below {CheckWords.Number(most)}");
    }

    CheckOutcome Drift(TableRule rule, IReadOnlyList<string> columns)
    {
        var terms = TableTerms.Of(
            rule, $"drift:{string.Join('+', columns)}",
            "the columns are distributed as in the dataset accepted last", Severity.Warn);
        if (baselineSample is null || sample is not var (table, _))
            return NotRun(terms, CheckScope.NoBaseline);
        IReadOnlyList<string> compared = columns is ["all"]
            ? [.. scope.Columns.Except(scope.Input.Rules.Key)]
            : columns;
        compared = [.. compared.Where(column => baselineSample.Schema.Find(column) is { } before
            && before.Type.IsText() == table.Schema.Find(column)!.Type.IsText())];
        if (compared.Count == 0)
            return NotRun(terms, "the dataset accepted last has none of the columns");
        var result = DriftComparison.Compare(baselineSample, table, new DriftThresholds(), compared);
        List<ColumnDrift> moved = [.. result.Columns.Where(column => column.Verdict >= DriftVerdict.Warning)];
        return Outcomes.OfSet(
            terms.Id, terms.Sentence, terms.Severity,
            moved.All(column => column.Verdict != DriftVerdict.Drift),
            moved.Count == 0 ? result.DecidedBy : string.Join("; ", moved.Select(column =>
                $"{column.Largest} (distance {CheckWords.Number(Math.Round(column.Distance ?? 0, 3))})")),
            table.RowCount, 0,
            $"Jensen–Shannon distances below {CheckWords.Number(result.Thresholds.DriftAt)}");
    }

    static CheckOutcome NotRun(CheckTerms terms, string why) =>
        Outcomes.NotRun(terms.Id, terms.Sentence, terms.Severity, why);
}

/// <summary>Features that say the same.</summary>
static class FeatureCorrelation
{
    /// <returns>Pairs with a strong Pearson correlation over the rows that have both, and exact copies,
    /// in words; strongest first.</returns>
    public static IReadOnlyList<string> Strong(Table table, IReadOnlyList<string> features, double from)
    {
        var found = new List<(double Strength, string Words)>();
        for (var i = 0; i < features.Count; i++)
            for (var j = i + 1; j < features.Count; j++)
            {
                var (left, right) = (table[features[i]], table[features[j]]);
                if (AreCopies(left, right))
                    found.Add((2, $"{features[i]} and {features[j]} are copies"));
                else if (left is not TextValues && right is not TextValues
                    && Pearson(left, right) is { } r && Math.Abs(r) >= from)
                    found.Add((Math.Abs(r),
                        $"{features[i]} and {features[j]} {CheckWords.Number(Math.Round(r, 4))}"));
            }
        return [.. found.OrderByDescending(pair => pair.Strength).Select(pair => pair.Words)];
    }

    static bool AreCopies(ColumnValues left, ColumnValues right)
    {
        if (left is TextValues != right is TextValues || left.Count == 0)
            return false;
        for (var row = 0; row < left.Count; row++)
            if (left is TextValues
                ? left.Text(row) != right.Text(row)
                : !left.Number(row).Equals(right.Number(row)))
                return false;
        return true;
    }

    /// <summary>
    /// In two passes over the rows with both finite; null below three of them or without spread.
    /// </summary>
    static double? Pearson(ColumnValues left, ColumnValues right)
    {
        int[] rows = [.. Enumerable.Range(0, left.Count)
            .Where(row => double.IsFinite(left.Number(row)) && double.IsFinite(right.Number(row)))];
        if (rows.Length < 3)
            return null;
        var (a, b) = (rows.Average(left.Number), rows.Average(right.Number));
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        foreach (var row in rows)
        {
            var (x, y) = (left.Number(row) - a, right.Number(row) - b);
            (aa, bb, ab) = (aa + x * x, bb + y * y, ab + x * y);
        }
        return aa == 0 || bb == 0 ? null : ab / Math.Sqrt(aa) / Math.Sqrt(bb);
    }
}
