using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Real files with known rows and gaps.</summary>
public sealed class PublicDataTests
{
    static async Task<Table> Read(
        string folder, string file, TextFormat format, IReadOnlyList<ColumnDeclaration>? columns = null)
    {
        using var workspace = new Workspace();
        workspace.With(file, SharedData.Read(folder, file));
        var dataset = await workspace.Ingest(workspace.Input(format, columns));
        dataset.Judgement.Accepted.ShouldBeTrue(string.Join('\n', dataset.Judgement.Findings));
        dataset.QuarantinedRows.ShouldBe(0);
        return await workspace.Load(dataset);
    }

    static int Missing(Table table, string column) =>
        Enumerable.Range(0, table.RowCount).Count(table[column].IsMissing);

    static ColumnType[] Types(Table table) => [.. table.Schema.Columns.Select(column => column.Type)];

    [Fact]
    public async Task Penguins()
    {
        var table = await Read("penguins", "penguins.csv", new TextFormat(Missing: ["NA"]));
        table.RowCount.ShouldBe(344);
        Missing(table, "sex").ShouldBe(11);
        Missing(table, "bill_length_mm").ShouldBe(2);
        Types(table).ShouldBe(
        [
            ColumnType.Text, ColumnType.Text, ColumnType.Real, ColumnType.Real, ColumnType.Integer,
            ColumnType.Integer,
            ColumnType.Text, ColumnType.Integer,
        ]);
    }

    [Fact]
    public async Task PenguinsRawHasQuotedCommas()
    {
        var table = await Read("penguins", "penguins_raw.csv", new TextFormat(Missing: ["NA"]));
        table.RowCount.ShouldBe(344);
        table.Schema.Columns.Count.ShouldBe(17);
        Missing(table, "Delta 15 N (o/oo)").ShouldBe(14);
        Missing(table, "Delta 13 C (o/oo)").ShouldBe(13);
        table["Stage"].Text(0).ShouldBe("Adult, 1 Egg Stage");
        table.Schema.Find("Date Egg")!.Type.ShouldBe(ColumnType.Date);
    }

    [Fact]
    public async Task TelcoHasBlankTotals()
    {
        var table = await Read("telco-churn", "Telco-Customer-Churn.csv", new TextFormat());
        table.RowCount.ShouldBe(7043);
        table.Schema.Find("TotalCharges")!.Type.ShouldBe(ColumnType.Real);
        Missing(table, "TotalCharges").ShouldBe(11);
        table.Schema.Find("Churn")!.Type.ShouldBe(ColumnType.Text);
        Enumerable.Range(0, 7043).Count(row => table["Churn"].Text(row) == "Yes").ShouldBe(1869);
    }

    [Fact]
    public async Task BikeSharingHasLinesOfDos()
    {
        var hours = await Read("bike-sharing", "hour.csv", new TextFormat());
        hours.RowCount.ShouldBe(17379);
        hours.Schema.Columns.Count.ShouldBe(17);
        hours.Schema.Find("dteday")!.Type.ShouldBe(ColumnType.Date);
        hours.Schema.Find("cnt")!.Type.ShouldBe(ColumnType.Integer);
        var days = await Read("bike-sharing", "day.csv", new TextFormat());
        days.RowCount.ShouldBe(731);
        Enumerable.Range(0, 731).Sum(row => days["cnt"].Number(row))
            .ShouldBe(Enumerable.Range(0, 17379).Sum(row => hours["cnt"].Number(row)));
    }

    [Fact]
    public async Task Avocado()
    {
        var table = await Read("avocado", "avocado.csv", new TextFormat());
        table.RowCount.ShouldBe(30021);
        table.Schema.Find("4046")!.Type.ShouldBe(ColumnType.Real);
        ((TextValues)table["geography"]).Levels.Count.ShouldBe(54);
        table["date"].Text(0).ShouldBe("2015-01-04");
    }

    [Fact]
    public async Task DiamondsInTextAndParquetAreTheSame()
    {
        var text = await Read("diamonds", "diamonds.csv", new TextFormat());
        text.RowCount.ShouldBe(53940);
        var parquet = await TableFile.Read(
            Path.Combine(SharedData.Folder("diamonds"), "diamonds.parquet"),
            ct: TestContext.Current.CancellationToken);
        Tables.RandomTables.ShouldBeEqual(parquet, text);
    }

    [Fact]
    public async Task PollsKnowNoQuotesAndWriteDatesTheirWay()
    {
        var inferred = await Read("polls-tsv", "raw-polls.tsv", new TextFormat(Delimiter: "\t", Quote: null));
        inferred.RowCount.ShouldBe(6614);
        inferred.Schema.Find("polldate")!.Type.ShouldBe(ColumnType.Text);
        Missing(inferred, "cand3_pct").ShouldBe(4985);
        Missing(inferred, "bias").ShouldBe(1270);
        Missing(inferred, "partisan").ShouldBe(6334);
        var declared = await Read("polls-tsv", "raw-polls.tsv", new TextFormat(Delimiter: "\t", Quote: null),
            [new ColumnDeclaration("polldate", ColumnType.Date, "M/d/yyyy"),
                new ColumnDeclaration("margin_poll", ColumnType.Real)]);
        declared.RowCount.ShouldBe(6614);
        Missing(declared, "polldate").ShouldBe(0);
        for (var row = 0; row < 6614; row++)
        {
            var parts = inferred["polldate"].Text(row)!.Split('/');
            declared["polldate"].Text(row)
                .ShouldBe($"{parts[2]}-{parts[0].PadLeft(2, '0')}-{parts[1].PadLeft(2, '0')}");
        }
    }

    [Fact]
    public async Task StarWarsIsNotUtf8AndHasTwoHeaders()
    {
        var format = new TextFormat(Encoding: "windows-1252", SkipRows: 1);
        using var workspace = new Workspace();
        workspace.With("StarWars.csv", SharedData.Read("dirty-starwars", "StarWars.csv"));
        var dataset = await workspace.Ingest(workspace.Input(format));
        dataset.Judgement.Findings.ShouldHaveSingleItem()
            .ShouldContain("column 5 has no name and is called 'column-5'");
        var table = await workspace.Load(dataset);
        table.RowCount.ShouldBe(1186);
        table.Schema.Columns.Count.ShouldBe(38);
        Missing(table, table.Schema.Columns[2].Name).ShouldBe(350);
        table.Schema.Columns[0].ShouldBe(new Column("RespondentID", ColumnType.Integer));
        table.Schema.Columns.ShouldContain(column => column.Name.Contains("Œæ"));
    }

    [Fact]
    public async Task StarWarsAsUtf8IsAProblem()
    {
        using var workspace = new Workspace();
        workspace.With("StarWars.csv", SharedData.Read("dirty-starwars", "StarWars.csv"));
        var problem = (
            await Should.ThrowAsync<Engine.ProblemException>(() =>
                workspace.Ingest(workspace.Input(new TextFormat(Encoding: "utf-8")))))
            .Problems.ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-017");
        problem.Where!.ToString().ShouldBe("StarWars.csv(1)");
    }

    [Fact]
    public async Task AutosHaveNoHeaderAndQuestionMarks()
    {
        var table = await Read("dirty-autos", "imports-85.data",
            new TextFormat(Header: false, Missing: ["?"]));
        table.RowCount.ShouldBe(205);
        table.Schema.Columns.Count.ShouldBe(26);
        Missing(table, "column-2").ShouldBe(41);
        Missing(table, "column-26").ShouldBe(4);
        Missing(table, "column-6").ShouldBe(2);
        table.Schema.Find("column-26")!.Type.ShouldBe(ColumnType.Integer);
        table.Schema.Find("column-1")!.Type.ShouldBe(ColumnType.Integer);
    }

    [Fact]
    public async Task BeijingIsTwelvePackedFiles()
    {
        using var workspace = new Workspace();
        var folder = SharedData.Folder("beijing-air");
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal))
            workspace.With(
                Path.GetFileName(path),
                await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        var dataset = await workspace.Ingest(workspace.Input(new TextFormat(Missing: ["NA"])));
        dataset.Table.RowCount.ShouldBe(420768);
        dataset.Table.Parts.Select(part => part.RowCount).ShouldAllBe(rows => rows == 35064);
        dataset.Table.Parts.Count.ShouldBe(12);
        var table = await TableReading.Load(
            workspace.Context, dataset.Table, ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3", "wd", "station"]);
        Missing(table, "PM2.5").ShouldBe(8739);
        Missing(table, "PM10").ShouldBe(6449);
        Missing(table, "SO2").ShouldBe(9021);
        Missing(table, "NO2").ShouldBe(12116);
        Missing(table, "CO").ShouldBe(20701);
        Missing(table, "O3").ShouldBe(13277);
        Missing(table, "wd").ShouldBe(1822);
        ((TextValues)table["station"]).Levels.Count.ShouldBe(12);
    }
}
