namespace Mlops.Data.Statistics;

/// <summary>Ranks from 1, where equal values share the mean of theirs.</summary>
public static class Ranks
{
    /// <summary>The rank of each value, in the order given.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = EqualRuns.End(sorted, from);
            for (var i = from; i < to; i++)
                ranks[order[i]] = (from + to + 1) / 2.0;
        }
        return ranks;
    }

    /// <summary>Σ (t³ - t) over the groups of t equal values.</summary>
    public static double TieSum(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var sum = 0.0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = EqualRuns.End(sorted, from);
            double t = to - from;
            sum += t * t * t - t;
        }
        return sum;
    }
}
