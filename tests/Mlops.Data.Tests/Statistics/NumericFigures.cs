using Mlops.Data.Statistics;

namespace Mlops.Data.Tests.Statistics;

/// <summary>
/// All that is computed of two samples of numbers, under the names of the reference vectors.
/// </summary>
static class NumericFigures
{
    const int MaxExact = 10_000;

    public static Figures Of(string?[] referenceCells, string?[] currentCells)
    {
        var figures = new Figures();
        double[] before = Finite(referenceCells), after = Finite(currentCells);
        figures.Put("counts",
        [
            ("ref_rows", referenceCells.Length), ("cur_rows", currentCells.Length),
            ("ref_missing", Missing(referenceCells)), ("cur_missing", Missing(currentCells)),
            ("ref_infinite", Infinite(referenceCells)), ("cur_infinite", Infinite(currentCells)),
        ]);
        CategoryFigures.MissingRate(
            figures, referenceCells, Missing(referenceCells), currentCells, Missing(currentCells));
        Describe(figures, "ref", before);
        Describe(figures, "cur", after);
        figures["status"] = CategoryFigures.Status(before.Length, after.Length);
        if (before.Length == 0 || after.Length == 0)
            return figures;
        Kolmogorov(figures, before, after);
        Binned(figures, before, after);
        Distances(figures, before, after);
        Tests(figures, before, after);
        return figures;
    }

    static void Describe(Figures figures, string side, double[] values)
    {
        if (values.Length == 0)
        {
            figures[side] = null;
            return;
        }
        var moments = Moments.Of(values);
        figures.Put(side,
        [
            ("n", moments.Count), ("mean", moments.Mean),
            ("std_population", moments.PopulationStandardDeviation),
            ("std_sample", moments.StandardDeviation), ("min", values[0]), ("max", values[^1]),
            ("q05", Quantile.Type7(values, 0.05)), ("q25", Quantile.Type7(values, 0.25)),
            ("q50", Quantile.Type7(values, 0.5)), ("q75", Quantile.Type7(values, 0.75)),
            ("q95", Quantile.Type7(values, 0.95)),
        ]);
    }

    static void Kolmogorov(Figures figures, double[] before, double[] after)
    {
        var (n, m) = (before.Length, after.Length);
        var test = EmpiricalDistribution.Of(before).KolmogorovSmirnov(after);
        figures.Put("ks",
        [
            ("statistic", test.Statistic), ("effective_n", (double)n * m / (n + m)), ("p_kolmogorov", test.P),
            ("p_stephens", TwoSampleKolmogorov.Stephens(test.Statistic, n, m)),
            ("p_scipy_asymp", TwoSampleKolmogorov.OneSample(test.Statistic, n, m)),
            ("has_ties", Ranks.TieSum([.. before, .. after]) > 0),
            ("p_exact", Math.Max(n, m) <= MaxExact ? TwoSampleKolmogorov.Exact(test.Statistic, n, m) : null),
        ]);
    }

    static void Binned(Figures figures, double[] before, double[] after)
    {
        var bins = NumericBins.Of(before);
        var (counts, currentCounts) = (bins.Count(before), bins.Count(after));
        figures["binning.kind"] = bins.IsDiscrete ? "discrete" : "quantile";
        if (bins.IsDiscrete)
        {
            figures["binning.has_other"] = currentCounts[^1] > 0;
            figures.List("binning.values", bins.Values);
            if (currentCounts[^1] == 0)
                (counts, currentCounts) = (counts[..^1], currentCounts[..^1]);
        }
        else
        {
            figures["binning.requested"] = Math.Min(10, Math.Max(2, before.Length / 10));
            figures.List("binning.edges", bins.Edges);
        }
        figures.List("binning.ref_counts", counts);
        figures.List("binning.cur_counts", currentCounts);
        CategoryFigures.Distances(figures, "binned", counts, currentCounts);
    }

    static void Distances(Figures figures, double[] before, double[] after)
    {
        var w1 = EmpiricalDistribution.Of(before).Wasserstein(after);
        figures.Put("wasserstein",
            [
                ("w1", w1),
                ("normalised", EmpiricalDistribution.NormalisedWasserstein(w1, Moments.Of(before))),
            ]);
        var evidently = EvidentlyDefaults.Of(before, after);
        figures.Put("compat_evidently",
        [
            ("bins", evidently.Bins), ("psi", evidently.Psi),
            ("js_distance_natural", evidently.JensenShannonNatural),
            ("wasserstein_norm", evidently.Wasserstein),
        ]);
    }

    static void Tests(Figures figures, double[] before, double[] after)
    {
        var enough = before.Length > 1 && after.Length > 1;
        if (enough && CramerVonMises.Asymptotic(before, after) is var cramer)
            figures.Put("cvm",
            [
                ("statistic", cramer.Statistic), ("p_asymptotic", cramer.P),
                ("p_exact", CramerVonMises.Exact(before, after)),
            ]);
        else
            figures["cvm"] = null;
        if (AndersonDarling.Of(before, after) is { } anderson)
            figures.Put("anderson_darling",
            [
                ("statistic_normalised", anderson.Statistic), ("p_interpolated", anderson.P),
                ("p_capped_low", anderson.P <= AndersonDarling.LeastP),
                ("p_capped_high", anderson.P >= AndersonDarling.LargestP),
            ]);
        else
            figures["anderson_darling"] = null;
        Locations(figures, before, after);
    }

    static void Locations(Figures figures, double[] before, double[] after)
    {
        if (LocationTests.Welch(before, after) is not { } welch)
        {
            figures["welch_t"] = figures["mann_whitney"] = null;
            return;
        }
        figures.Put("welch_t",
            [("diff", welch.Difference), ("t", welch.T), ("df", welch.DegreesOfFreedom), ("p", welch.P)]);
        figures.List("welch_t.ci95", [welch.Low, welch.High]);
        var whitney = LocationTests.MannWhitney(before, after);
        figures.Put("mann_whitney", [("u_cur", whitney.Statistic), ("p_asymptotic_cc", whitney.P)]);
    }

    static long Missing(string?[] cells) =>
        cells.LongCount(cell => double.IsNaN(ReferenceVectors.Parse(cell)));

    static long Infinite(string?[] cells) =>
        cells.LongCount(cell => double.IsInfinity(ReferenceVectors.Parse(cell)));

    static double[] Finite(string?[] cells) =>
        [.. cells.Select(ReferenceVectors.Parse).Where(double.IsFinite).Order()];
}
