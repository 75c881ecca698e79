using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>What is said where the header of a file is likely to be a title above it.</summary>
public sealed class LikelyTitlesTests : IDisposable
{
    static readonly TextFormat Semicolons = new(Delimiter: ";");

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{i};{i}.5;x\n"));

    async Task<int> Count(string text) => await TitleLines.Count(
        text, ';', '"', TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Report\nid;y;note\n1;2;x\n", 1)]
    [InlineData("Report\n\n\nid;y;note\n1;2;x\n", 3)]
    [InlineData("Report;;\n;;\nid;y;note\n1;2;x\n", 2)]
    [InlineData("Source;World Bank\nas of;2026\nid;y;note\n1;2;x\n", 2)]
    [InlineData("sep=;\nReport\nid;y;note\n1;2;x\n", 2)]
    [InlineData("Report\r\rid;y;note\r1;2;x\r", 2)]
    [InlineData("Report\nname;code;2024;2025;2026\na;1;2;3;4\n", 1)]
    [InlineData("Report\nid;y;note\n1;2;x\n2;3;y\nTotal\n", 1)]
    [InlineData("id;y;note\n1;2;x\n", 0)]
    [InlineData("id;y;\n1;2;x\n", 0)]
    [InlineData("y;note\nr1;2;x\nr2;3;y\n", 0)]
    [InlineData("y\n1;2\n2;3\n", 0)]
    [InlineData("note\nHello\nyou; there\nhow\nare\nyou\n", 0)]
    [InlineData("Report\n1;2;3\n4;5;6\n", 0)]
    [InlineData("Report\nid;y;note\n", 0)]
    [InlineData("", 0)]
    public async Task TheyHaveClearlyFewerCellsThanWhatFollows(string text, int expected) =>
        (await Count(text)).ShouldBe(expected);

    [Theory]
    [InlineData("Report of March\n\nid;y;note\n", "its first 2 lines look like titles above the header: "
        + "if they are, set data.format.skip-lines to 2")]
    [InlineData("Report of March;;\nid;y;note\n", "its first line looks like a title above the header: "
        + "if it is, set data.format.skip-lines to 1")]
    public async Task WithInferredColumnsAFindingNamesTheKey(string above, string finding)
    {
        workspace.With(above + Rows(300));
        var dataset = await workspace.Ingest(workspace.Input(Semicolons), 400);
        dataset.Judgement.Findings.ShouldContain(said => said.StartsWith($"data.csv: {finding}"));
    }

    [Fact]
    public async Task WithDeclaredColumnsTheProblemDoes()
    {
        workspace.With("Report, March\nUnits, 1000\nid;y;note\n" + Rows(20));
        var problem = (await workspace.Problems(workspace.Input(Semicolons, [new("id", ColumnType.Integer)])))
            .ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-021");
        problem.Next!.ShouldStartWith("Its first 2 lines look like titles above the header: "
            + "if they are, set data.format.skip-lines to 2. ");
    }

    [Fact]
    public async Task OfFilesThatHaveEachTheirOwnItIsSaidOfEach()
    {
        workspace.With("Report of March\nid;y;note\n" + Rows(9), "3.csv")
            .With("Report of April\n\nid;y;note\n" + Rows(9), "4.csv");
        var problem = (await workspace.Problems(workspace.Input(Semicolons))).ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-022");
        problem.Next!.ShouldContain("'3.csv': its first line looks like a title");
        problem.Next!.ShouldContain("'4.csv': its first 2 lines look like titles");
        problem.Next!.ShouldNotContain("renamed");
    }

    [Fact]
    public async Task ThoseThatAreSkippedAreNotNamed()
    {
        workspace.With("Report\n\nid\n1\n2\n");
        (await workspace.Ingest(workspace.Input(Semicolons with { SkipLines = 2 })))
            .Judgement.Findings.ShouldBeEmpty();
    }
}
