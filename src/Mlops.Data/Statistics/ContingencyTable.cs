namespace Mlops.Data.Statistics;

/// <summary>
/// Whether counts by level differ, reference against current. Levels that neither side has do not count; each
/// side has at least one row.
/// </summary>
sealed class ContingencyTable
{
    readonly double[] reference;
    readonly double[] current;
    readonly double n;
    readonly double m;

    public ContingencyTable(IReadOnlyList<long> reference, IReadOnlyList<long> current)
    {
        var levels = Enumerable.Range(0, reference.Count).Where(i => reference[i] + current[i] > 0).ToArray();
        this.reference = Array.ConvertAll(levels, i => (double)reference[i]);
        this.current = Array.ConvertAll(levels, i => (double)current[i]);
        (n, m) = (this.reference.Sum(), this.current.Sum());
        if (n == 0 || m == 0)
            throw new ArgumentException("A test needs counts above zero.", nameof(reference));
    }

    /// <summary>Levels that at least one side has.</summary>
    public int Levels => reference.Length;

    public int DegreesOfFreedom => Levels - 1;

    /// <summary>Pearson's (1900), without continuity correction; one level gives 0 and 1.</summary>
    public TestResult ChiSquare
    {
        get
        {
            if (Levels < 2)
                return new TestResult(0, 1);
            var statistic = 0.0;
            for (var i = 0; i < Levels; i++)
            {
                var both = reference[i] + current[i];
                statistic += Term(reference[i], both * n / (n + m)) + Term(current[i], both * m / (n + m));
            }
            return new TestResult(
                statistic, SpecialFunctions.ChiSquareSurvival(statistic, DegreesOfFreedom));
        }
    }

    static double Term(double observed, double expected) =>
        (observed - expected) * (observed - expected) / expected;
}
