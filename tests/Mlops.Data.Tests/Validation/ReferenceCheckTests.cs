using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Engine;
using static Mlops.Data.Tests.Validation.Columns;
using static Mlops.Data.Tests.Validation.Datasets;

namespace Mlops.Data.Tests.Validation;

/// <summary>Checks of values that must stand in a file, or in another dataset.</summary>
public sealed class ReferenceCheckTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task EachValueMustStandInTheFileReferredTo()
    {
        var codes = datasets.WriteSource("codes.csv", "code,name\n7,a\n 8 ,b\n\"9\",c\n");
        var rules = Datasets.Rules(
            new ColumnRule("c", References: new ReferenceRule("code", File: "codes.csv")));
        var parts = await datasets.Write(Table(("c", Reals(7, 8, 9, 10, null))));
        var (_, details) = await datasets.Validate(
            new ValidateInput(parts, null, rules, References: [new ReferenceData("code", null, codes)]));
        Single(details, "references:c").Samples.ShouldBe([new CheckSample(3, "10")]);
        Single(details, "references:c").RowsTested.ShouldBe(4);
        (await Should.ThrowAsync<Engine.ProblemException>(() => datasets.Validate(
            new ValidateInput(parts, null, rules, References: [new ReferenceData("cod", null, codes)]))))
            .Problems.ShouldHaveSingleItem().Next.ShouldBe("Did you mean 'code'?");
        var (_, nowhere) = await datasets.Validate(parts, rules);
        Single(nowhere, "references:c").Status.ShouldBe(CheckStatus.NotRun);
    }

    public static TheoryData<byte[], string, int> UnreadableReferences => new()
    {
        // Bytes that are no text, with a byte-order mark; a ragged row, a cell that goes on, an open quote.
        {
            [0xef, 0xbb, 0xbf, .. "code,name\n7,a\n8,"u8, 0xff, .. "\n9,b\n10,"u8, 0xfe, .. "\n"u8],
            "2 rows of codes.csv could not be read, the first in line 3", 2
        },
        {
            "code,name\n\n7,a\n9,\"x\ny\"\n8\n10,a\n"u8.ToArray(),
            "1 row of codes.csv could not be read, the first in line 6", 1
        },
        {
            "code,name\n7,a\n9,a\n10,b\n8,\"b\"b\n"u8.ToArray(),
            "1 row of codes.csv could not be read, the first in line 5", 1
        },
    };

    [Theory]
    [MemberData(nameof(UnreadableReferences))]
    public async Task RowsOfAReferenceThatCannotBeReadAreSaid(byte[] bytes, string said, int failing)
    {
        var codes = datasets.WriteSource("codes.csv", bytes);
        var (result, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("c", Reals(7, 8, 9, 10)))), null,
            Datasets.Rules(new ColumnRule("c", References: new ReferenceRule("code", File: "codes.csv"))),
            References: [new ReferenceData("code", null, codes)]));
        var outcome = Single(details, "references:c");
        outcome.RowsFailing.ShouldBe(failing);
        outcome.Observed.ShouldEndWith("; " + said);
        result.Judgement.Findings.ShouldHaveSingleItem().ShouldContain(said);
    }

    public static TheoryData<string, string, TextFormat, string> WrittenReferences => new()
    {
        { "codes.csv", "Codes of 2026\nas of today\ncode,name\nDE,a\n", new(SkipLines: 2), "code" },
        { "codes.csv", "code;name\ntext;text\nDE;'a;b'\n", new(";", "'", SkipRows: 1), "code" },
        { "codes.csv", "DE,a\nAT,b\n", new(Header: false), "column-1" },
        { "codes.csv", "code\tname\nDE\ta\n", new("\t", Kind: SourceKind.Text), "code" },
        { "codes.tsv", "code\tname\nDE\ta\n", new(SkipLines: 0), "code" },
        { "codes.csv", "code,name\nDE,a\nNA,b\n", new(Missing: ["NA"]), "code" },
    };

    [Theory]
    [MemberData(nameof(WrittenReferences))]
    public async Task AReferenceIsReadAsItsFormatSays(
        string name, string text, TextFormat format, string column)
    {
        var codes = datasets.WriteSource(name, System.Text.Encoding.UTF8.GetBytes(text));
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("c", Texts("DE", "NA", "text")))), null,
            Datasets.Rules(new ColumnRule("c", References: new ReferenceRule(column, File: name))),
            References: [new ReferenceData(column, null, codes, format)]));
        Single(details, "references:c").Samples.Select(sample => sample.Value).ShouldBe(["NA", "text"]);
    }

    [Fact]
    public async Task WhatIsWrongWithAReferencesFormatIsSaidOfThat()
    {
        var codes = datasets.WriteSource("codes.csv", "code\nDE\n"u8.ToArray());
        var wrong = await Should.ThrowAsync<ProblemException>(async () => await datasets.Validate(
            new ValidateInput(
                await datasets.Write(Table(("c", Texts("DE")))), null,
                Datasets.Rules(new ColumnRule("c", References: new ReferenceRule("code", File: "codes.csv"))),
                References: [new ReferenceData("code", null, codes, new TextFormat(SkipLines: 9))])));
        var problem = wrong.Problems.ShouldHaveSingleItem();
        (problem.Id, problem.Where?.File).ShouldBe(("DATA-065", "codes.csv"));
        problem.Next.ShouldNotBeNull().ShouldContain("references.format.skip-lines");
    }

    /// <summary>As data are read: what nobody declared is windows-1252 where it is no UTF-8.</summary>
    [Fact]
    public async Task AReferenceThatIsNoUtf8IsReadAsDataAre()
    {
        var codes = datasets.WriteSource("codes.csv", [.. "code\nK"u8, 0xf6, .. "ln\n"u8]);
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("c", Texts("Köln")))), null,
            Datasets.Rules(new ColumnRule("c", References: new ReferenceRule("code", File: "codes.csv"))),
            References: [new ReferenceData("code", null, codes)]));
        Single(details, "references:c").Status.ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task EachValueMustStandInTheOtherDataset()
    {
        var other = await datasets.Write(Table(("id", Integers(1, 2))), Table(("id", Integers(3, null))));
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("of", Integers(3, 4, 1)))), null,
            Datasets.Rules(new ColumnRule("of", References: new ReferenceRule("id", Pipeline: "other"))),
            References: [new ReferenceData("id", other, null)]));
        Single(details, "references:of").Samples.ShouldBe([new CheckSample(1, "4")]);
    }
}
