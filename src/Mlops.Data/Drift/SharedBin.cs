using Mlops.Data.Statistics;

namespace Mlops.Data.Drift;

/// <summary>
/// One value that has no bin of its own, and how many rows have it. Where such a value was most of a bin, or
/// becomes it, rows move without the bin's share showing it: the zeros of (-∞, 0] that all become -1, one new
/// level among thousands of rare ones.
/// </summary>
/// <param name="Value">As it stands behind "=" in words.</param>
/// <param name="Candidates">How many values it was chosen from by its current rows.</param>
sealed record SharedBin(string Value, long Reference, long Current, long Candidates = 1)
{
    /// <summary>Smaller moves of it are left to the bins.</summary>
    const double Move = 0.2;

    /// <summary>Whether its share moved so far that chance does not explain it.</summary>
    public bool HasMoved(long referenceRows, long currentRows, double alpha) =>
        Math.Abs((double)Reference / referenceRows - (double)Current / currentRows) >= Move
        && Proportion.Compare(Reference, referenceRows, Current, currentRows).P * Candidates <= alpha;

    /// <summary>Of numbers between quantiles: the most frequent one of the reference.</summary>
    public static SharedBin Of(EmpiricalDistribution reference, double[] current, ValueText values)
    {
        var most = Enumerable.Range(0, reference.Values.Count).MaxBy(i => reference.Equal[i]);
        var value = reference.Values[most];
        return new SharedBin(
            values.Exact(value), reference.Equal[most], current.LongCount(each => each == value));
    }

    /// <summary>
    /// Of levels: the one of those without a bin that most current rows have; null where there is none. One
    /// that the reference does not name had at most as many rows as the rarest that it names.
    /// </summary>
    /// <param name="binned">The levels that have a bin.</param>
    public static SharedBin? Of(
        LevelReference reference, IReadOnlyList<string> binned, SortedDictionary<string, long> current)
    {
        var others = current.Where(level => !binned.Contains(level.Key, StringComparer.Ordinal)).ToList();
        if (others.Count == 0)
            return null;
        var (level, rows) = others.MaxBy(other => other.Value);
        var at = reference.Names.ToList().IndexOf(level);
        return new SharedBin(
            $"'{level}'",
            at >= 0 ? reference.Counts[at] : reference.OtherLevels == 0 ? 0 : reference.Counts.Min(),
            rows, others.Count);
    }
}
