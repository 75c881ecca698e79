using System.Text.Json;
using Mlops.Data.Statistics;

namespace Mlops.Data.Tests.Statistics;

public sealed class DriftVectorTests
{
    [Fact]
    public void NumbersAgreeWithTheReference()
    {
        var compared = 0;
        foreach (var (id, expected, referenceCells, currentCells) in ReferenceVectors.Drift("numeric"))
        {
            var (reference, current) = (Finite(referenceCells), Finite(currentCells));
            MissingRate(id, expected, referenceCells, currentCells);
            Describe(id + " ref", expected.GetProperty("ref"), reference);
            Describe(id + " cur", expected.GetProperty("cur"), current);
            compared++;
            if (reference.Length == 0 || current.Length == 0)
            {
                expected.GetProperty("status").GetString().ShouldBe("no-data", id);
                continue;
            }
            KolmogorovSmirnov(id, expected.GetProperty("ks"), reference, current);
            Wasserstein(id, expected.GetProperty("wasserstein"), reference, current);
            Binning(id, expected, reference, current);
        }
        compared.ShouldBe(28);
    }

    [Fact]
    public void CategoriesAgreeWithTheReference()
    {
        var compared = 0;
        foreach (var (id, expected, referenceCells, currentCells) in ReferenceVectors.Drift("categorical"))
        {
            MissingRate(id, expected, referenceCells, currentCells);
            compared++;
            var (reference, current) = (Levels(referenceCells), Levels(currentCells));
            if (reference.Count == 0 || current.Count == 0)
            {
                expected.GetProperty("status").GetString().ShouldBe("no-data", id);
                continue;
            }
            AllLevels(id, expected, reference, current);
            Capped(id, expected.GetProperty("capped"), reference, current);
        }
        compared.ShouldBe(12);
    }

    static void MissingRate(string id, JsonElement expected, string?[] reference, string?[] current)
    {
        var test = expected.GetProperty("missing_rate_test");
        if (test.ValueKind == JsonValueKind.Null)
            return;
        var result = Proportion.Compare(Missing(reference), reference.Length, Missing(current), current.Length);
        result.Statistic.ShouldBeStatistic(test.Number("z"), id + " missing z");
        result.P.ShouldBeP(test.Number("p"), id + " missing p");

        static int Missing(string?[] cells) => cells.Count(cell => cell is null or "NaN");
    }

    static void Describe(string id, JsonElement expected, double[] values)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            values.ShouldBeEmpty(id);
            return;
        }
        var moments = Moments.Of(values);
        moments.Count.ShouldBe(expected.GetProperty("n").GetInt64(), id);
        moments.Mean.ShouldBeStatistic(expected.Number("mean"), id + " mean");
        moments.PopulationStandardDeviation!.Value
            .ShouldBeStatistic(expected.Number("std_population"), id + " population sd");
        if (moments.Count > 1)
            moments.StandardDeviation!.Value.ShouldBeStatistic(expected.Number("std_sample"), id + " sample sd");
        foreach (var (name, p) in new[] { ("q05", 0.05), ("q25", 0.25), ("q50", 0.5), ("q75", 0.75), ("q95", 0.95) })
            Quantile.Type7(values, p).ShouldBeStatistic(expected.Number(name), $"{id} {name}");
    }

    static void KolmogorovSmirnov(string id, JsonElement expected, double[] reference, double[] current)
    {
        var result = TwoSample.KolmogorovSmirnov(reference, current);
        result.Statistic.ShouldBeStatistic(expected.Number("statistic"), id + " D");
        result.P.ShouldBeP(expected.Number("p_kolmogorov"), id + " KS p");
    }

    static void Wasserstein(string id, JsonElement expected, double[] reference, double[] current) =>
        TwoSample.Wasserstein(reference, current).ShouldBeStatistic(expected.Number("w1"), id + " W1");

    static void Binning(string id, JsonElement expected, double[] reference, double[] current)
    {
        var binning = expected.GetProperty("binning");
        var bins = NumericBins.Of(reference);
        bins.IsDiscrete.ShouldBe(binning.GetProperty("kind").GetString() == "discrete", id);
        var (counts, currentCounts) = (bins.Count(reference), bins.Count(current));
        if (bins.IsDiscrete)
        {
            bins.Values.ShouldBe(Numbers(binning, "values"), id);
            if (!binning.GetProperty("has_other").GetBoolean())
                (counts, currentCounts) = (counts[..^1], currentCounts[..^1]);
        }
        else
        {
            foreach (var (edge, known) in bins.Edges.Zip(Numbers(binning, "edges")))
                edge.ShouldBeStatistic(known, id + " edge");
        }
        counts.ShouldBe(binning.Counts("ref_counts"), id);
        currentCounts.ShouldBe(binning.Counts("cur_counts"), id);
        Distances(id, expected.GetProperty("binned"), counts, currentCounts);
    }

    static void AllLevels(
        string id, JsonElement expected, Dictionary<string, long> reference, Dictionary<string, long> current)
    {
        var levels = expected.GetProperty("binning").GetProperty("values").EnumerateArray()
            .Select(level => level.GetString()!).ToArray();
        levels.Order(StringComparer.Ordinal)
            .ShouldBe(reference.Keys.Union(current.Keys).Order(StringComparer.Ordinal), id);
        long[] counts = [.. levels.Select(level => reference.GetValueOrDefault(level))];
        long[] currentCounts = [.. levels.Select(level => current.GetValueOrDefault(level))];
        Distances(id, expected.GetProperty("binned"), counts, currentCounts);
        ChiSquare(id, expected.GetProperty("chi2"), counts, currentCounts);
        levels[ShareDistance.Largest(counts, currentCounts).Bin]
            .ShouldBe(expected.GetProperty("l_infinity_category").GetString(), id);
    }

    static void Capped(
        string id, JsonElement expected, Dictionary<string, long> reference, Dictionary<string, long> current)
    {
        var bins = CategoryBins.Of(reference);
        bins.Levels.ShouldBe(expected.GetProperty("levels").EnumerateArray().Select(level => level.GetString()!), id);
        var (counts, currentCounts) = (bins.Count(reference), bins.Count(current));
        if (!expected.GetProperty("has_other").GetBoolean())
            (counts, currentCounts) = (counts[..^1], currentCounts[..^1]);
        counts.ShouldBe(expected.Counts("ref_counts"), id);
        currentCounts.ShouldBe(expected.Counts("cur_counts"), id);
        Distances(id + " capped", expected, counts, currentCounts);
        ChiSquare(id + " capped", expected.GetProperty("chi2"), counts, currentCounts);
    }

    static void ChiSquare(string id, JsonElement expected, long[] reference, long[] current)
    {
        var result = TwoSample.ChiSquare(reference, current);
        result.Statistic.ShouldBeStatistic(expected.Number("statistic"), id + " chi-square");
        result.P.ShouldBeP(expected.Number("p"), id + " chi-square p");
    }

    static void Distances(string id, JsonElement expected, long[] reference, long[] current)
    {
        ShareDistance.Psi(reference, current).ShouldBeStatistic(expected.Number("psi"), id + " psi");
        ShareDistance.PsiNullMean(reference.Length, reference.Sum(), current.Sum())
            .ShouldBeStatistic(expected.Number("psi_null_mean"), id + " psi null mean");
        ShareDistance.JensenShannon(reference, current)
            .ShouldBeDistance(expected.Number("js_distance_base2"), id + " js");
        ShareDistance.KullbackLeibler(reference, current)
            .ShouldBeStatistic(expected.Number("kl_ref_cur"), id + " kl");
        ShareDistance.KullbackLeibler(current, reference)
            .ShouldBeStatistic(expected.Number("kl_cur_ref"), id + " kl reversed");
        ShareDistance.TotalVariation(reference, current).ShouldBeStatistic(expected.Number("tvd"), id + " tvd");
        ShareDistance.Hellinger(reference, current).ShouldBeDistance(expected.Number("hellinger"), id + " hellinger");
        ShareDistance.Largest(reference, current).Distance
            .ShouldBeStatistic(expected.Number("l_infinity"), id + " l-infinity");
    }

    static IEnumerable<double> Numbers(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble());

    static double[] Finite(string?[] cells) =>
        [.. cells.Select(ReferenceVectors.Parse).Where(double.IsFinite).Order()];

    static Dictionary<string, long> Levels(string?[] cells) =>
        cells.OfType<string>().GroupBy(cell => cell).ToDictionary(group => group.Key, group => group.LongCount());
}
