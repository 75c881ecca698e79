using CsCheck;
using Microsoft.Data.Analysis;
using Mlops.Data.Splitting;
using Mlops.Data.Tests.Ingestion;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>Which rows checks take out, custom checks, and what a changed rule costs.</summary>
public sealed class ExclusionTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task RowsThatFailAnErrorAreTakenOutAndThoseThatFailAWarningAreNot()
    {
        var parts = await datasets.Write(Table(("x", Reals(1, -1, 2, 99)), ("t", Texts("a", "b", "c", "a"))));
        var roles = await datasets.WriteBytes([0, 0, 1, 1]);
        var rules = Datasets.Rules(
            new ColumnRule("x", Min: 0, FailAbove: 0.5), new ColumnRule("x", Severity.Warn, Max: 50),
            new ColumnRule("t", Unique: true, FailAboveRows: 1)) with
        { Redact = ["t"] };
        var (result, details) = await datasets.Validate(parts, rules, roles);
        (await File.ReadAllBytesAsync(
            datasets.Context.Locate(result.Assignment!), TestContext.Current.CancellationToken))
            .ShouldBe([(byte)RowRole.Train, (byte)RowRole.Excluded,
                (byte)RowRole.Holdout, (byte)RowRole.Excluded]);
        result.RowsTakenOut.ShouldBe(2);
        result.TakenOut!.Select(taken => (taken.Check, taken.Column))
            .ShouldBe([("range:x", "x"), ("unique:t", "t")]);
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings[^1].ShouldBe("taken out: 2 rows that failed 'range:x', 'unique:t'");
        details.Checks.Single(check => check.Id == "unique:t").Samples.ShouldBe([new CheckSample(3, "•••")]);
        details.Checks.Single(check => check.Id == "range:x#2").Samples.ShouldBe([new CheckSample(3, "99")]);
    }

    [Fact]
    public async Task WithoutFailingRowsTheSplitStaysTheSameArtifact()
    {
        var roles = await datasets.WriteBytes([0, 1]);
        var (result, _) = await datasets.Validate(
            await datasets.Write(Table(("x", Reals(1, 2)))),
            Datasets.Rules(new ColumnRule("x", Min: 0)), roles);
        result.Assignment.ShouldBe(roles);
        result.TakenOut.ShouldBeNull();
    }

    [Fact]
    public async Task NothingLeftToTrainOnIsRejected()
    {
        var (result, _) = await datasets.Validate(
            await datasets.Write(Table(("x", Reals(-1, -2, 3)))),
            Datasets.Rules(new ColumnRule("x", Min: 0, FailAbove: 1)), await datasets.WriteBytes([0, 0, 1]));
        result.Judgement.Accepted.ShouldBeFalse();
        result.Judgement.Findings[0]
            .ShouldBe("failed: the checks took out all rows of the training split or of the holdout");
    }

    [Theory]
    [InlineData(0.5, null, true)]
    [InlineData(0.49, null, false)]
    [InlineData(null, 1L, true)]
    [InlineData(null, 0L, false)]
    public async Task ALimitIsOfEachSource(double? share, long? count, bool accepted)
    {
        var input = new ValidateInput(
            await datasets.Write(Table(("x", Reals(1, 2, 3, 4, -1, 6)))), null,
            Datasets.Rules(new ColumnRule("x", Min: 0, FailAbove: 1)) with
            {
                Quarantine = new QuarantineLimit(share, count),
            },
            Sources: [new SourceCount("a.csv", 4), new SourceCount("b.csv", 2)]);
        var (result, details) = await datasets.Validate(input);
        result.Judgement.Accepted.ShouldBe(accepted);
        var limit = details.Checks.Single(check => check.Id == "quarantine");
        limit.Observed.ShouldBe(accepted ? "they take out 1 of 6" : "b.csv: 1 of 2 (50 %)");
    }

    /// <summary>
    /// Whatever the rows, the parts and the rules: what is taken out is what a plain loop says.
    /// </summary>
    [Fact]
    public async Task WhatIsTakenOutIsWhatAPlainLoopFinds() => await Gen.Select(
            Gen.Int[-5, 5].Array[1, 40], Gen.Int[0, 2].Array[40],
            Gen.Int[-5, 5], Gen.Int[0, 5], Gen.Bool, Gen.Int[1, 5])
        .SampleAsync(async (values, roles, min, forbidden, isUnique, partRows) =>
        {
            double?[] cells = [.. values.Select(value => value == -5 ? (double?)null : value)];
            var table = Table(("x", Reals(cells)), ("n", Integers([.. values.Select((_, i) => (long?)i)])));
            var parts = await datasets.Write([
                .. Enumerable.Range(0, (values.Length + partRows - 1) / partRows)
                    .Select(part => table.Take([.. Enumerable.Range(
                        part * partRows, Math.Min(partRows, values.Length - part * partRows))]))]);
            byte[] before = [.. roles.Take(values.Length).Select(role => (byte)role)];
            var (result, _) = await datasets.Validate(
                parts,
                Datasets.Rules(new ColumnRule(
                    "x", Min: min, Forbidden: [$"{forbidden}"], Unique: isUnique, FailAbove: 1)) with
                { Checks = [new TableRule(Rule: "x < 4 or n > 3", FailAbove: 1)] },
                await datasets.WriteBytes(before));

            var seen = new HashSet<double>();
            bool[] taken = [.. cells.Select((cell, row) => cell is { } value
                && ((isUnique && !seen.Add(value)) | value < min
                    | value == forbidden | !(value < 4 || row > 3)))];
            (await File.ReadAllBytesAsync(datasets.Context.Locate(result.Assignment!)))
                .ShouldBe([.. before.Select((role, row) => taken[row] ? (byte)RowRole.Excluded : role)]);
            result.RowsTakenOut.ShouldBe(taken.Count(each => each));
            result.TakenOut?.SelectMany(check => RowNumbers.Read(datasets.Context, check.Rows))
                .Distinct().Order()
                .ShouldBe(
                    Enumerable.Range(0, taken.Length).Where(row => taken[row]).Select(row => (long)row));
        }, iter: 30, threads: 1);

    [Fact]
    public async Task ACustomCheckSeesEachPartAndNamesItsRows()
    {
        var stage = ValidateStage.Create(new Dictionary<string, Func<DataFrame, CustomFinding>>
        {
            ["odd"] = part => new CustomFinding([.. Enumerable.Range(0, (int)part.Rows.Count)
                .Where(row => part["n"][row] is long number && number % 2 == 1).Select(row => (long)row)]),
            ["short"] = part =>
                part.Rows.Count < 2 ? new CustomFinding([], "a part has one row") : CustomFinding.None,
            ["wild"] = _ => new CustomFinding([7]),
            ["broken"] = _ => throw new InvalidOperationException("no luck"),
        });
        var parts = await datasets.Write(Table(("n", Integers(2, 3, 4))), Table(("n", Integers(5))));
        var code = Digest.Of("code"u8);
        Task<DataValidation> Run(string name) => datasets.Context.Call(stage, new ValidateInput(
            parts, null, Datasets.Rules() with { Checks = [new TableRule(Custom: name)] },
            Custom: [new CustomCheckIdentity(name, code)]));

        (await Run("odd")).TakenOut!.Single().Rows.ShouldBe(await RowNumbers.Write(datasets.Context, [1, 3]));
        (await Run("short")).Judgement.Findings.ShouldHaveSingleItem().ShouldContain("a part has one row");
        (await Should.ThrowAsync<ProblemException>(() => Run("wild"))).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("VALIDATE-009");
        (await Should.ThrowAsync<ProblemException>(() => Run("broken"))).Problems
            .ShouldHaveSingleItem().Actual!.ShouldContain("no luck");
        (await Should.ThrowAsync<ProblemException>(() => Run("ood"))).Problems
            .ShouldHaveSingleItem().Next.ShouldBe("Did you mean 'odd'?");
    }

    [Fact]
    public async Task AChangedRuleTestsItsColumnAloneAndANewToleranceNoRowAtAll()
    {
        var context = new RememberingContext(datasets.Context);
        var parts = await datasets.Write(
            Table(("a", Reals(1, 2)), ("b", Reals(3, 4))), Table(("a", Reals(5, 6)), ("b", Reals(7, 8))));
        async Task<int> Checked(params ColumnRule[] rules)
        {
            context.Ran.Clear();
            await context.Call(ValidateStage.Value, new ValidateInput(parts, null, Datasets.Rules(rules)));
            return context.Ran.Count(stage => stage == "Validate.CheckParts");
        }

        (await Checked(new ColumnRule("a", Min: 0), new ColumnRule("b", Min: 0))).ShouldBe(4);
        (await Checked(new ColumnRule("a", Min: 0), new ColumnRule("b", Min: 1))).ShouldBe(2);
        (await Checked(new ColumnRule("a", Severity.Warn, Min: 0, FailAbove: 0.5),
            new ColumnRule("b", Min: 1))).ShouldBe(0);
    }
}
