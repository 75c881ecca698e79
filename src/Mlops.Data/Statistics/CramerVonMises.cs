namespace Mlops.Data.Statistics;

/// <summary>
/// The two-sample Cramér–von Mises test. With heavy ties its statistic does not vanish for equal samples,
/// so it says nothing about tied data and no verdict rests on it.
/// </summary>
static class CramerVonMises
{
    const int MaxExact = 20;

    /// <summary>
    /// T with mid-ranks, and p from the limit after standardising mean and variance (Anderson 1962). Each
    /// sample has two values or more.
    /// </summary>
    public static TestResult Asymptotic(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length, total = n + m, product = n * m;
        var statistic = Statistic(RankSum(reference, current), product, total);
        var mean = (1 + 1 / total) / 6;
        var variance = (total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product)
            / (45 * total * total * 4 * product);
        var standardised = 1.0 / 6 + (statistic - mean) / Math.Sqrt(45 * variance);
        return new TestResult(statistic, standardised < 0.003 ? 1 : LimitSurvival(standardised));
    }

    /// <summary>
    /// P(T ≥ t) over all orders, for at most 20 values on each side without ties (Xiao, Gordon, Yakovlev
    /// 2006); else null.
    /// </summary>
    public static double? Exact(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        if (Math.Max(reference.Length, current.Length) > MaxExact
            || Ranks.TieSum([.. reference, .. current]) > 0)
            return null;
        long n = reference.Length, m = current.Length, product = n * m;
        var multiple = product / Gcd(n, m);
        var sum = (long)Math.Round(RankSum(reference, current));
        var observed = multiple * multiple * (n + m) * (6 * sum - product * (4 * product - 1))
            / (6 * product * product);
        var paths = PathSums((int)n, (int)m, multiple / n, multiple / m);
        return paths.Where(path => path.Key >= observed).Sum(path => path.Value) / paths.Values.Sum();
    }

    /// <summary>P(ω² ≥ x) for the limit (Csörgő and Faraway 1996, equation 1.2); x above 0.</summary>
    public static double LimitSurvival(double x)
    {
        var below = 0.0;
        for (var k = 0; k < 100; k++)
        {
            var y = 4.0 * k + 1;
            var q = y * y / (16 * x);
            var term = Math.Exp(SpecialFunctions.LogGamma(k + 0.5) - SpecialFunctions.LogGamma(k + 1.0))
                / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x)) * Math.Sqrt(y) * ScaledBessel(q);
            below += term;
            if (term < 1e-14)
                break;
        }
        return Math.Max(0, 1 - below);
    }

    /// <summary>
    /// e^(-q) K_¼(q) = ∫ exp(-q (1 + cosh t)) cosh(t/4) dt from 0, by trapezoids, which converge fast.
    /// </summary>
    static double ScaledBessel(double q)
    {
        const double step = 0.02;
        var sum = Math.Exp(-2 * q) / 2;
        for (var i = 1; i < 2000; i++)
        {
            var t = i * step;
            var term = Math.Exp(-q * (1 + Math.Cosh(t))) * Math.Cosh(t / 4);
            sum += term;
            if (term < 1e-20 * sum || sum == 0)
                break;
        }
        return sum * step;
    }

    /// <summary>n Σ (rank of the i-th reference value - i)² + m Σ (the same of current).</summary>
    static double RankSum(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var ranks = Ranks.Of([.. reference, .. current]);
        double sum = 0, other = 0;
        for (var i = 0; i < reference.Length; i++)
            sum += (ranks[i] - i - 1) * (ranks[i] - i - 1);
        for (var i = 0; i < current.Length; i++)
            other += (ranks[reference.Length + i] - i - 1) * (ranks[reference.Length + i] - i - 1);
        return reference.Length * sum + current.Length * other;
    }

    static double Statistic(double rankSum, double product, double total) =>
        rankSum / (product * total) - (4 * product - 1) / (6 * total);

    /// <summary>How many lattice paths have each sum of (a v - b u)² over their points.</summary>
    static Dictionary<long, double> PathSums(int n, int m, long a, long b)
    {
        var row = new Dictionary<long, double>[m + 1];
        for (var u = 0; u <= n; u++)
        {
            for (var v = 0; v <= m; v++)
            {
                var here = (a * u - b * v) * (a * u - b * v);
                var sums = new Dictionary<long, double>();
                if (u == 0 && v == 0)
                    sums[here] = 1;
                if (u > 0)
                    Add(row[v]);
                if (v > 0)
                    Add(row[v - 1]);
                row[v] = sums;

                void Add(Dictionary<long, double> from)
                {
                    foreach (var (sum, count) in from)
                        sums[sum + here] = sums.GetValueOrDefault(sum + here) + count;
                }
            }
        }
        return row[m];
    }

    static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
