using CsCheck;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Drift;
using Mlops.Data.Tests.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Data.Tests.Validation;

public sealed class PartProfileTests
{
    [Fact]
    public void MergedPartsAreTheWhole() =>
        Gen.Select(RandomTables.Table, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((table, first, second) =>
        {
            int[] cuts =
            [
                0, .. new[] { first, second }.Select(cut => Math.Min(cut, table.RowCount)).Order(),
                table.RowCount,
            ];
            var merged = Enumerable.Range(0, 3)
                .Select(i =>
                    PartProfile.Of(table.Take([.. Enumerable.Range(cuts[i], cuts[i + 1] - cuts[i])])))
                .Aggregate((left, right) => left.Merge(right));
            ShouldBeEqual(Summaries(merged), Summaries(PartProfile.Of(table)));
        }, iter: 300, threads: 1);

    [Fact]
    public void ManyValuesMergeToTheSameSketch()
    {
        var values = new Draws(7).Normals(30_000, 5);
        var table = Drift.Tables.Of(
            ("x", new RealValues(values)),
            ("id", new WholeValues(
                ColumnType.Integer, [.. Enumerable.Range(0, 30_000).Select(i => (long)i)])),
            ("text", new TextValues(
                [.. Enumerable.Range(0, 30_000)], [.. Enumerable.Range(0, 30_000).Select(i => $"t{i}")])));
        var merged = Enumerable.Range(0, 6)
            .Select(i => PartProfile.Of(table.Take([.. Enumerable.Range(5000 * i, 5000)])))
            .Aggregate((left, right) => left.Merge(right));
        ShouldBeEqual(Summaries(merged), Summaries(PartProfile.Of(table)));

        var profiles = Summaries(merged);
        profiles.ShouldAllBe(profile =>
            !profile.DistinctIsExact && Math.Abs(profile.Distinct - 30_000) < 900);
        Array.Sort(values);
        foreach (var (quantile, p) in profiles[0].Quantiles!.Zip([0.05, 0.25, 0.5, 0.75, 0.95]))
        {
            var exact = Mlops.Data.Statistics.Quantile.Type7(values, p);
            quantile.ShouldBe(exact, 0.004 * Math.Abs(exact));
        }
    }

    /// <summary>The estimate of these 17,379 numbers alone is 17,409.</summary>
    [Fact]
    public void NoMoreValuesAreDifferentThanThereAre()
    {
        var profile = Summaries(PartProfile.Of(Drift.Tables.Of(("id", new WholeValues(
            ColumnType.Integer, [.. Enumerable.Range(1, 17_379).Select(i => (long)i)])))))[0];
        profile.DistinctIsExact.ShouldBeFalse();
        profile.Distinct.ShouldBe(17_379);
    }

    /// <summary>
    /// The stated error is 0.8 %; ten sketches are to keep to it on average, also where estimators change.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(12_000)]
    [InlineData(40_000)]
    [InlineData(200_000)]
    [InlineData(12_000, 4)]
    public void DistinctValuesAreEstimatedWithinTheStatedError(int count, int halvings = 0)
    {
        var errors = Enumerable.Range(0, 10).Select(i => DistinctSketch
            .Of(
                Enumerable.Range(0, count).Select(value => 1_000_000L * i + value),
                new SketchLimits(halvings))
            .Estimate() / Math.Max(1.0, count) - (count == 0 ? 0 : 1));
        Math.Sqrt(errors.Average(error => error * error))
            .ShouldBeLessThan(0.012 * Math.Pow(2, halvings / 2.0));
    }

    [Fact]
    public void AFrequentValueIsFoundAmongManyRareOnes()
    {
        var values = Enumerable.Range(0, 40_000).Select(i => i % 2 == 0 ? 0L : i).ToArray();
        var profile = Summaries(
            PartProfile.Of(Drift.Tables.Of(("n", new WholeValues(ColumnType.Integer, values)))))[0];
        profile.Top.ShouldHaveSingleItem().Value.ShouldBe("0");
        profile.Top[0].Count.ShouldBeInRange(20_000 - 40_000 / ColumnSketch.MaxHeavy, 20_000);
    }

    [Fact]
    public void ASmallColumnIsDescribedExactly()
    {
        var profile = Summaries(PartProfile.Of(Drift.Tables.Of(
            ("x", new RealValues([1, 2, 2, 5, double.NaN, -0.0, 0.0, double.PositiveInfinity])))))[0];
        profile.Count.ShouldBe(7);
        profile.Missing.ShouldBe(1);
        profile.Distinct.ShouldBe(5);
        profile.Min.ShouldBe(0);
        profile.Max.ShouldBe(5);
        profile.Mean!.Value.ShouldBe(10.0 / 6, 1e-15);
        profile.Quantiles![2].ShouldBe(1.5);
        profile.Top[0].ShouldBe(new ValueCount("0", 2));
        profile.Histogram!.Sum().ShouldBe(6);
    }

    [Fact]
    public void AProfileReadsBackFromItsBytes() => RandomTables.Table.Sample(table =>
    {
        var profile = PartProfile.Of(table);
        var bytes = ProfileFile.Write(profile);
        var read = ProfileFile.Read(bytes);
        ProfileFile.Write(read).ShouldBe(bytes);
        ShouldBeEqual(Summaries(read), Summaries(profile));
    }, iter: 100, threads: 1);

    [Fact]
    public void OrderedBitsKeepTheOrder() => Gen.Select(Gen.Double, Gen.Double).Sample((left, right) =>
    {
        QuantileSketch.FromOrderedBits(QuantileSketch.OrderedBits(left)).ShouldBe(left);
        if (left < right)
            QuantileSketch.OrderedBits(left).ShouldBeLessThan(QuantileSketch.OrderedBits(right));
    });

    static List<ColumnProfile> Summaries(PartProfile profile) =>
        [.. profile.Columns.Select(ProfileSummary.Of)];

    static void ShouldBeEqual(List<ColumnProfile> actual, List<ColumnProfile> expected)
    {
        actual.Count.ShouldBe(expected.Count);
        foreach (var (one, other) in actual.Zip(expected))
        {
            Exact(one).ShouldBe(Exact(other));
            one.Top.ShouldBe(other.Top);
            one.Quantiles.ShouldBe(other.Quantiles);
            one.Histogram.ShouldBe(other.Histogram);
            Close(one.Mean, other.Mean, one);
            Close(one.StandardDeviation, other.StandardDeviation, one);
        }

        static object Exact(ColumnProfile p) =>
            (p.Name, p.Type, p.Count, p.Missing, p.Distinct, p.DistinctIsExact, p.Min, p.Max);
    }

    /// <summary>Within rounding of the largest value: adding in another order moves the last bits.</summary>
    static void Close(double? actual, double? expected, ColumnProfile profile)
    {
        actual.HasValue.ShouldBe(expected.HasValue);
        if (actual is not { } one || expected is not { } other
            || !double.IsFinite(one) || !double.IsFinite(other))
            return;
        Math.Abs(one - other).ShouldBeLessThanOrEqualTo(
            1e-9 * Math.Max(Math.Abs(profile.Min!.Value), Math.Abs(profile.Max!.Value)));
    }
}
