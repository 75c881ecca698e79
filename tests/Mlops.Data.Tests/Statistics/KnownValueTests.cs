using Mlops.Data.Statistics;

namespace Mlops.Data.Tests.Statistics;

/// <summary>Values anyone can look up, each with where it stands.</summary>
public sealed class KnownValueTests
{
    /// <summary>Upper 5 % points of chi-square: NIST/SEMATECH e-Handbook, 1.3.6.7.4.</summary>
    [Theory]
    [InlineData(3.841, 1, 0.05)]
    [InlineData(18.307, 10, 0.05)]
    [InlineData(135.807, 100, 0.01)]
    public void ChiSquareTables(double x, double degreesOfFreedom, double p) =>
        SpecialFunctions.ChiSquareSurvival(x, degreesOfFreedom).ShouldBe(p, 5e-5);

    /// <summary>
    /// Smirnov (1948), Table for estimating the goodness of fit: K(1.36) = 0.950514, K(1.63) = 0.990154.
    /// </summary>
    [Theory]
    [InlineData(1.36, 0.049486)]
    [InlineData(1.63, 0.009846)]
    public void KolmogorovTable(double x, double p) =>
        SpecialFunctions.KolmogorovSurvival(x).ShouldBe(p, 1e-6);

    [Fact]
    public void BothFormsOfKolmogorovMeet() =>
        SpecialFunctions.KolmogorovSurvival(1 - 1e-12)
            .ShouldBe(SpecialFunctions.KolmogorovSurvival(1), 1e-11);

    /// <summary>Γ(5) = 24 and Γ(½) = √π.</summary>
    [Fact]
    public void LogGammaAtExactPoints()
    {
        SpecialFunctions.LogGamma(5).ShouldBe(Math.Log(24), 1e-14);
        SpecialFunctions.LogGamma(0.5).ShouldBe(Math.Log(Math.PI) / 2, 1e-14);
    }

    /// <summary>1.96 and 2.58 standard deviations, any table of the normal distribution.</summary>
    [Theory]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(-2.5758293035489004, 0.01)]
    public void NormalTable(double z, double p) => SpecialFunctions.NormalTwoSided(z).ShouldBe(p, 1e-12);

    /// <summary>
    /// Benjamini and Hochberg (1995), section 3.2, fifteen p-values: at 5 % the first four count.
    /// </summary>
    [Fact]
    public void TheExampleOfBenjaminiAndHochberg()
    {
        var adjusted = MultipleTesting.BenjaminiHochberg(
        [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0000,
        ]);
        adjusted.Count(p => p <= 0.05).ShouldBe(4);
        adjusted[3].ShouldBe(0.0095 * 15 / 4, 1e-15);
    }

    /// <summary>Hyndman and Fan (1996): type 7 of 1, 2, 3, 4 is 1.75 at a quarter.</summary>
    [Fact]
    public void QuantileOfFour() => Quantile.Type7([1, 2, 3, 4], 0.25).ShouldBe(1.75);

    [Fact]
    public void DisjointCountsAreAsFarApartAsCanBe()
    {
        long[] left = [10, 0], right = [0, 7];
        ShareDistance.JensenShannon(left, right).ShouldBe(1);
        ShareDistance.TotalVariation(left, right).ShouldBe(1);
        ShareDistance.Hellinger(left, right).ShouldBe(1);
        EmpiricalDistribution.Of([1, 2]).KolmogorovSmirnov([3, 4]).Statistic.ShouldBe(1);
        EmpiricalDistribution.Of([1, 2]).Wasserstein([3, 4]).ShouldBe(2);
    }
}
