using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>A rule's values are what they mean in the column, however they are written.</summary>
public sealed class ListedValueTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    public static TheoryData<string, ColumnValues, string[]> Written => new()
    {
        { "real", Reals(1, 2.5, 0), ["1.0", "2.50", "0.0"] },
        { "minus zero", Reals(1, -0.0), ["1", "0"] },
        { "integer", Integers(1, 20), ["1.0", "+20"] },
        { "boolean", new WholeValues(ColumnType.Boolean, [1, 0]), ["1", "No"] },
        { "date", Dates("2026-01-31", "2026-02-01"), ["2026-01-31", "2026-02-01"] },
        {
            "timestamp", Times("2026-01-31T00:00:00", "2026-01-31T12:00:00"),
            ["2026-01-31", "2026-01-31 12:00"]
        },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public async Task ListedValuesAreFoundHoweverTheyAreWritten(
        string kind, ColumnValues values, string[] written)
    {
        _ = kind;
        var (_, details) = await datasets.Validate(await datasets.Write(Table(("x", values))), Datasets.Rules(
            new ColumnRule(
                "x", Set: written, ValuesIn: written, ValuesContain: written, ValuesEqual: written),
            new ColumnRule("x", Forbidden: [written[0]], FailAbove: 1)));
        foreach (var id in new[] { "set:x", "values-in:x", "values-contain:x", "values-equal:x" })
        {
            var outcome = details.Checks.Single(check => check.Id == id);
            outcome.Status.ShouldBe(CheckStatus.Pass, $"{id}: {outcome.Observed}");
        }
        details.Checks.Single(check => check.Id == "forbidden:x").RowsFailing.ShouldBe(1);
    }

    public static TheoryData<string, ColumnValues, string> Referred => new()
    {
        { "decimal", new WholeValues(ColumnType.Decimal, [750, 700, -20], 2), "7.5\n7\n-0.2000\n" },
        { "eighteen digits", new WholeValues(ColumnType.Decimal, [123456789012345678], 2),
            "1234567890123456.780\n" },
        { "minus zero", Reals(-0.0), "0\n" },
        {
            "timestamp", Times("2026-01-31T00:00:00", "2026-01-31T12:30:00"),
            "2026-01-31\n2026-01-31 12:30\n"
        },
    };

    [Theory]
    [MemberData(nameof(Referred))]
    public async Task ValuesAreFoundInAFileHoweverTheyAreWrittenThere(
        string kind, ColumnValues values, string lines)
    {
        _ = kind;
        var outcome = await InFile(values, lines);
        outcome.Status.ShouldBe(CheckStatus.Pass, outcome.Observed);
    }

    [Fact]
    public async Task AnotherValueIsNotFoundInAFile() =>
        (await InFile(new WholeValues(ColumnType.Decimal, [750, 701], 2), "7.5\n7\n")).RowsFailing
            .ShouldBe(1);

    [Fact]
    public async Task TextIsAsItIsWritten() =>
        (await datasets.Outcome(
            Table(("x", Texts("1", "2"))), new ColumnRule("x", ValuesEqual: ["1.0", "2"]), "values-equal:x"))
            .Observed.ShouldBe("it differs in '1', '1.0'");

    async Task<CheckOutcome> InFile(ColumnValues values, string lines)
    {
        int? scale = values is WholeValues { Type: ColumnType.Decimal, Scale: var digits } ? digits : null;
        var table = new Table(
            new TableSchema([new Column("x", values.Type, scale is null ? null : 18, scale)]), [values]);
        var codes = datasets.WriteSource("codes.csv", "code\n" + lines);
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(table), null,
            Datasets.Rules(new ColumnRule("x", References: new ReferenceRule("code", File: "codes.csv"))),
            References: [new ReferenceData("code", null, codes)]));
        return details.Checks.Single(check => check.Id == "references:x");
    }

    [Fact]
    public async Task AShareThatIsNotAllNeverReadsAsAll()
    {
        long?[] values = [.. Enumerable.Range(0, 30_000).Select(row => row == 0 ? 1L : (long?)2)];
        (await datasets.Outcome(Table(("x", Integers(values))), new ColumnRule("x", Max: 1), "range:x"))
            .Observed.ShouldBe("29,999 of 30,000 values fail (> 99.99 %)");
    }

    [Fact]
    public async Task HowDatesWereWrittenIsNotKnownOnceTheyWereRead()
    {
        var outcome = await datasets.Outcome(
            Table(("x", Dates("2026-01-31"))), new ColumnRule("x", Formats: ["dd.MM.yyyy"]), "format:x");
        outcome.Status.ShouldBe(CheckStatus.NotRun);
        outcome.Observed.ShouldBe("x was read as Date, and how it was written is not kept");
    }

    [Fact]
    public async Task NoValuesAreNotAllAmongThoseListed()
    {
        var outcome = await datasets.Outcome(
            Table(("x", Reals(null, null))), new ColumnRule("x", ValuesIn: ["1"]), "values-in:x");
        outcome.Status.ShouldBe(CheckStatus.NotRun);
        outcome.Observed.ShouldBe("there are no values to test");
    }
}
