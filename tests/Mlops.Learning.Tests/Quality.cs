namespace Mlops.Learning.Tests;

/// <summary>Measures of a prediction, kept plain and apart from the product's own.</summary>
static class Quality
{
    public static double Accuracy(int[] actual, int[] predicted) =>
        actual.Zip(predicted).Count(pair => pair.First == pair.Second) / (double)actual.Length;

    public static double R2(double[] actual, double[] predicted)
    {
        var mean = actual.Average();
        return 1 - actual.Zip(predicted).Sum(pair => Math.Pow(pair.First - pair.Second, 2))
            / actual.Sum(value => Math.Pow(value - mean, 2));
    }

    /// <summary>
    /// Share of (positive, negative) pairs in the right order, half for ties; every pair is looked at.
    /// </summary>
    public static double Auc(int[] actual, double[] score)
    {
        var positives = score.Where((_, row) => actual[row] == 1).ToArray();
        var negatives = score.Where((_, row) => actual[row] == 0).ToArray();
        var right = positives.Sum(p => negatives.Sum(n => p > n ? 1 : p == n ? 0.5 : 0));
        return right / ((double)positives.Length * negatives.Length);
    }
}
