namespace Mlops.Data.Validation.Leakage;

/// <summary>
/// How much of the label one feature alone tells: a rule per bin learnt on training rows and measured on the
/// holdout, against the best guess without any feature. 0 is no help, 1 is all of it. (After the predictive
/// power score of van der Putten and Wetschoreck; bins instead of a tree.)
/// </summary>
static class PredictivePower
{
    /// <summary>
    /// Share of the errors of always guessing the most frequent class that the most frequent class
    /// of each bin avoids.
    /// </summary>
    public static double OfClasses(
        int[] bins, int[] classes, IReadOnlyList<int> training, IReadOnlyList<int> holdout)
    {
        var overall = Mode(training.Select(row => classes[row]));
        var ofBin = training.GroupBy(row => bins[row])
            .ToDictionary(group => group.Key, group => Mode(group.Select(row => classes[row])));
        var (without, with) = (0, 0);
        foreach (var row in holdout)
        {
            without += classes[row] == overall ? 0 : 1;
            with += classes[row] == ofBin.GetValueOrDefault(bins[row], overall) ? 0 : 1;
        }
        return without == 0 ? 0 : Math.Max(0, 1 - (double)with / without);
    }

    /// <summary>The same of absolute errors, with medians for classes.</summary>
    public static double OfNumbers(
        int[] bins, double[] label, IReadOnlyList<int> training, IReadOnlyList<int> holdout)
    {
        var overall = Median(training.Select(row => label[row]));
        var ofBin = training.GroupBy(row => bins[row])
            .ToDictionary(group => group.Key, group => Median(group.Select(row => label[row])));
        var (without, with) = (0.0, 0.0);
        foreach (var row in holdout)
        {
            without += Math.Abs(label[row] - overall);
            with += Math.Abs(label[row] - ofBin.GetValueOrDefault(bins[row], overall));
        }
        return without == 0 ? 0 : Math.Max(0, 1 - with / without);
    }

    /// <summary>
    /// Area under the ROC curve of the feature as a score for one of two classes, on the holdout; whichever
    /// way round is larger. Null without both classes. Ties count half (Mann and Whitney 1947).
    /// </summary>
    public static double? Auc(Func<int, double> score, Func<int, bool> isFirst, IReadOnlyList<int> holdout)
    {
        (double Score, bool IsFirst)[] sorted = [.. holdout
            .Select(row => (Score: score(row), IsFirst: isFirst(row)))
            .Where(pair => !double.IsNaN(pair.Score)).OrderBy(pair => pair.Score)];
        double first = sorted.Count(pair => pair.IsFirst), others = sorted.Length - first;
        if (first == 0 || others == 0)
            return null;
        var rankSum = 0.0;
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            for (next = i; next < sorted.Length && sorted[next].Score == sorted[i].Score; next++)
            {
            }
            rankSum += sorted[i..next].Count(pair => pair.IsFirst) * (i + next + 1) / 2.0;
        }
        var area = (rankSum - first * (first + 1) / 2) / (first * others);
        return Math.Max(area, 1 - area);
    }

    /// <summary>The most frequent, of equally frequent ones the lowest.</summary>
    static int Mode(IEnumerable<int> classes) =>
        classes.GroupBy(each => each).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key).First().Key;

    /// <summary>Of an even number of values the upper of the two in the middle.</summary>
    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
