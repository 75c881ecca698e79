using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Validation.Leakage;

/// <summary>
/// Whether one feature alone, or that it is missing, tells the label: then it mostly was made of the label.
/// </summary>
static class LabelLeakage
{
    const int FewestRows = 30;
    const string Id = "label-leakage";

    /// <param name="sample">Some rows with all columns, and their numbers in the dataset.</param>
    public static async Task<CheckOutcome> Run(
        CheckScope scope, (Table Table, IReadOnlyList<long> Rows)? sample,
        LeakageRule rule, Severity severity)
    {
        const string sentence = "no feature alone tells the label";
        if (scope.Input.Learning is not { } learning || scope.Schema.Find(learning.Label) is null)
            return Outcomes.NotRun(Id, sentence, severity, "nobody said what is learnt");
        if (await scope.Roles() is not { } roles || sample is not var (table, rows))
            return Outcomes.NotRun(Id, sentence, severity, "the dataset is not split");
        var label = table[learning.Label];
        List<int> labelled = [.. Enumerable.Range(0, table.RowCount).Where(row => !label.IsMissing(row))];
        List<int> training = [.. labelled.Where(row => roles[rows[row]] == (byte)RowRole.Train)];
        List<int> holdout = [.. labelled.Where(row => roles[rows[row]] == (byte)RowRole.Holdout)];
        if (Math.Min(training.Count, holdout.Count) < FewestRows)
            return Outcomes.NotRun(
                Id, sentence, severity, $"a side of the split has fewer than {FewestRows} labelled rows");
        var target = Target.Of(label, learning.IsClass);
        List<string> telling = [.. scope.Features.SelectMany(feature =>
            Telling(table[feature], feature, target, training, holdout, rule))];
        return Outcomes.OfSet(
            Id, sentence, severity, telling.Count == 0,
            telling.Count == 0
                ? $"none of {CheckWords.Count(scope.Features.Count)} features does, "
                    + $"over {CheckWords.Count(training.Count + holdout.Count)} rows"
                : string.Join("; ", telling),
            training.Count + holdout.Count, 0,
            $"area under the curve below {CheckWords.Number(rule.Auc)} and predictive power below "
            + $"{CheckWords.Number(rule.Power)}");
    }

    static IEnumerable<string> Telling(
        ColumnValues values, string feature, Target target,
        List<int> training, List<int> holdout, LeakageRule rule)
    {
        var bins = FeatureBins.Of(values, training);
        if (Said(target.Power(bins, training, holdout),
            values is TextValues ? null : target.Auc(values.Number, holdout), rule) is { } said)
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

        public double? Auc(Func<int, double> score, IReadOnlyList<int> holdout) =>
            Classes is null || ClassCount != 2
                ? null
                : PredictivePower.Auc(score, row => Classes[row] == 0, holdout);
    }
}
