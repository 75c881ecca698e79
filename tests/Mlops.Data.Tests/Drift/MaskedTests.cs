using System.Text.Json;
using CsCheck;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Drift;

/// <summary>Columns whose values nobody is shown: what is measured of them, and what is not said.</summary>
public sealed class MaskedTests
{
    static readonly string[] Names = ["x", "plan"];
    static readonly string[] Fifty = [.. Enumerable.Range(0, 50).Select(i => $"person-{i}")];

    static Table Sample(ulong seed, int rows, double mean, double trial) => Tables.Of(
        Tables.Normal("x", seed, rows, mean), Tables.Text("plan", "paid", "trial", rows, trial));

    static DriftReference Stored(Table table) => JsonSerializer.Deserialize(
        JsonSerializer.SerializeToUtf8Bytes(
            DriftReference.Of(table, Names, Names), DataJson.Default.DriftReference),
        DataJson.Default.DriftReference)!;

    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(-1.0, 0.02)]
    public void AMoveIsFoundByGroupsAsByValues(double mean, double trial)
    {
        var (before, after) = (Sample(1, 20_000, 0, 0.1), Sample(2, 5000, mean, trial));

        var byGroups = DriftComparison.Compare(Stored(before), after, new DriftThresholds(), Names);
        var byValues = DriftComparison.Compare(before, after, new DriftThresholds(), Names);

        byGroups.Columns.Select(column => (column.Column, column.Verdict))
            .ShouldBe(byValues.Columns.Select(column => (column.Column, column.Verdict)), ignoreOrder: true);
        byGroups.Columns.ShouldAllBe(column => column.Verdict >= DriftVerdict.Warning);
        byGroups.Columns.Single(column => column.Column == "x").Largest!.ShouldStartWith("x in group ");
        byGroups.Columns.Single(column => column.Column == "plan").Largest!.ShouldStartWith("plan in group ");
    }

    [Fact]
    public void RowsOfOneDistributionDoNotDriftByGroups() =>
        Gen.Select(Gen.ULong[1, 1_000_000], Gen.Int[200, 3000], Gen.Int[200, 3000]).Sample(
            (seed, n, m) => DriftComparison.Compare(
                Stored(Sample(seed, n, 5, 0.2)), Sample(seed + 1, m, 5, 0.2), new DriftThresholds(), Names)
                .Columns.All(column => column.Verdict != DriftVerdict.Drift),
            iter: 100, seed: "0000000000001");

    [Fact]
    public void StoredGroupsHoldNoTextAndNoNumberOfTheColumn() =>
        Gen.Double[1e-3, 1e6].Array[20, 200].Sample(drawn =>
        {
            // Edges are round, so a number that is round itself may be one by chance.
            double[] numbers = [.. drawn.Select(number => Math.Floor(number) + 0.123457)];
            var table = Tables.Of(
                ("x", new RealValues(numbers)),
                ("plan", new TextValues([.. numbers.Select((_, i) => i % Fifty.Length)], Fifty)));
            var stored = Stored(table);
            var json = JsonSerializer.Serialize(stored, DataJson.Default.DriftReference);
            json.ShouldNotContain("person");
            stored.Find("x")!.Masked!.Edges!.Intersect(numbers).ShouldBeEmpty();
            stored.Find("x")!.Masked!.Counts.ShouldAllBe(rows => rows >= 10);
            stored.Find("x")!.Masked!.Counts.Sum().ShouldBe(numbers.Length);
            stored.Find("plan")!.Masked!.Counts.Count.ShouldBe(16);
        }, iter: 200);

    [Fact]
    public void BetweenWindowsTheValuesAreMeasuredAndNotNamed()
    {
        var (before, after) = (Sample(1, 2000, 0, 0.1), Sample(2, 2000, 1, 0.4));

        var open = DriftComparison.Compare(before, after, new DriftThresholds(), Names);
        var masked = DriftComparison.Compare(before, after, new DriftThresholds(), Names, null, Names);

        foreach (var (named, unnamed) in open.Columns.Zip(masked.Columns))
        {
            unnamed.Distance.ShouldBe(named.Distance);
            unnamed.P.ShouldBe(named.P);
            unnamed.Verdict.ShouldBe(named.Verdict);
            unnamed.ReferenceMean.ShouldBeNull();
            unnamed.Bins.Select(bin => bin.Reference).ShouldBe(named.Bins.Select(bin => bin.Reference));
        }
        var said = JsonSerializer.Serialize(masked, DataJson.Default.DriftResult);
        said.ShouldNotContain("trial");
        said.ShouldNotContain("paid");
        foreach (var label in open.Columns.SelectMany(column => column.Bins).Select(bin => bin.Label))
            said.ShouldNotContain(JsonEncodedText.Encode(label).ToString());
    }

    [Fact]
    public void WhatGroupsCannotMeasureIsRefused()
    {
        var thresholds = new DriftThresholds(
            Columns: [new ColumnThresholds("x", DriftStatistic.Wasserstein, 0.25, 0.5)]);
        var table = Sample(1, 500, 0, 0.1);

        Should.Throw<ProblemException>(
                () => DriftComparison.Compare(Stored(table), table, thresholds, Names))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("DRIFT-003");
        DriftComparison.Compare(
                Stored(table), Sample(3, 500, 2, 0.1),
                new DriftThresholds(Statistic: DriftStatistic.Wasserstein), Names)
            .Columns.Single(column => column.Column == "x").Verdict.ShouldBe(DriftVerdict.Drift);
    }
}
