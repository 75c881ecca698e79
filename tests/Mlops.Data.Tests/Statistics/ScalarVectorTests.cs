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
            var x = item.Number("x");
            double? actual = item.GetProperty("f").GetString() switch
            {
                "kolmogorov_sf" => SpecialFunctions.KolmogorovSurvival(x),
                "chi2_sf" => SpecialFunctions.ChiSquareSurvival(x, item.Number("df")),
                "normal_two_sided_p" => SpecialFunctions.NormalTwoSided(x),
                _ => null,
            };
            if (actual is null)
                continue;
            compared++;
            actual.Value.ShouldBeP(item.Number("value"), item.ToString());
        }
        compared.ShouldBe(23);
    }

    [Fact]
    public void AdjustedPAgrees()
    {
        foreach (var item in ReferenceVectors.Scalars().GetProperty("multiple_testing").EnumerateArray())
        {
            var adjusted = MultipleTesting.BenjaminiHochberg([.. Numbers(item, "p")]);
            foreach (var (actual, expected) in adjusted.Zip(Numbers(item, "bh")))
                actual.ShouldBeP(expected, item.ToString());
        }
    }

    [Fact]
    public void ProportionsAgree()
    {
        foreach (var item in ReferenceVectors.Scalars().GetProperty("two_proportions").EnumerateArray())
        {
            var result = Proportion.Compare(Count(item, "x_ref"), Count(item, "n_ref"), Count(item, "x_cur"), Count(item, "n_cur"));
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
