using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;
using static Mlops.Data.Tests.Validation.Columns;
using static Mlops.Data.Tests.Validation.Datasets;

namespace Mlops.Data.Tests.Validation;

/// <summary>Checks of each value of a column, by hand.</summary>
public sealed class ColumnCheckTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Theory]
    [InlineData(0.0, null, 5L, 0L)]
    [InlineData(null, 0.0, 5L, 1L)]
    public async Task ABoundCountsUnlessItIsExcluded(double? min, double? above, long tested, long failing)
    {
        var outcome = await Of(
            Table(("x", Reals(0, 1, 2, 3, 4, null))), new ColumnRule("x", Min: min, Above: above), "range:x");
        (outcome.RowsTested, outcome.RowsFailing).ShouldBe((tested, failing));
        outcome.Sentence.ShouldBe(above is null ? "x is at least 0" : "x is above 0");
    }

    [Fact]
    public async Task AnIntervalSaysWhichEndsBelongToIt()
    {
        var outcome = await Of(
            Table(("x", Reals(0, 10, 5))), new ColumnRule("x", Above: 0, Max: 10), "range:x");
        outcome.Sentence.ShouldBe("x lies in (0, 10]");
        outcome.Samples.ShouldBe([new CheckSample(0, "0")]);
        (await Of(Table(("x", Reals(0, 10, 5))), new ColumnRule("x", Min: 0, Below: 10), "range:x"))
            .Samples.ShouldBe([new CheckSample(1, "10")]);
    }

    /// <summary>The nearest of single precision to 0.1 is more than it, to 0.7 less.</summary>
    [Fact]
    public async Task BoundsOfAColumnOfSinglePrecisionAreOfIt()
    {
        var table = Table(("x", new RealValues([0.7f, 0.1f], ColumnType.Float)));
        (await Of(table, new ColumnRule("x", Min: 0.1, Max: 0.7), "range:x")).RowsFailing.ShouldBe(0);
        (await Of(table, new ColumnRule("x", Max: 0.1), "range:x")).RowsFailing.ShouldBe(1);
        (await Of(table, new ColumnRule("x", Min: 0.7), "range:x")).RowsFailing.ShouldBe(1);
        (await Of(table, new ColumnRule("x", Above: 0.1, Below: 0.7), "range:x")).RowsFailing.ShouldBe(2);
    }

    [Fact]
    public async Task InfiniteNumbersAreOutOfRangeAndMissingOnesAreNot()
    {
        var outcome = await Of(
            Table(("x", Reals(1, double.PositiveInfinity, double.NegativeInfinity, null))),
            new ColumnRule("x", Min: 0, Max: 9), "range:x");
        outcome.Samples.Select(sample => sample.Row).ShouldBe([1, 2]);
        outcome.RowsTested.ShouldBe(3);
    }

    [Fact]
    public async Task RequiredTakesEachMissingCellAndCompleteIfOnlyThoseOfItsRows()
    {
        var table = Table(
            ("why", Texts("late", null, null, "price")), ("left", Texts("yes", "yes", "no", null)));
        var required = await Of(table, new ColumnRule("why", Required: true), "required:why");
        required.Samples.ShouldBe([new CheckSample(1, null), new CheckSample(2, null)]);
        required.RowsTested.ShouldBe(4);
        var completeIf = await Of(
            table, new ColumnRule("why", CompleteIf: "left = 'yes'"), "complete-if:why");
        completeIf.Samples.ShouldBe([new CheckSample(1, null)]);
        completeIf.RowsTested.ShouldBe(2);
    }

    [Fact]
    public async Task NothingToTestIsNotAPass()
    {
        var empty = Table(("x", Reals(null, null)), ("t", Texts(null, null)), ("c", Texts("a", "a")));
        foreach (var (rule, id) in new (ColumnRule, string)[]
        {
            (new ColumnRule("x", Min: 0), "range:x"), (new ColumnRule("t", Set: ["a"]), "set:t"),
            (new ColumnRule("t", Forbidden: ["a"]), "forbidden:t"),
            (new ColumnRule("t", Pattern: "a"), "pattern:t"), (new ColumnRule("t", MinLength: 1), "length:t"),
            (new ColumnRule("t", Formats: ["HH:mm"]), "format:t"),
            (new ColumnRule("t", Unique: true), "unique:t"), (new ColumnRule("t", Pii: ["email"]), "pii:t"),
            (new ColumnRule("t", CompleteIf: "c = 'b'"), "complete-if:t"),
            (new ColumnRule("x", OutliersSd: 3), "outliers-sd:x"),
            (new ColumnRule("x", OutliersIqr: 3), "outliers-iqr:x"),
            (new ColumnRule("t", Mixed: true), "mixed-types:t"),
            (new ColumnRule("x", Order: "increasing"), "order:x"),
            (new ColumnRule("x", MostShare: 0.5), "most-share:x"),
            (new ColumnRule("x", Statistics: [new StatisticRule("mean", new Bounds(0, 1))]), "mean:x"),
        })
        {
            var outcome = await Of(empty, rule, id);
            outcome.Status.ShouldBe(CheckStatus.NotRun, id);
            outcome.Observed.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task AShareOfTheSetMayBeOutsideIt()
    {
        var table = Table(("t", Texts("a", "a", "a", "b")));
        (await Of(table, new ColumnRule("t", Set: ["a"], SetMinShare: 0.75), "set:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", Set: ["a"], SetMinShare: 0.76), "set:t")).Status
            .ShouldBe(CheckStatus.Fail);
    }

    /// <summary>In floating point 1 - 0.9 is less than a tenth.</summary>
    [Fact]
    public async Task OneOfTenValuesMayBeOutsideASetThatHoldsNineTenths()
    {
        var table = Table(("t", Texts("a", "a", "a", "a", "a", "a", "a", "a", "a", "b")));
        var outcome = await Of(table, new ColumnRule("t", Set: ["a"], SetMinShare: 0.9), "set:t");
        outcome.Status.ShouldBe(CheckStatus.Pass);
        outcome.Expected.ShouldBe("at most 10 % of the values fail");
    }

    [Fact]
    public async Task ForbiddenNumbersAreForbiddenHoweverTheyAreWritten()
    {
        var outcome = await Of(
            Table(("x", Reals(-999, 1, 2))), new ColumnRule("x", Forbidden: ["-999.0"]), "forbidden:x");
        outcome.Samples.ShouldBe([new CheckSample(0, "-999")]);
    }

    [Fact]
    public async Task LengthCountsCodePoints()
    {
        // Two UTF-16 units each, one code point.
        var outcome = await Of(Table(("t", Texts("😀😀", "abc", "a"))),
            new ColumnRule("t", MinLength: 2, MaxLength: 2), "length:t");
        outcome.Samples.Select(sample => sample.Value).ShouldBe(["abc", "a"]);
        outcome.Status.ShouldBe(CheckStatus.Warn);
    }

    [Theory]
    [InlineData(1, null, "t has at least 1 character")]
    [InlineData(2, null, "t has at least 2 characters")]
    [InlineData(null, 1, "t has at most 1 character")]
    [InlineData(1, 3, "t has 1 to 3 characters")]
    public async Task LengthsAreCountedInWords(int? min, int? max, string sentence)
    {
        var rule = new ColumnRule("t", MinLength: min, MaxLength: max);
        (await Of(Table(("t", Texts("abc"))), rule, "length:t")).Sentence.ShouldBe(sentence);
    }

    [Fact]
    public async Task AnyOfTheFormatsMayFitWhateverTheCulture()
    {
        var outcome = await Of(
            Table(("t", Texts("31/12/2025", "2025-12-31", "12/31/2025", "10:30", "soon"))),
            new ColumnRule("t", Formats: ["dd/MM/yyyy", "yyyy-MM-dd", "HH:mm"]), "format:t");
        outcome.Samples.Select(sample => sample.Value).ShouldBe(["12/31/2025", "soon"]);
    }

    [Fact]
    public async Task TheFutureBeginsAtTheMomentOfTheRun()
    {
        var table = Table(("day", Dates("2026-03-01", "2026-03-02", "2026-03-03", null)),
            ("at", Times("2026-03-02T11:59:59", "2026-03-02T12:00:01", null, null)));
        var rules = Datasets.Rules(
            new ColumnRule("day", NotInFuture: true), new ColumnRule("at", NotInFuture: true));
        var parts = await datasets.Write(table);
        var (_, told) = await datasets.Validate(
            new ValidateInput(parts, null, rules, Now: "2026-03-02T12:00:00Z"));
        Single(told, "not-in-future:day").Samples.ShouldBe([new CheckSample(2, "2026-03-03")]);
        Single(told, "not-in-future:at").Samples.ShouldBe([new CheckSample(1, "2026-03-02T12:00:01")]);
        var (_, untold) = await datasets.Validate(parts, rules);
        Single(untold, "not-in-future:day").Status.ShouldBe(CheckStatus.NotRun);
        Single(untold, "not-in-future:day").Observed.ShouldContain("--now");
        (await Should.ThrowAsync<Engine.ProblemException>(() => datasets.Validate(
            new ValidateInput(parts, null, rules, Now: "today")))).Problems
                .ShouldHaveSingleItem().Id.ShouldBe("VALIDATE-010");
    }

    /// <summary>Test numbers of the schemes; each wrong one differs in a digit or a letter.</summary>
    [Theory]
    [InlineData("card", "paid with 4111 1111 1111 1111 today", true)]
    [InlineData("card", "5500-0000-0000-0004", true)]
    [InlineData("card", "4111111111111112", false)]
    [InlineData("card", "0000000000000000", false)]
    [InlineData("card", "411111111111", false)]
    [InlineData("email", "write to a.b+c@example.co.uk please", true)]
    [InlineData("email", "a@b", false)]
    [InlineData("iban", "GB82 WEST 1234 5698 7654 32", true)]
    [InlineData("iban", "DE89370400440532013000 is it", true)]
    [InlineData("iban", "DE89370400440532013001", false)]
    [InlineData("phone", "+49 30 123456-78", true)]
    [InlineData("phone", "555-123-4567", true)]
    [InlineData("phone", "20260131", false)]
    [InlineData("phone", "3.14159265", false)]
    [InlineData("[0-9]{3}-[0-9]{2}-[0-9]{4}", "id 078-05-1120", true)]
    [InlineData("[0-9]{3}-[0-9]{2}-[0-9]{4}", "id 078-051-120", false)]
    public async Task PersonalDataIsFoundAndNeverShown(string kind, string text, bool isFound)
    {
        var outcome = await Of(
            Table(("t", Texts("nothing", text))), new ColumnRule("t", Pii: [kind]), "pii:t");
        outcome.Status.ShouldBe(isFound ? CheckStatus.Warn : CheckStatus.Pass);
        outcome.Samples.Select(sample => sample.Value).ShouldBe(isFound ? ["•••"] : []);
    }

    [Fact]
    public void APatternThatTakesTooLongIsAProblemThatDoesNotQuoteTheText()
    {
        const string pattern = "(a|b)*c";
        var text = new string('a', 4 << 20);
        var least = TimeSpan.FromTicks(1);
        Func<string, bool>[] slow =
        [
            PersonalData.Finder([pattern], least), TextPattern.Whole(pattern, least),
        ];

        foreach (var fits in slow)
        {
            var problem = Should.Throw<ProblemException>(() => fits(text)).Problems.ShouldHaveSingleItem();
            problem.Id.ShouldBe("VALIDATE-004");
            problem.Actual.ShouldBe("none for a text of 4194304 characters");
            problem.Next.ShouldBe("Simplify (a|b)*c");
        }
    }

    [Fact]
    public async Task AFewWordsAmongNumbersAreMixedButHalfOfThemAreNot()
    {
        string?[] few =
        [
            .. Enumerable.Range(0, 95).Select(i => $"{i}"), "five", "six", "seven", "eight", "nine",
        ];
        var outcome = await Of(Table(("t", Texts(few))), new ColumnRule("t", Mixed: true), "mixed-types:t");
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.RowsFailing.ShouldBe(5);
        outcome.Samples[0].ShouldBe(new CheckSample(95, "five"));
        string?[] half = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { $"{i}", $"w{i}" })];
        (await Of(Table(("t", Texts(half))), new ColumnRule("t", Mixed: true), "mixed-types:t")).Status
            .ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task TwoWaysToSayMissingAreOneTooMany()
    {
        var two = await Of(
            Table(("t", Texts("a", "N/A", "?", "b"))), new ColumnRule("t", Mixed: true), "mixed-missing:t");
        two.Samples.Select(sample => sample.Value).ShouldBe(["N/A", "?"]);
        var besideBlank = await Of(
            Table(("t", Texts("a", "none", null))), new ColumnRule("t", Mixed: true), "mixed-missing:t");
        besideBlank.RowsFailing.ShouldBe(1);
        (await Of(Table(("t", Texts("a", "none"))), new ColumnRule("t", Mixed: true),
            "mixed-missing:t")).Status.ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task SpecialCharactersAloneAreSaid() =>
        (await Of(Table(("t", Texts("a!", "***", "ü", "--"))),
            new ColumnRule("t", Mixed: true), "special-characters:t"))
            .Samples.Select(sample => sample.Row).ShouldBe([1, 3]);

    /// <summary>
    /// Quartiles 2 and 4: three ranges beyond them are [-4, 10]. Mean 19.17, sd 39.6: two are [-60, 98.4].
    /// </summary>
    [Fact]
    public async Task OutliersAreNotedAndFailNothing()
    {
        var table = Table(("x", Reals(1, 2, 3, 4, 5, 100)));
        var iqr = await Of(table, new ColumnRule("x", OutliersIqr: 3), "outliers-iqr:x");
        iqr.Status.ShouldBe(CheckStatus.Noted);
        iqr.Samples.ShouldBe([new CheckSample(5, "100")]);
        (await Of(table, new ColumnRule("x", OutliersSd: 2), "outliers-sd:x")).RowsFailing.ShouldBe(1);
        (await Of(table, new ColumnRule("x", OutliersSd: 3), "outliers-sd:x")).Status
            .ShouldBe(CheckStatus.Pass);
    }

    [Theory]
    [InlineData("increasing", new long[] { 3 })]
    [InlineData("strictly-increasing", new long[] { 1, 3 })]
    [InlineData("decreasing", new long[] { 2, 4 })]
    [InlineData("strictly-decreasing", new long[] { 1, 2, 4 })]
    public async Task TheOrderIsFromRowToRowOverAllParts(string order, long[] failing)
    {
        var table = Table(("x", Integers(1, 1, 3, 2, 4, null)));
        var parts = await datasets.Write(table.Take([0, 1]), table.Take([2]), table.Take([3, 4, 5]));
        var (_, details) = await datasets.Validate(parts, Datasets.Rules(new ColumnRule("x", Order: order)));
        Single(details, "order:x").Samples.Select(sample => sample.Row).ShouldBe(failing);
        Single(details, "order:x").RowsTested.ShouldBe(5);
    }

    [Fact]
    public async Task TheOrderMayBeWithinGroups()
    {
        var table = Table(("x", Integers(5, 1, 6, 2, 4)), ("g", Texts("a", "b", "a", "b", "a")));
        (await Of(table, new ColumnRule("x", Order: "increasing", Per: ["g"]), "order:x")).Samples
            .ShouldBe([new CheckSample(4, "4")]);
    }

    [Fact]
    public async Task ACountOfRowsMayBreakACheckAsWellAsAShare()
    {
        var table = Table(("x", Reals(-1, -2, 3, 4)));
        (await Of(table, new ColumnRule("x", Min: 0, FailAboveRows: 2), "range:x")).Status
            .ShouldBe(CheckStatus.Pass);
        var failed = await Of(table, new ColumnRule("x", Min: 0, FailAboveRows: 1), "range:x");
        failed.Status.ShouldBe(CheckStatus.Fail);
        failed.Expected.ShouldBe("at most 1 value fails");
        var warned = await Of(
            table, new ColumnRule("x", Min: 0, FailAboveRows: 2, WarnAbove: 0.25), "range:x");
        warned.Status.ShouldBe(CheckStatus.Warn);
        warned.Expected.ShouldBe("at most 2 values fail");
        (await Of(table, new ColumnRule("x", Min: 0, FailAbove: 0.5, WarnAboveRows: 2), "range:x")).Status
            .ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task WhatIsOnlyInfoNeitherFailsNorWarns()
    {
        var (result, details) = await datasets.Validate(
            await datasets.Write(Table(("x", Reals(-1, 2, 3)), ("t", Texts("a", "b", null)))),
            Datasets.Rules(
                new ColumnRule("x", Severity.Info, Min: 0, WarnAboveRows: 0),
                new ColumnRule("t", Severity.Info, MissingMaxShare: 0)));
        result.Judgement.ShouldBe(new Engine.Judgement(true, result.Judgement.Findings));
        result.Judgement.Findings.ShouldBeEmpty();
        (result.WarningCount, result.ErrorCount).ShouldBe((0, 0));
        Single(details, "range:x").Status.ShouldBe(CheckStatus.Noted);
        Single(details, "missing:t").Status.ShouldBe(CheckStatus.Noted);
    }

    Task<CheckOutcome> Of(Table table, ColumnRule rule, string id) => datasets.Outcome(table, rule, id);
}
