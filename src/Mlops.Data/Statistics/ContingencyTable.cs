namespace Mlops.Data.Statistics;

/// <summary>
/// Tests of counts by level, reference against current. Levels that neither side has do not count; each
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
    public TestResult ChiSquare => Test(Sum((observed, expected) => Square(observed - expected) / expected));

    /// <summary>The likelihood ratio of Wilks (1938), 2 Σ o ln(o / e); one level gives 0 and 1.</summary>
    public TestResult G =>
        Test(Sum((observed, expected) => observed == 0 ? 0 : 2 * observed * Math.Log(observed / expected)));

    /// <summary>
    /// Yates' continuity correction (1934), at most half a row off each cell; for two levels.
    /// </summary>
    public TestResult Yates => Test(Sum((observed, expected) =>
        Square(Math.Abs(observed - expected) - Math.Min(0.5, Math.Abs(observed - expected))) / expected));

    /// <summary>
    /// Current against the reference scaled as if it were known exactly, as Evidently does; overstates
    /// significance. Null where current has a level that the reference lacks.
    /// </summary>
    public TestResult? AgainstScaledReference => reference.Any(count => count == 0)
        ? null
        : Test(reference.Select((count, i) => Square(current[i] - count * m / n) / (count * m / n)).Sum());

    /// <summary>Rows that the cell expecting fewest of them expects.</summary>
    public double SmallestExpected => Expected().Min();

    /// <summary>Cells that expect fewer than five rows, where the chi-square law is no longer near.</summary>
    public int ExpectedBelowFive => Expected().Count(expected => expected < 5);

    /// <summary>Cramér's V (1946), in [0, 1]: √(χ² / N), as there are two sides.</summary>
    public double CramersV => Levels < 2 ? 0 : Math.Sqrt(ChiSquare.Statistic / (n + m));

    /// <summary>
    /// Cramér's V without its bias (Bergsma 2013), in [0, 1]; null where it is not defined.
    /// </summary>
    public double? CramersVCorrected
    {
        get
        {
            if (Levels < 2)
                return 0;
            double total = n + m, k = Levels;
            var phi = Math.Max(0, ChiSquare.Statistic / total - (k - 1) / (total - 1));
            var least = Math.Min(k - (k - 1) * (k - 1) / (total - 1), 2 - 1 / (total - 1)) - 1;
            return least > 0 ? Math.Sqrt(phi / least) : null;
        }
    }

    /// <summary>
    /// Fisher's exact test of two levels, two-sided: all tables with these margins that are no more likely
    /// than this one. Null for other numbers of levels.
    /// </summary>
    public double? Fisher
    {
        get
        {
            if (Levels != 2)
                return null;
            double second = reference[1] + current[1], total = n + m;
            double low = Math.Max(0, second - n), high = Math.Min(second, m);
            // Numerical noise must not cut off a table that is exactly as likely (as in SciPy and R).
            var limit = LogLikelihood(current[1]) + 1e-7;
            var sum = 0.0;
            for (var x = low; x <= high; x++)
                if (LogLikelihood(x) is var log && log <= limit)
                    sum += Math.Exp(log);
            return Math.Min(1, sum);

            double LogLikelihood(double x) =>
                LogChoose(m, x) + LogChoose(n, second - x) - LogChoose(total, second);
        }
    }

    TestResult Test(double statistic) => Levels < 2
        ? new TestResult(0, 1)
        : new TestResult(statistic, SpecialFunctions.ChiSquareSurvival(statistic, DegreesOfFreedom));

    double Sum(Func<double, double, double> cell)
    {
        var sum = 0.0;
        for (var i = 0; i < Levels; i++)
        {
            var both = reference[i] + current[i];
            sum += cell(reference[i], both * n / (n + m)) + cell(current[i], both * m / (n + m));
        }
        return sum;
    }

    IEnumerable<double> Expected() => reference
        .Select((count, i) => count + current[i])
        .SelectMany(both => new[] { both * n / (n + m), both * m / (n + m) });

    static double LogChoose(double n, double k) => SpecialFunctions.LogGamma(n + 1)
        - SpecialFunctions.LogGamma(k + 1) - SpecialFunctions.LogGamma(n - k + 1);

    static double Square(double x) => x * x;
}
