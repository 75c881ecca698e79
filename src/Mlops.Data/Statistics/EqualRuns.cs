namespace Mlops.Data.Statistics;

/// <summary>Equal values stand together in ascending ones.</summary>
static class EqualRuns
{
    /// <returns>Where the run of values that are equal to the one at <paramref name="from"/> ends.</returns>
    public static int End(ReadOnlySpan<double> ascending, int from)
    {
        var to = from + 1;
        while (to < ascending.Length && ascending[to] == ascending[from])
            to++;
        return to;
    }
}
