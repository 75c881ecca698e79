namespace Mlops.Learning.Evaluation;

/// <summary>What the errors of a regression look like.</summary>
public static class Residuals
{
    const int Bins = 20;
    const int Groups = 20;

    /// <returns>Null without rows.</returns>
    public static ResidualSummary? Summarise(RegressionOutcomes outcomes)
    {
        if (outcomes.Count == 0)
            return null;
        var residuals = new double[outcomes.Count];
        for (var i = 0; i < residuals.Length; i++)
            residuals[i] = outcomes.Predicted[i] - outcomes.Actual[i];
        var (min, max) = (residuals.Min(), residuals.Max());
        return new ResidualSummary(min, max, Histogram(residuals, min, max), ByPrediction(outcomes));
    }

    static long[] Histogram(double[] residuals, double min, double max)
    {
        var counts = new long[Bins];
        foreach (var residual in residuals)
            counts[max > min ? Math.Min((int)((residual - min) / (max - min) * Bins), Bins - 1) : 0]++;
        return counts;
    }

    /// <summary>
    /// Group g holds the rows from ⌊g n / 20⌋ on by rising prediction; fewer rows than groups: one each.
    /// </summary>
    static CurvePoint[] ByPrediction(RegressionOutcomes outcomes)
    {
        var rows = Enumerable.Range(0, outcomes.Count).ToArray();
        // Equal predictions keep the order of the rows: the sort is not stable by itself.
        var predicted = outcomes.Predicted.ToArray();
        Array.Sort(rows, (a, b) => (predicted[a], a).CompareTo((predicted[b], b)));
        var actual = outcomes.Actual.ToArray();
        var groups = new CurvePoint[Math.Min(Groups, rows.Length)];
        for (var g = 0; g < groups.Length; g++)
        {
            var from = (int)((long)g * rows.Length / groups.Length);
            var count = (int)((long)(g + 1) * rows.Length / groups.Length) - from;
            groups[g] = new CurvePoint(
                CompensatedSum.Mean(count, i => predicted[rows[from + i]]),
                CompensatedSum.Mean(count, i => actual[rows[from + i]]));
        }
        return groups;
    }
}
