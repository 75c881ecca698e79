using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Tests.Validation;

public sealed class ValidateStageTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task ADatasetThatKeepsItsRulesIsAccepted()
    {
        var (result, details) = await Validate(Datasets.Rules(
            new ColumnRule("price", Type: ColumnType.Real, MissingMaxShare: 0.5, Min: 0, Max: 10),
            new ColumnRule("plan", Set: ["paid", "trial"], Pattern: "[a-z]+")));
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.ShouldBeEmpty();
        result.CheckCount.ShouldBe(details.Checks.Count);
        details.Checks.Select(check => check.Id).ShouldBe(
            ["row-count", "constant-columns", "type:price", "missing:price",
                "range:price", "set:plan", "pattern:plan"]);
        details.Checks.ShouldAllBe(check => check.Status == CheckStatus.Pass);
        details.Profile.Select(column => column.Name).ShouldBe(["price", "plan"]);
    }

    [Fact]
    public async Task ABrokenRangeRejectsAndNamesTheRowOfTheDataset()
    {
        var (result, details) = await Validate(Datasets.Rules(new ColumnRule("price", Min: 0, Max: 5)));
        result.Judgement.Accepted.ShouldBeFalse();
        result.ErrorCount.ShouldBe(1);
        var range = Check(details, "range:price");
        range.RowsTested.ShouldBe(5);
        range.RowsFailing.ShouldBe(2);
        range.Samples.ShouldBe([new CheckSample(3, "6"), new CheckSample(5, "8")]);
        result.Judgement.Findings.ShouldHaveSingleItem().ShouldBe(
            "failed: price lies in [0, 5] (range:price): 2 of 5 values fail (40 %); "
            + "first in row 3 (from 0): '6'");
    }

    [Fact]
    public async Task AFindingQuotesTheBeginningOfALongValueAndTheSamplesAllOfIt()
    {
        const string sign = "👩‍👩‍👧";
        var (word, signs) = (new string('L', 5_000), string.Concat(Enumerable.Repeat(sign, 400)));
        // 400 units of UTF-16 hold fifty such signs, the last of which may go on.
        foreach (var (value, begin) in new[] { (word, word[..100]), (signs, signs[..(49 * sign.Length)]) })
        {
            var parts = await datasets.Write(Columns.Table(("plan", Columns.Texts(value, "b"))));
            var (result, details) = await datasets.Validate(
                parts, Datasets.Rules(new ColumnRule("plan", MaxLength: 10)));
            var finding = result.Judgement.Findings.ShouldHaveSingleItem();
            finding.ShouldEndWith($"; first in row 0 (from 0): '{begin}…'");
            Check(details, "length:plan").Samples.ShouldHaveSingleItem().Value.ShouldBe(value);
        }
    }

    [Fact]
    public async Task ARuleThatToleratesACountSaysOfWhat()
    {
        var (_, details) = await Validate(
            Datasets.Rules(new ColumnRule("price", Min: 0, Max: 5, FailAboveRows: 2)));
        Check(details, "range:price").Sentence.ShouldBe(
            "price lies in [0, 5], but for at most 2 values");
    }

    [Fact]
    public async Task ManyPartsAreJudgedAsOneTableIs()
    {
        var whole = Drift.Tables.Of(
            ("id", new WholeValues(
                ColumnType.Integer, [.. Enumerable.Range(0, 300).Select(i => (long)(i == 250 ? 20 : i))])),
            ("price", new RealValues([.. Enumerable.Range(0, 300)
                .Select(i => i % 70 == 0 ? double.NaN : i / 4.0)])));
        var parts = await datasets.Write([.. Enumerable.Range(0, 100)
            .Select(i => whole.Take([3 * i, 3 * i + 1, 3 * i + 2]))]);
        var roles = await datasets.WriteBytes([.. Enumerable.Range(0, 300)
            .Select(i => (byte)(i % 4 == 0 ? RowRole.Holdout : RowRole.Train))]);
        var rules = new ValidationRules(
            ["id"], 1, null, Severity.Warn,
            [new ColumnRule("price", Min: 10, Max: 60, FailAbove: 0.01), new ColumnRule("id", Unique: true)]);

        var (_, many) = await datasets.Validate(parts, rules, roles);
        var (_, one) = await datasets.Validate(await datasets.Write(whole), rules, roles);

        parts.Groups().Count.ShouldBeLessThan(30);
        JsonSerializer.Serialize(many.Checks, JsonSerializerOptions.Web)
            .ShouldBe(JsonSerializer.Serialize(one.Checks, JsonSerializerOptions.Web));
        many.Profile[1].Quantiles.ShouldBe(one.Profile[1].Quantiles);
        many.Profile[1].Mean!.Value.ShouldBe(one.Profile[1].Mean!.Value, 1e-9);
    }

    [Fact]
    public async Task AWarningIsAFindingButAccepted()
    {
        var (result, _) = await Validate(Datasets.Rules(new ColumnRule("price", Severity.Warn, Max: 5)));
        result.Judgement.Accepted.ShouldBeTrue();
        result.WarningCount.ShouldBe(1);
        result.Judgement.Findings.ShouldHaveSingleItem().ShouldStartWith("warning: price is at most 5");
    }

    [Theory]
    [InlineData(0.4, CheckStatus.Pass)]
    [InlineData(0.39, CheckStatus.Fail)]
    public async Task ATolerance(double failAbove, CheckStatus expected)
    {
        var (_, details) = await Validate(
            Datasets.Rules(new ColumnRule("price", Max: 5, FailAbove: failAbove)));
        Check(details, "range:price").Status.ShouldBe(expected);
    }

    [Fact]
    public async Task MissingCellsCountAgainstTheirShareAlone()
    {
        var (_, details) = await Validate(Datasets.Rules(new ColumnRule("price", MissingMaxShare: 0.1)));
        var missing = Check(details, "missing:price");
        missing.Status.ShouldBe(CheckStatus.Fail);
        missing.Observed.ShouldBe("missing in 1 of 6 rows (16.67 %)");
    }

    [Fact]
    public async Task SetAndPatternNameTheirSamples()
    {
        var (_, details) = await Validate(
            Datasets.Rules(new ColumnRule("plan", Set: ["paid"], Pattern: "pa.d|t")));
        Check(details, "set:plan").Samples[0].Value.ShouldBe("trial");
        Check(details, "pattern:plan").RowsFailing.ShouldBe(3);
    }

    [Fact]
    public async Task TextWhereNumbersWereAskedForSaysWhichValuesDoNotRead()
    {
        var table = Drift.Tables.Of(("n", new TextValues([0, 1, 2], ["1", "2.5", "x"])));
        var (result, details) = await datasets.Validate(
            await datasets.Write(table), Datasets.Rules(new ColumnRule("n", Type: ColumnType.Real, Min: 0)));
        Check(details, "type:n").Observed.ShouldBe("it is Text; 1 of 3 values do not read as Real");
        Check(details, "type:n").Samples.ShouldBe([new CheckSample(2, "x")]);
        Check(details, "range:n").Status.ShouldBe(CheckStatus.Fail);
        result.Judgement.Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task DuplicatesAreFoundOverAllParts()
    {
        var (result, details) = await Validate(
            Datasets.Rules(new ColumnRule("plan", Unique: true)) with { Key = ["plan", "price"] });
        Check(details, "unique:plan").RowsFailing.ShouldBe(4);
        Check(details, "unique:plan+price").Status.ShouldBe(CheckStatus.Pass);
        var incomplete = Check(details, "key-complete:plan+price");
        incomplete.Samples.ShouldBe([new CheckSample(2, "paid + (missing)")]);
        result.ErrorCount.ShouldBe(2);
    }

    [Fact]
    public async Task AHoldoutRowThatIsAlsoTrainedOnIsFound()
    {
        var table = Drift.Tables.Of(
            ("id", new WholeValues(ColumnType.Integer, [1, 2, 3, 4, 5])),
            ("x", new RealValues([0.5, 1, 0.5, double.NaN, double.NaN])),
            ("t", new TextValues([0, 1, 0, 1, 1], ["a", "b"])));
        var parts = await datasets.Write(table.Take([0, 1]), table.Take([2, 3, 4]));
        var assignment = await datasets.WriteBytes(
            [(byte)RowRole.Train, (byte)RowRole.Train, (byte)RowRole.Holdout,
                (byte)RowRole.Excluded, (byte)RowRole.Holdout]);
        var rules = Datasets.Rules() with { Key = ["id"], Overlap = Severity.Error };

        var overlap = Check((await datasets.Validate(parts, rules, assignment)).Details, "overlap");
        overlap.Status.ShouldBe(CheckStatus.Fail);
        overlap.RowsTested.ShouldBe(2);
        overlap.Samples.ShouldBe([new CheckSample(2, "3")]);
        var withKey = Check(
            (await datasets.Validate(parts, rules with { Key = [] }, assignment)).Details, "overlap");
        withKey.Status.ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task WhatCannotRunIsNoPass()
    {
        var (result, details) = await Validate(Datasets.Rules() with { Overlap = Severity.Error });
        var overlap = Check(details, "overlap");
        overlap.Status.ShouldBe(CheckStatus.NotRun);
        overlap.Observed.ShouldBe("the dataset is not split");
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.ShouldHaveSingleItem().ShouldStartWith("not run: ");
    }

    [Fact]
    public async Task AnEmptyDatasetIsRejectedNotAFault()
    {
        var table = Drift.Tables.Of(("x", new RealValues([])));
        var empty = new TableParts(table.Schema, []);
        var (result, details) = await datasets.Validate(
            empty, Datasets.Rules(
                new ColumnRule("x", MissingMaxShare: 0, Min: 0, Unique: true)) with
            { Key = ["x"] });
        result.Judgement.Accepted.ShouldBeFalse();
        result.ErrorCount.ShouldBe(1);
        details.Checks.Count(check => check.Status == CheckStatus.NotRun).ShouldBe(6);
    }

    [Fact]
    public async Task ConstantColumnsAreAWarning()
    {
        var table = Drift.Tables.Of(("x", new RealValues([1, 2])), ("same", new RealValues([7, 7])));
        var (result, details) = await datasets.Validate(await datasets.Write(table), Datasets.Rules());
        Check(details, "constant-columns").Observed.ShouldBe("constant or empty: 'same'");
        result.WarningCount.ShouldBe(1);
    }

    [Fact]
    public async Task ImpossibleRulesAreRefusedAllAtOnce()
    {
        var rules = Datasets.Rules(
            new ColumnRule("pric", Min: 0),
            new ColumnRule("price", Min: 2, Max: 1, FailAbove: 2),
            new ColumnRule("plan", Pattern: @"(a)\1"),
            new ColumnRule("plan", Pattern: ")(")) with
        { Key = ["plam"] };
        var problems = (await Should.ThrowAsync<ProblemException>(() => Validate(rules))).Problems;
        problems.Select(problem => problem.Id).ShouldBe(
            ["VALIDATE-001", "VALIDATE-001", "VALIDATE-002", "VALIDATE-002", "VALIDATE-003", "VALIDATE-003"]);
        problems[0].Next.ShouldBe("Did you mean 'plan'?");
    }

    /// <summary>
    /// A pattern that takes an engine with backtracking longer than the age of the universe.
    /// </summary>
    [Fact]
    public async Task ARegexBombIsLinear()
    {
        var table = Drift.Tables.Of(("t", new TextValues([0], [new string('a', 50_000) + "!"])));
        var (_, details) = await datasets.Validate(
            await datasets.Write(table), Datasets.Rules(new ColumnRule("t", Pattern: "(a+)+")));
        Check(details, "pattern:t").RowsFailing.ShouldBe(1);
    }

    [Fact]
    public async Task APatternThatWouldGrowTooLargeIsAProblem() =>
        (await Should.ThrowAsync<ProblemException>(
            () => Validate(Datasets.Rules(new ColumnRule("plan", Pattern: "((a{1000}){1000}){1000}")))))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("VALIDATE-003");

    [Fact]
    public async Task HowTheRowsAreCutIntoPartsChangesNoFinding()
    {
        var rules = Datasets.Rules(
            new ColumnRule("price", Min: 0, Max: 5), new ColumnRule("plan", Unique: true, Set: ["paid"])) with
        { Key = ["plan"] };
        var table = Prices();
        var whole = await datasets.Validate(await datasets.Write(table), rules);
        var cut = await datasets.Validate(
            await datasets.Write(table.Take([0]), table.Take([1, 2, 3]), table.Take([4, 5])), rules);
        JsonSerializer.Serialize(cut.Details.Checks, JsonSerializerOptions.Web)
            .ShouldBe(JsonSerializer.Serialize(whole.Details.Checks, JsonSerializerOptions.Web));
        cut.Result.Judgement.Findings.ShouldBe(whole.Result.Judgement.Findings);
    }

    Task<(DataValidation Result, ValidationDetails Details)> Validate(ValidationRules rules)
    {
        var table = Prices();
        return Run();

        async Task<(DataValidation, ValidationDetails)> Run() =>
            await datasets.Validate(
                await datasets.Write(table.Take([0, 1]), table.Take([2, 3, 4, 5])), rules);
    }

    static Table Prices() => Drift.Tables.Of(
        ("price", new RealValues([1, 2, double.NaN, 6, 4, 8])),
        ("plan", new TextValues([0, 0, 0, 1, 1, 1], ["paid", "trial"])));

    static CheckOutcome Check(ValidationDetails details, string id) =>
        details.Checks.Single(check => check.Id == id);
}
