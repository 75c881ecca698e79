using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Validation.Leakage;

/// <summary>
/// Whether one feature alone, or that it is missing, tells the label: then it mostly was made of the label.
/// </summary>
static class LabelLeakage
{
    const int FewestRows = 30;

    /// <summary>
    /// Rows of the rarer class, for an area under the curve: that two stand above all of thirty others
    /// happens once in 500 features by chance, that three do once in 5,000.
    /// </summary>
    const int FewestOfClass = 3;

    public static CheckOutcome Run(
        CheckScope scope, RowSample? sample, LeakageRule rule, Severity severity)
    {
        var terms = new CheckTerms(
            "label-leakage", "no feature alone tells the label", severity, Tolerance.None);
        if (scope.Input.Learning is not { } learning || scope.Schema.Find(learning.Label) is null)
            return Outcomes.NotRun(terms, "nobody said what is learnt");
        if (scope.Roles() is not { } roles || sample is null)
            return Outcomes.NotRun(terms, "the dataset is not split");
        var label = sample.Table[learning.Label];
        var training = Labelled(sample, label, roles, RowRole.Train);
        var holdout = Labelled(sample, label, roles, RowRole.Holdout);
        if (Math.Min(training.Count, holdout.Count) < FewestRows)
            return Outcomes.NotRun(
                terms, $"a side of the split has fewer than {FewestRows} labelled rows");
        if (scope.Features.Count == 0)
            return Outcomes.NotRun(terms, "there are no features");
        var target = Target.Of(label, learning.IsClass);
        List<string> telling = [.. scope.Features.SelectMany(feature =>
            Telling(sample.Table[feature], feature, target, training, holdout, rule))];
        if (telling.Count == 0 && holdout.TrueForAll(row => label.Text(row) == label.Text(holdout[0])))
            return Outcomes.NotRun(terms, "all labels of the holdout are equal");
        var rows = training.Count + holdout.Count;
        return Outcomes.OfSet(
            terms, telling.Count == 0,
            telling.Count == 0
                ? $"none of {Counted.Of(scope.Features.Count, "feature", "features")} does, "
                    + $"over {Counted.Of(rows)} rows"
                : string.Join("; ", telling),
            rows, 0,
            $"area under the curve below {CheckWords.Number(rule.Auc)} and predictive power below "
            + $"{CheckWords.Number(rule.Power)}");
    }

    static List<int> Labelled(RowSample sample, ColumnValues label, byte[] roles, RowRole role) =>
        [.. Enumerable.Range(0, sample.Table.RowCount).Where(row =>
            !label.IsMissing(row) && roles[sample.Rows[row]] == (byte)role)];

    static IEnumerable<string> Telling(
        ColumnValues values, string feature, Target target,
        List<int> training, List<int> holdout, LeakageRule rule)
    {
        var bins = FeatureBins.Of(values, training);
        if (Said(target.Power(bins, training, holdout),
            values is TextValues ? null : target.Auc(values, holdout), rule) is { } said)
            yield return $"{feature} {said}";
        var missing = training.Count(values.IsMissing);
        if (missing > 0 && missing < training.Count
            && Said(target.Power(FeatureBins.OfMissing(values), training, holdout), null, rule)
                is { } telling)
            yield return $"whether {feature} is missing {telling}";
    }

    static string? Said(double power, double? auc, LeakageRule rule) =>
        auc >= rule.Auc ? $"has an area under the curve of {CheckWords.Number(Math.Round(auc.Value, 4))}"
        : power >= rule.Power ? $"has a predictive power of {CheckWords.Number(Math.Round(power, 4))}"
        : null;

    /// <param name="Classes">Null for a label that is a number.</param>
    sealed record Target(int[]? Classes, int ClassCount, double[]? Numbers)
    {
        public static Target Of(ColumnValues label, bool isClass)
        {
            if (!isClass && label is not TextValues)
                return new Target(null, 0, [.. Enumerable.Range(0, label.Count).Select(label.Number)]);
            var codes = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] classes = [.. Enumerable.Range(0, label.Count).Select(row =>
                label.Text(row) is not { } text ? -1
                : codes.TryGetValue(text, out var code) ? code
                : codes[text] = codes.Count)];
            return new Target(classes, codes.Count, null);
        }

        public double Power(int[] bins, IReadOnlyList<int> training, IReadOnlyList<int> holdout) =>
            Classes is null
                ? PredictivePower.OfNumbers(bins, Numbers!, training, holdout)
                : PredictivePower.OfClasses(bins, Classes, training, holdout);

        /// <summary>
        /// Null for another label than two classes, and where so few rows have a value that chance may
        /// order them all.
        /// </summary>
        public double? Auc(ColumnValues feature, IReadOnlyList<int> holdout)
        {
            if (Classes is null || ClassCount != 2)
                return null;
            int[] rows = [.. holdout.Where(row => !feature.IsMissing(row))];
            var first = rows.Count(row => Classes[row] == 0);
            return rows.Length < FewestRows || Math.Min(first, rows.Length - first) < FewestOfClass
                ? null
                : PredictivePower.Auc(feature.Number, row => Classes[row] == 0, rows);
        }
    }
}
