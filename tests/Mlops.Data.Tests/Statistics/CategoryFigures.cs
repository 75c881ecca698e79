using Mlops.Data.Statistics;

namespace Mlops.Data.Tests.Statistics;

/// <summary>
/// All that is computed of two columns of levels, under the names of the reference vectors.
/// </summary>
static class CategoryFigures
{
    const int MaxFisher = 20_000;

    public static Figures Of(string?[] referenceCells, string?[] currentCells)
    {
        var figures = new Figures();
        var (before, after) = (Levels(referenceCells), Levels(currentCells));
        var (n, m) = (before.Values.Sum(), after.Values.Sum());
        figures.Put("counts",
        [
            ("ref_rows", referenceCells.Length), ("cur_rows", currentCells.Length),
            ("ref_missing", referenceCells.Length - n), ("cur_missing", currentCells.Length - m),
        ]);
        MissingRate(figures, referenceCells, referenceCells.Length - n,
            currentCells, currentCells.Length - m);
        figures["status"] = Status(n, m);
        if (n == 0 || m == 0)
            return figures;
        AllLevels(figures, before, after);
        Capped(figures, before, after);
        return figures;
    }

    public static string Status(long n, long m) =>
        n == 0 || m == 0 ? "no-data" : Math.Min(n, m) < 30 ? "insufficient" : "ok";

    public static void MissingRate(
        Figures figures, string?[] reference, long missing, string?[] current, long currentMissing)
    {
        if (reference.Length == 0 || current.Length == 0)
        {
            figures["missing_rate_test"] = null;
            return;
        }
        var test = Proportion.Compare(missing, reference.Length, currentMissing, current.Length);
        figures.Put("missing_rate_test",
        [
            ("diff", (double)currentMissing / current.Length - (double)missing / reference.Length),
            ("z", test.Statistic), ("p", test.P),
        ]);
    }

    public static void Distances(Figures figures, string prefix, long[] reference, long[] current)
    {
        var divergence = ShareDistance.JensenShannonDivergence(reference, current);
        figures.Put(prefix,
        [
            ("psi", ShareDistance.Psi(reference, current)),
            ("psi_half_count", ShareDistance.PsiHalfCount(reference, current)),
            ("psi_null_mean", ShareDistance.PsiNullMean(reference.Length, reference.Sum(), current.Sum())),
            ("psi_null_q95", ShareDistance.PsiNull95(reference.Length, reference.Sum(), current.Sum())),
            ("js_distance_base2", ShareDistance.JensenShannon(reference, current)),
            ("js_divergence_base2", divergence),
            ("js_distance_natural", Math.Sqrt(divergence * Math.Log(2))),
            ("kl_ref_cur", ShareDistance.KullbackLeibler(reference, current)),
            ("kl_cur_ref", ShareDistance.KullbackLeibler(current, reference)),
            ("tvd", ShareDistance.TotalVariation(reference, current)),
            ("hellinger", ShareDistance.Hellinger(reference, current)),
            ("l_infinity", ShareDistance.Largest(reference, current).Distance),
        ]);
    }

    static void AllLevels(Figures figures, Dictionary<string, long> before, Dictionary<string, long> after)
    {
        string[] levels = [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)];
        long[] counts = [.. levels.Select(level => before.GetValueOrDefault(level))];
        long[] currentCounts = [.. levels.Select(level => after.GetValueOrDefault(level))];
        figures["binning.kind"] = "category";
        figures.List("binning.values", levels);
        figures.List("binning.ref_counts", counts);
        figures.List("binning.cur_counts", currentCounts);
        figures.List("binning.new_in_current", levels.Where(level => !before.ContainsKey(level)));
        figures.List("binning.gone_in_current", levels.Where(level => !after.ContainsKey(level)));
        Distances(figures, "binned", counts, currentCounts);
        figures["l_infinity_category"] = levels[ShareDistance.Largest(counts, currentCounts).Bin];
        Tests(figures, new ContingencyTable(counts, currentCounts), counts, currentCounts);
    }

    static void Tests(Figures figures, ContingencyTable table, long[] reference, long[] current)
    {
        figures.Put("chi2",
        [
            ("statistic", table.ChiSquare.Statistic), ("dof", table.DegreesOfFreedom),
            ("p", table.ChiSquare.P), ("min_expected", table.SmallestExpected),
            ("expected_below_5", table.ExpectedBelowFive), ("cells", 2 * table.Levels),
            ("cramers_v", table.CramersV), ("cramers_v_corrected", table.CramersVCorrected),
        ]);
        figures.Put("g_test", [("statistic", table.G.Statistic), ("p", table.G.P)]);
        if (table.AgainstScaledReference is { } scaled)
            figures.Put("chi2_gof_scaled_reference",
                [("statistic", scaled.Statistic), ("dof", table.DegreesOfFreedom), ("p", scaled.P)]);
        else
            figures["chi2_gof_scaled_reference"] = null;
        if (table.Levels != 2)
            return;
        figures.Put("chi2_yates", [("statistic", table.Yates.Statistic), ("p", table.Yates.P)]);
        figures["fisher_exact_p"] = reference.Sum() + current.Sum() <= MaxFisher ? table.Fisher : null;
        var z = Proportion.Compare(reference[1], reference.Sum(), current[1], current.Sum());
        figures.Put("two_proportion_z",
        [
            ("diff", (double)current[1] / current.Sum() - (double)reference[1] / reference.Sum()),
            ("z", z.Statistic), ("p", z.P),
        ]);
    }

    static void Capped(Figures figures, Dictionary<string, long> before, Dictionary<string, long> after)
    {
        var bins = CategoryBins.Of(before);
        var (counts, currentCounts) = (bins.Count(before), bins.Count(after));
        var hasOther = counts[^1] + currentCounts[^1] > 0;
        if (!hasOther)
            (counts, currentCounts) = (counts[..^1], currentCounts[..^1]);
        figures["capped.has_other"] = hasOther;
        figures.List("capped.levels", bins.Levels);
        figures.List("capped.ref_counts", counts);
        figures.List("capped.cur_counts", currentCounts);
        Distances(figures, "capped", counts, currentCounts);
        var table = new ContingencyTable(counts, currentCounts);
        figures.Put("capped.chi2",
        [
            ("statistic", table.ChiSquare.Statistic), ("dof", table.DegreesOfFreedom),
            ("p", table.ChiSquare.P), ("min_expected", table.Levels < 2 ? null : table.SmallestExpected),
        ]);
    }

    static Dictionary<string, long> Levels(string?[] cells) =>
        cells.OfType<string>().GroupBy(cell => cell)
            .ToDictionary(group => group.Key, group => group.LongCount());
}
