using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>Statistics at exactly their bounds, and of numbers that no double can add up.</summary>
public sealed class ExactStatisticTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    /// <summary>1 / 49 · 49 is less than 1 in doubles; so is a sum that is made of the mean.</summary>
    [Fact]
    public async Task ASumMeetsItsBoundToTheDigit()
    {
        var ones = Enumerable.Range(0, 49).Select(row => row == 0 ? 1L : 0).ToArray();
        foreach (var values in new ColumnValues[]
        {
            new WholeValues(ColumnType.Integer, ones),
            new RealValues(Array.ConvertAll(ones, one => (double)one)),
            new WholeValues(ColumnType.Decimal, Array.ConvertAll(ones, one => one * 100), 2),
        })
            (await Of(values, "sum", new Bounds(1, 1))).Status.ShouldBe(CheckStatus.Pass);
        for (var rows = 2; rows < 130; rows++)
        {
            long?[] numbers = [.. Enumerable.Range(0, rows).Select(row => (long?)(row * row % 7))];
            var sum = numbers.Sum()!.Value;
            (await Of(Integers(numbers), "sum", new Bounds(sum, sum))).Status
                .ShouldBe(CheckStatus.Pass, $"{rows} rows");
        }
    }

    [Fact]
    public async Task ASumOfManyDifferentWholeNumbersIsWhole()
    {
        var numbers = Enumerable.Range(0, 20_011).Select(row => row * 7L).ToArray();
        var sum = numbers.Sum();
        (await Of(new WholeValues(ColumnType.Integer, numbers), "sum", new Bounds(sum, sum))).Status
            .ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task AMeanOfEqualNumbersIsThatNumber()
    {
        for (var rows = 1; rows < 60; rows++)
            (await Of(Reals([.. Enumerable.Repeat((double?)0.1, rows)]), "mean", new Bounds(0.1, 0.1))).Status
                .ShouldBe(CheckStatus.Pass, $"{rows} rows");
        (await Of(new WholeValues(ColumnType.Decimal, [1, 2, 3], 1), "mean", new Bounds(0.2, 0.2))).Status
            .ShouldBe(CheckStatus.Pass);
    }

    /// <summary>0.29 · 100 is 28.999999999999996 in doubles.</summary>
    [Fact]
    public async Task AQuantileThatStandsAtAValueIsThatValue()
    {
        var table = Table(("x", Integers([.. Enumerable.Range(0, 101).Select(row => (long?)row)])));
        for (var at = 0; at <= 100; at++)
            (await datasets.Outcome(
                table,
                new ColumnRule(
                    "x", Statistics: [new StatisticRule("quantile", new Bounds(at, at), at / 100.0)]),
                FormattableString.Invariant($"quantile-{at / 100.0}:x"))).Status
                .ShouldBe(CheckStatus.Pass, $"{at} %");
    }

    [Fact]
    public async Task AStatisticBesideItsBoundIsToldToAllDigits() =>
        (await Of(Reals(0.9999999, 0.9999999), "mean", new Bounds(1))).Observed.ShouldBe("it is 0.9999999");

    /// <summary>Not a number lies in no bounds, and outside of none.</summary>
    [Fact]
    public async Task WhatCannotBeWorkedOutIsNoPass()
    {
        var huge = Reals(1e308, 1e308, 1e308, -1e308, 1e307);
        (await Of(huge, "mean", new Bounds(0))).Observed.ShouldBe("it is 4.2E+307");
        foreach (var name in new[] { "sd", "sum" })
        {
            var outcome = await Of(huge, name, new Bounds(0));
            outcome.Status.ShouldBe(CheckStatus.NotRun);
            outcome.Observed.ShouldBe("its numbers are too large to work it out");
        }
        var outliers = await datasets.Outcome(
            Table(("x", Reals(1e200, 2e200, 3e200, 4e200))), new ColumnRule("x", OutliersSd: 0.1),
            "outliers-sd:x");
        outliers.Status.ShouldBe(CheckStatus.NotRun);
        outliers.Observed.ShouldBe("its numbers are too large to be squared");
        (await Of(Reals(5), "sd", new Bounds(0))).Observed.ShouldBe("there are fewer than two numbers");
    }

    [Fact]
    public async Task AProfileSaysNothingOfWhatItCannotTell()
    {
        var (_, details) = await datasets.Validate(
            await datasets.Write(Table(("x", Reals(1e308, -1e308, 1e308, -1e308)))), Datasets.Rules());
        var profile = details.Profile[0];
        profile.Mean.ShouldBe(0);
        profile.StandardDeviation.ShouldBeNull();
        profile.Quantiles![2].ShouldBe(0);
    }

    Task<CheckOutcome> Of(ColumnValues values, string name, Bounds bounds) => datasets.Outcome(
        new Table(
            new TableSchema([values is WholeValues { Type: ColumnType.Decimal, Scale: var scale }
                ? new Column("x", values.Type, 18, scale)
                : new Column("x", values.Type)]),
            [values]),
        new ColumnRule("x", Statistics: [new StatisticRule(name, bounds)]), $"{name}:x");
}
