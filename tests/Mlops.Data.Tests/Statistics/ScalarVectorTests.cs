using System.Text.Json;
using Mlops.Data.Statistics;

namespace Mlops.Data.Tests.Statistics;

public sealed class ScalarVectorTests
{
    [Fact]
    public void SpecialFunctionsAgree()
    {
        var compared = 0;
        foreach (var item in ReferenceVectors.Scalars().GetProperty("special").EnumerateArray())
        {
            var (x, expected, what) = (item.Number("x"), item.Number("value"), item.ToString());
            compared++;
            switch (item.GetProperty("f").GetString())
            {
                case "kolmogorov_sf":
                    SpecialFunctions.KolmogorovSurvival(x).ShouldBeP(expected, what);
                    break;
                case "kolmogorov_smirnov_exact_sf":
                    OneSampleKolmogorov.Survival(x, Count(item, "n")).ShouldBeP(expected, what);
                    break;
                case "chi2_sf":
                    SpecialFunctions.ChiSquareSurvival(x, item.Number("df")).ShouldBeP(expected, what);
                    break;
                case "t_two_sided_p":
                    IncompleteBeta.StudentTwoSided(x, item.Number("df")).ShouldBeP(expected, what);
                    break;
                case "normal_two_sided_p":
                    SpecialFunctions.NormalTwoSided(x).ShouldBeP(expected, what);
                    break;
                case "normal_quantile":
                    DistributionQuantile.Normal(x).ShouldBeStatistic(expected, what);
                    break;
                case "cramer_von_mises_limit_sf":
                    Math.Abs(CramerVonMises.LimitSurvival(x) - expected)
                        .ShouldBeLessThanOrEqualTo(1e-7, what);
                    break;
                default:
                    Assert.Fail($"No function is held against {what}.");
                    break;
            }
        }
        compared.ShouldBe(50);
    }

    [Fact]
    public void AdjustedPAgrees()
    {
        var compared = 0;
        foreach (var item in ReferenceVectors.Scalars().GetProperty("multiple_testing").EnumerateArray())
            foreach (var (name, correction) in new[]
            {
                ("bonferroni", Correction.Bonferroni), ("holm", Correction.Holm),
                ("bh", Correction.BenjaminiHochberg), ("by", Correction.BenjaminiYekutieli),
            })
                foreach (var (actual, expected) in MultipleTesting.Adjust([.. Numbers(item, "p")], correction)
                    .Zip(Numbers(item, name)))
                {
                    actual.ShouldBeP(expected, $"{name} of {item}");
                    compared++;
                }
        compared.ShouldBe(4 * 40);
    }

    [Fact]
    public void UncorrectedPStaysAsItIs() =>
        MultipleTesting.Adjust([0.5, 0.01], Correction.None).ShouldBe([0.5, 0.01]);

    [Fact]
    public void BandsAgree()
    {
        foreach (var item in ReferenceVectors.Scalars().GetProperty("reference_band").EnumerateArray())
        {
            var band = ReferenceBand.Of(
                [.. Numbers(item, "window_values")], Limit("limit_low"), Limit("limit_high"));
            band.Mean.ShouldBeStatistic(item.Number("mean"), item.ToString());
            band.StandardDeviation.ShouldBeStatistic(item.Number("std_population"), item.ToString());
            band.Low.ShouldBeStatistic(item.Number("lower"), item.ToString());
            band.High.ShouldBeStatistic(item.Number("upper"), item.ToString());

            double? Limit(string name) =>
                item.GetProperty(name) is { ValueKind: JsonValueKind.Number } limit
                    ? limit.GetDouble()
                    : null;
        }
    }

    [Fact]
    public void ProportionsAgree()
    {
        foreach (var item in ReferenceVectors.Scalars().GetProperty("two_proportions").EnumerateArray())
        {
            var result = Proportion.Compare(
                Count(item, "x_ref"), Count(item, "n_ref"), Count(item, "x_cur"), Count(item, "n_cur"));
            result.Statistic.ShouldBeStatistic(item.GetProperty("expected").Number("z"), item.ToString());
            result.P.ShouldBeP(item.GetProperty("expected").Number("p"), item.ToString());
        }
    }

    [Fact]
    public void IntervalsAgree()
    {
        foreach (var item in ReferenceVectors.Scalars().GetProperty("wilson").EnumerateArray())
        {
            var (low, high) = Proportion.Wilson(Count(item, "x"), Count(item, "n"));
            var expected = Numbers(item, "ci95").ToArray();
            low.ShouldBeStatistic(expected[0], item.ToString());
            high.ShouldBeStatistic(expected[1], item.ToString());
        }
    }

    static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
