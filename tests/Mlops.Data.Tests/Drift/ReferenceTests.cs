using System.Text.Json;
using Mlops.Data.Drift;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Drift;

/// <summary>Selectable statistics, and references that are stored without rows.</summary>
public sealed class ReferenceTests
{
    static readonly string[] Names = ["x", "plan", "count"];

    static Table Sample(ulong seed, int rows, double mean, double trial) => Tables.Of(
        Tables.Normal("x", seed, rows, mean), Tables.Text("plan", "paid", "trial", rows, trial),
        ("count", new WholeValues(ColumnType.Integer,
            [.. new Draws(seed + 9).Normals(rows, mean).Select(x => (long)Math.Floor(3 * x))])));

    [Fact]
    public void AStoredReferenceJudgesAsTheRowsDo()
    {
        var (before, after) = (Sample(1, 20_000, 0, 0.1), Sample(2, 5000, 0.4, 0.3));
        var json = JsonSerializer.SerializeToUtf8Bytes(
            DriftReference.Of(before, Names), DataJson.Default.DriftReference);
        var stored = JsonSerializer.Deserialize(json, DataJson.Default.DriftReference)!;

        var byRows = DriftComparison.Compare(before, after, new DriftThresholds(), Names);
        var byProfile = DriftComparison.Compare(stored, after, new DriftThresholds(), Names);

        json.Length.ShouldBeLessThan(60_000);
        byProfile.Columns.Select(column => (column.Column, column.Verdict))
            .ShouldBe(byRows.Columns.Select(column => (column.Column, column.Verdict)));
        foreach (var (rows, profile) in byRows.Columns.Zip(byProfile.Columns))
        {
            profile.Bins.ShouldBe(rows.Bins);
            profile.Distance.ShouldBe(rows.Distance);
            profile.NewValues.ShouldBe(rows.NewValues);
            profile.ReferenceMean.ShouldBe(rows.ReferenceMean);
            // Of 500 steps: too small by less than a 499th, and never too large.
            profile.Statistic!.Value.ShouldBeInRange(rows.Statistic!.Value - 1.0 / 499, rows.Statistic.Value);
        }
    }

    [Fact]
    public void ManyLevelsAreStoredByTheMostFrequentOnes()
    {
        string[] levels = [.. Enumerable.Range(0, 3000).Select(i => $"l{i:0000}")];
        var before = Tables.Of(("id", new TextValues(
            [.. Enumerable.Range(0, 9000).Select(i => i < 6000 ? i % 100 : i - 6000)], levels)));
        var stored = DriftReference.Of(before, ["id"]);

        stored.Columns[0].Levels!.Names.Count.ShouldBe(1000);
        stored.Columns[0].Levels!.OtherLevels.ShouldBe(2000);
        var column = DriftComparison.Compare(stored, before, new DriftThresholds(), ["id"]).Columns[0];
        column.Distance.ShouldBe(0);
        column.NewValues.ShouldBe(["2,000 rows of levels outside the 1,000 most frequent ones"]);
    }

    [Theory]
    [InlineData(DriftStatistic.Psi)]
    [InlineData(DriftStatistic.TotalVariation)]
    [InlineData(DriftStatistic.LargestShare)]
    [InlineData(DriftStatistic.Hellinger)]
    [InlineData(DriftStatistic.Wasserstein)]
    [InlineData(DriftStatistic.KolmogorovSmirnov)]
    public void EveryStatisticFindsAMoveOfATenthMoreThanAHalfAndNotATenth(DriftStatistic statistic)
    {
        Judge(0.6).Verdict.ShouldBe(DriftVerdict.Drift);
        Judge(0.35).Verdict.ShouldBe(DriftVerdict.Warning);
        Judge(0.1).Verdict.ShouldBe(DriftVerdict.None);

        ColumnDrift Judge(double shift)
        {
            var (warn, drift) = StatisticFacts.Defaults(statistic);
            return DriftComparison.Compare(
                Tables.Of(Tables.Normal("x", 1, 20_000, 0)), Tables.Of(Tables.Normal("x", 2, 20_000, shift)),
                new DriftThresholds(warn, drift, Statistic: statistic), ["x"]).Columns[0];
        }
    }

    [Fact]
    public void AColumnMayGoByThresholdsOfItsOwn()
    {
        var thresholds = new DriftThresholds(
            Columns: [new ColumnThresholds("x", DriftStatistic.Wasserstein, 0.01, 0.02)]);
        var result = DriftComparison.Compare(
            Sample(1, 20_000, 0, 0.1), Sample(2, 20_000, 0.1, 0.1), thresholds, Names);

        var x = result.Columns.Single(column => column.Column == "x");
        x.Verdict.ShouldBe(DriftVerdict.Drift);
        x.By!.Statistic.ShouldBe(DriftStatistic.Wasserstein);
        x.Value!.Value.ShouldBe(0.1, 0.03);
        result.Columns.Where(column => column.Column != "x")
            .ShouldAllBe(column => column.Verdict == DriftVerdict.None);
    }

    [Fact]
    public void TextGoesByJensenShannonWhereTheStatisticIsOfNumbers()
    {
        var result = DriftComparison.Compare(
            Sample(1, 2000, 0, 0.1), Sample(2, 2000, 0, 0.5),
            new DriftThresholds(0.25, 0.5, Statistic: DriftStatistic.Wasserstein), ["x", "plan"]);

        result.Columns[0].Column.ShouldBe("plan");
        result.Columns[0].By!.ShouldBe(new ColumnThresholds("plan", DriftStatistic.JensenShannon, 0.1, 0.2));
        Should.Throw<ProblemException>(() => DriftComparison.Compare(
                Sample(1, 99, 0, 0.1), Sample(2, 99, 0, 0.5),
                new DriftThresholds(Columns: [new("plan", DriftStatistic.Wasserstein, 0.1, 0.2)]), ["plan"]))
            .Problems.Single().Id.ShouldBe("DRIFT-003");
    }

    [Theory]
    [InlineData(DriftEvidence.ChiSquare, "chi-square")]
    [InlineData(DriftEvidence.AndersonDarling, "Anderson–Darling")]
    [InlineData(DriftEvidence.KolmogorovSmirnov, "Kolmogorov–Smirnov")]
    public void EvidenceMayBeChosen(DriftEvidence evidence, string test) => DriftComparison.Compare(
            Sample(1, 500, 0, 0.1), Sample(2, 500, 1, 0.1),
            new DriftThresholds(Evidence: evidence), ["x", "count"])
        .Columns.ShouldAllBe(column => column.Test == test && column.Verdict == DriftVerdict.Drift);

    [Fact]
    public void AStricterCorrectionAdjustsMore()
    {
        var (before, after) = (Sample(1, 400, 0, 0.1), Sample(2, 400, 0.25, 0.14));
        double[] Adjusted(Correction correction) => [.. DriftComparison.Compare(
                before, after, new DriftThresholds(Correction: correction), Names)
            .Columns.OrderBy(column => column.Column, StringComparer.Ordinal)
            .Select(column => column.AdjustedP!.Value)];

        foreach (var (none, bh, holm, bonferroni) in Adjusted(Correction.None)
            .Zip(Adjusted(Correction.BenjaminiHochberg))
            .Zip(Adjusted(Correction.Holm), (pair, third) => (pair.First, pair.Second, third))
            .Zip(Adjusted(Correction.Bonferroni),
                (three, fourth) => (three.First, three.Second, three.third, fourth)))
        {
            none.ShouldBeLessThanOrEqualTo(bh);
            bh.ShouldBeLessThanOrEqualTo(holm);
            holm.ShouldBeLessThanOrEqualTo(bonferroni);
        }
    }

    [Fact]
    public void WhatTheModelIsAboutDecidesFirst()
    {
        var (before, after) = (Sample(1, 2000, 0, 0.1), Sample(2, 2000, 0, 0.5));

        DriftResult Judge(DriftRoles roles) =>
            DriftComparison.Compare(before, after, new DriftThresholds(), Names, roles);

        Judge(new DriftRoles()).Verdict.ShouldBe(DriftVerdict.Warning);
        Judge(new DriftRoles(Label: "plan")).DecidedBy.ShouldStartWith("the label drifted; 1 of 3 columns");
        Judge(new DriftRoles(Prediction: "plan")).DecidedBy.ShouldStartWith("the prediction drifted; ");
        var important = Judge(new DriftRoles(
            Importance: new Dictionary<string, double> { ["plan"] = 3, ["x"] = 1, ["count"] = -9 }));
        important.Verdict.ShouldBe(DriftVerdict.Drift);
        important.DriftedImportance.ShouldBe(0.75);
        important.DecidedBy.ShouldStartWith(
            "columns with 75 % of the model's feature importance drifted, at least 50 %; "
            + "1 of 3 columns drifted");
    }

    [Fact]
    public void EachColumnSaysWhatItCouldShow()
    {
        var result = DriftComparison.Compare(
            Sample(1, 100, 0, 0.1), Sample(2, 100, 0, 0.1), new DriftThresholds(), Names);

        result.Columns.Single(column => column.Column == "x").Shows
            .ShouldBe("a shift of about 0.89 standard deviations");
        result.Columns.Single(column => column.Column == "plan").Shows
            .ShouldBe("a level's share moving by about 24 points");
        result.Columns.ShouldAllBe(column => column.PsiNull95 > column.PsiNullMean);
    }
}
