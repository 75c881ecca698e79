namespace Mlops.Learning.Evaluation;

/// <param name="Support">Rows of the class.</param>
/// <param name="Precision">Null where the class was never predicted.</param>
/// <param name="Recall">Null where the class never occurred.</param>
public sealed record ClassMeasures(long Support, double? Precision, double? Recall, double? F1);

/// <summary>
/// What auditors ask of a classifier of several classes beyond the metrics that a pipeline may name.
/// </summary>
public static class MulticlassMeasures
{
    /// <param name="confusion">Rows are actual classes, columns predicted ones.</param>
    public static IReadOnlyList<ClassMeasures> PerClass(IReadOnlyList<IReadOnlyList<long>> confusion) =>
    [
        .. Enumerable.Range(0, confusion.Count).Select(c =>
        {
            long right = confusion[c][c], actual = confusion[c].Sum(),
                predicted = confusion.Sum(row => row[c]);
            return new ClassMeasures(
                actual, Ratio(right, predicted), Ratio(right, actual),
                Ratio(2.0 * right, actual + predicted));
        }),
    ];

    /// <summary>Mean F1 over the classes that occur or are predicted.</summary>
    public static double? MacroF1(IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        var defined = PerClass(confusion).Where(c => c.F1 is not null).ToList();
        return defined.Count == 0 ? null : defined.Sum(c => c.F1!.Value) / defined.Count;
    }

    /// <summary>Mean F1, each class weighing as many rows as it has.</summary>
    public static double? WeightedF1(IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        var classes = PerClass(confusion);
        return Ratio(classes.Sum(c => (c.F1 ?? 0) * c.Support), classes.Sum(c => c.Support));
    }

    /// <summary>
    /// Matthews' correlation for several classes (Gorodkin 2004), in [-1, 1]; 0 where a side is constant.
    /// </summary>
    public static double Matthews(IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        var (rows, right, chance, actual, predicted) = Margins(confusion);
        var spread = Math.Sqrt((rows * rows - actual) * (rows * rows - predicted));
        return spread == 0 ? 0 : (right * rows - chance) / spread;
    }

    /// <summary>
    /// Cohen's kappa (1960), at most 1: agreement beyond chance; null where chance alone explains all.
    /// </summary>
    public static double? Kappa(IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        var (rows, right, chance, _, _) = Margins(confusion);
        var expected = chance / (rows * rows);
        return Ratio(right / rows - expected, 1 - expected);
    }

    /// <summary>Mean AUC of each class against all others; null where a class is missing or alone.</summary>
    /// <param name="probabilities">By row, then class.</param>
    public static double? AucAgainstRest(int[] actual, double[][] probabilities)
    {
        var areas = Enumerable.Range(0, probabilities[0].Length)
            .Select(c => new BinaryOutcomes(
                [.. actual.Select(a => a == c)], [.. probabilities.Select(p => p[c])]).Metric("auc"))
            .ToList();
        return areas.Any(area => area is null) ? null : areas.Average();
    }

    /// <summary>Mean over all pairs of classes of both AUCs on their rows (Hand and Till 2001).</summary>
    public static double? AucOfPairs(int[] actual, double[][] probabilities)
    {
        var classes = probabilities[0].Length;
        var areas = Enumerable.Range(0, classes)
            .SelectMany(a => Enumerable.Range(0, classes).Where(b => b != a).Select(b => Pair(a, b)))
            .ToList();
        return areas.Any(area => area is null) ? null : areas.Average();

        double? Pair(int positive, int negative)
        {
            int[] rows = [.. Enumerable.Range(0, actual.Length)
                .Where(row => actual[row] == positive || actual[row] == negative)];
            return new BinaryOutcomes(
                [.. rows.Select(row => actual[row] == positive)],
                [.. rows.Select(row => probabilities[row][positive])]).Metric("auc");
        }
    }

    /// <summary>
    /// Share of rows whose class is among the k most probable; equal probabilities go to the later class.
    /// </summary>
    public static double TopAccuracy(int[] actual, double[][] probabilities, int k) => CompensatedSum.Mean(
        actual.Length,
        row => Enumerable.Range(0, probabilities[row].Length)
            .OrderByDescending(c => probabilities[row][c]).ThenByDescending(c => c)
            .Take(k).Contains(actual[row]) ? 1 : 0);

    /// <summary>Mean of Σ (probability - outcome)² over the classes (Brier 1950), in [0, 2].</summary>
    public static double Brier(int[] actual, double[][] probabilities) => CompensatedSum.Mean(
        actual.Length,
        row =>
            probabilities[row].Select((p, c) => p - (c == actual[row] ? 1 : 0)).Sum(error => error * error));

    static (double Rows, double Right, double Chance, double Actual, double Predicted) Margins(
        IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        double[] actual = [.. confusion.Select(row => (double)row.Sum())];
        double[] predicted = [.. Enumerable.Range(0, confusion.Count)
            .Select(c => (double)confusion.Sum(row => row[c]))];
        return (
            actual.Sum(), Enumerable.Range(0, confusion.Count).Sum(c => confusion[c][c]),
            actual.Zip(predicted, (a, p) => a * p).Sum(), actual.Sum(a => a * a), predicted.Sum(p => p * p));
    }

    static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}
