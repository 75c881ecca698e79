using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Tables;

namespace Mlops.Data.Tests.Ingestion;

public sealed class IngestStageTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string?[] Column(Table table, string name) =>
        [.. Enumerable.Range(0, table.RowCount).Select(table[name].Text)];

    static string Described(Dataset dataset) =>
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.Type}"));

    [Fact]
    public async Task EveryTableWrittenAsTextReadsBackEqual() =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            using var written = new Workspace();
            written.With(Csv(table));
            var columns = table.Schema.Columns.Select(ColumnDeclaration.Of).ToList();
            var dataset = await written.Ingest(written.Input(columns: columns));
            dataset.Sources[0].QuarantinedRows.ShouldBe(0, string.Join("; ", dataset.Sources[0].Samples));
            RandomTables.ShouldBeEqual(await written.Load(dataset), table);
        }, iter: 150, threads: 1);

    static string Csv(Table table)
    {
        var text = new StringBuilder(string.Join(',', table.Schema.Columns.Select(column => column.Name)))
            .Append('\n');
        for (var row = 0; row < table.RowCount; row++)
            text.AppendJoin(
                ',',
                table.Schema.Columns.Select((_, i) => $"\"{table[i].Text(row)?.Replace("\"", "\"\"")}\""))
                .Append('\n');
        return text.ToString();
    }

    [Fact]
    public async Task AnyTextGivesEveryLineExactlyOnce() =>
        await Gen.Char["ab,\"\n\r1 "].Array[0, 60].Select(chars => "a,b\n1,2\n" + new string(chars))
            .SampleAsync(async text =>
        {
            using var any = new Workspace();
            var dataset = await any.With(text).Ingest(any.Input(
                columns: [new("a", ColumnType.Integer), new("b", ColumnType.Text)], maxShare: 1));
            var source = dataset.Sources[0];
            source.KeptRows.ShouldBe(dataset.Table.RowCount);
            var quarantined = source.Quarantine is null ? [] : any.Text(source.Quarantine).Split('\n')[..^1];
            quarantined.Length.ShouldBe((int)source.QuarantinedRows);
            // No record can hold more lines than there are, nor can a line go missing without a row for it.
            (source.KeptRows + source.QuarantinedRows)
                .ShouldBeLessThanOrEqualTo(text.Split('\n', '\r').Length);
            source.Samples.Select(row => row.Line).ShouldBe(source.Samples.Select(row => row.Line).Order());
        }, iter: 300, threads: 1);

    /// <summary>Of these the product of share and rows is a little less than the rows that fail.</summary>
    [Theory]
    [InlineData(0.29, 29)]
    [InlineData(0.57, 57)]
    [InlineData(0.58, 58)]
    public async Task AsManyRowsMayFailAsTheShareSays(double share, int failing)
    {
        var rows = Enumerable.Range(0, 100).Select(row => row < failing ? "x\n" : "1\n");
        workspace.With("v\n" + string.Concat(rows));
        ColumnDeclaration[] columns = [new("v", ColumnType.Integer)];
        (await workspace.Ingest(workspace.Input(columns: columns, maxShare: share)))
            .Judgement.Accepted.ShouldBeTrue();
        (await workspace.Ingest(workspace.Input(columns: columns, maxShare: share - 0.001)))
            .Judgement.Accepted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("v\ntrue\nFALSE\n\n", "v Boolean")]
    [InlineData("v\n1\n0\n", "v Integer")]
    [InlineData("v\nyes\nno\n", "v Text")]
    [InlineData("v\n1\n2.5\n-1e3\n", "v Real")]
    [InlineData("v\n007\n12\n", "v Text")]
    [InlineData("v\n12345678901234567890\n1\n", "v Text")]
    [InlineData("v\n9223372036854775807\n-1\n", "v Integer")]
    [InlineData("v\nNaN\n1\n", "v Text")]
    [InlineData("v\n2026-02-28\n2024-02-29\n", "v Date")]
    [InlineData("v\n2026-02-29\n", "v Text")]
    [InlineData("v\n2026-02-28\n2026-02-28T10:15\n", "v Timestamp")]
    [InlineData("v\n2026-02-28 10:15:00.5Z\n", "v Timestamp")]
    [InlineData("v,w\n,1\n ,2\n", "v Text, w Integer")]
    public async Task TypesAreInferred(string text, string types) =>
        Described(await workspace.With(text).Ingest(workspace.Input())).ShouldBe(types);

    [Fact]
    public async Task TypesAreInferredOverAllFilesAndColumnsMatchedByName()
    {
        workspace.With("a,b\n1,\n", "1.csv").With("b,a\nx,2.5\n", "2.csv").With("a,b\n,y\n", "3.csv")
            .With("a,b\n", "4.csv");
        var dataset = await workspace.Ingest(workspace.Input());
        Described(dataset).ShouldBe("a Real, b Text");
        var table = await workspace.Load(dataset);
        Column(table, "a").ShouldBe(["1", "2.5", null]);
        Column(table, "b").ShouldBe([null, "x", "y"]);
        dataset.Table.Parts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task FilesOfOtherColumnsAreReportedAllAtOnce()
    {
        workspace.With("a,b\n1,2\n", "1.csv").With("a\n1\n", "2.csv").With("a,b,c\n1,2,3\n", "3.csv");
        (await workspace.Problems(workspace.Input()))
            .Select(problem => $"{problem.Id} {problem.Where} -{problem.Expected} +{problem.Actual}")
            .ShouldBe(["DATA-022 2.csv(1) -also 'b' +", "DATA-022 3.csv(1) - +also 'c'"]);
        (await workspace.Problems(
            workspace.Input(columns: [new("b", ColumnType.Integer), new("c", ColumnType.Integer)])))
            .Select(problem => $"{problem.Id} {problem.Where}")
            .ShouldBe(["DATA-021 1.csv(1) [c]", "DATA-021 2.csv(1) [b]"]);
    }

    /// <summary>Below titles, below <c>sep=</c> and blank lines; none where a file has no header.</summary>
    [Theory]
    [InlineData("4.csv", "x,y\n\na,c\n1,2\n", 2, "4.csv(3)")]
    [InlineData("4.csv", "x\ny\n\nsep=,\n\na,c\n1,2\n", 2, "4.csv(6)")]
    [InlineData("4.csv", "x,y\n\ufeffa,c\n1,2\n", 1, "4.csv(2)")]
    [InlineData("4.jsonl", "{\"a\":1,\"c\":2}\n", 0, "4.jsonl")]
    public async Task WhereColumnsDifferTheHeadersLineIsSaid(string name, string text, int skip, string place)
    {
        var titles = string.Concat(Enumerable.Repeat("title\n", skip));
        workspace.With(titles + "a,b\n1,2\n", "1.csv").With(text, name);
        (await workspace.Problems(workspace.Input(new TextFormat(SkipLines: skip)))).ShouldHaveSingleItem()
            .Where!.ToString().ShouldBe(place);
        (await workspace.Problems(workspace.Input(
            new TextFormat(SkipLines: skip), [new("a", ColumnType.Integer), new("b", ColumnType.Integer)])))
            .ShouldHaveSingleItem().Where!.ToString().ShouldBe(place + " [b]");
    }

    [Fact]
    public async Task AColumnThatAnotherFileSpellsOtherwiseIsNamed()
    {
        workspace.With("id,amount,when\n1,2,3\n", "1.csv").With("id,Amounts,day\n1,2,3\n", "2.csv");
        (await workspace.Problems(workspace.Input())).ShouldHaveSingleItem().Next.ShouldBe(
            "Was it renamed, 'Amounts' for 'amount'? "
            + "Declare the columns to choose among them, or bring files of one kind.");
    }

    [Fact]
    public async Task ColumnsThatAreNotDeclaredAreLeftOutAndNotedOnce()
    {
        workspace.With("a,b,c\n1,2,3\n", "1.csv").With("c,b,a\n3,2,1\n", "2.csv");
        var dataset = await workspace.Ingest(workspace.Input(columns: [new("b", ColumnType.Integer)]));
        Described(dataset).ShouldBe("b Integer");
        dataset.Judgement.ShouldSatisfyAllConditions(
            judgement => judgement.Accepted.ShouldBeTrue(),
            judgement => judgement.Findings.ShouldBe(["Left out, because not declared: 'a', 'c'."]));
    }

    [Fact]
    public async Task DecimalCommasAndOwnPatternsAreRead()
    {
        workspace.With(
            "n;d;t;b\n1,5;31.12.2025;31.12.2025 23:59;yes\n-0,25;1.2.2026;1.2.2026 0:00;0\n"
            + "1.5;1.2.2026;x;no\n");
        var dataset = await workspace.Ingest(workspace.Input(
            new TextFormat(Delimiter: ";", DecimalSeparator: ","),
            [
                new("n", ColumnType.Real), new("d", ColumnType.Date, "d.M.yyyy"),
                new("t", ColumnType.Timestamp, "d.M.yyyy H:mm"), new("b", ColumnType.Boolean),
            ], maxShare: 1));
        var table = await workspace.Load(dataset);
        Column(table, "n").ShouldBe(["1.5", "-0.25"]);
        Column(table, "d").ShouldBe(["2025-12-31", "2026-02-01"]);
        Column(table, "t").ShouldBe(["2025-12-31T23:59:00", "2026-02-01T00:00:00"]);
        Column(table, "b").ShouldBe(["true", "false"]);
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Reason.ShouldBe("'1.5' is not a number");
    }

    [Fact]
    public async Task NamesGoWithTheDeclarationWhereThereIsNoHeader()
    {
        workspace.With("1,x\n2,y\n");
        var table = await workspace.Table(workspace.Input(
            new TextFormat(Header: false), [new("id", ColumnType.Integer), new("name", ColumnType.Text)]));
        Column(table, "name").ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task WrongSettingsAreReportedAllAtOnce()
    {
        workspace.With("a\n1\n").Hooks["ratios"] = frame => frame;
        var input = workspace.Input(
            new TextFormat(
                Delimiter: "", Quote: "''", Encoding: "utf-9", SkipRows: -1, DecimalSeparator: "·",
                SkipLines: -1),
            [new("a", ColumnType.Integer, "yyyy"), new("a", ColumnType.Text)], "ratio", 1.5);
        var problems = await workspace.Problems(input);
        problems.Count(problem => problem.Id == "DATA-010").ShouldBe(7);
        problems.Count(problem => problem.Id == "DATA-011").ShouldBe(2);
        problems.Single(problem => problem.Id == "DATA-012").Next.ShouldBe("Did you mean 'ratios'?");
        (await workspace.Problems(workspace.Input() with { Sources = [] })).ShouldHaveSingleItem()
            .Id.ShouldBe("DATA-013");
    }

    [Fact]
    public async Task TheMachinesCultureDoesNotMatter()
    {
        workspace.With("i,n,t,when\n1,1.5,I,2026-01-31\n2,-2.25,i,2026-02-01\nx,3,ı,2026-02-02\n");
        var input = workspace.Input(
            columns: [new("i", ColumnType.Integer), new("n", ColumnType.Real), new("when", ColumnType.Date)],
            maxShare: 1);
        var expected = await workspace.Ingest(input);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign();
            var dataset = await workspace.Ingest(input);
            System.Text.Json.JsonSerializer.Serialize(dataset, DataJson.Default.Dataset)
                .ShouldBe(System.Text.Json.JsonSerializer.Serialize(expected, DataJson.Default.Dataset));
            Column(await workspace.Load(dataset), "n").ShouldBe(["1.5", "-2.25"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>As in de-DE and worse: the tests run without the data of real cultures.</summary>
    static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "−";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }

    [Fact]
    public async Task OneChangedFileIsParsedAlone()
    {
        workspace.With("a\n1\n", "1.csv").With("a\n2\n", "2.csv").With("a\n3\n", "3.csv");
        await workspace.Ingest(workspace.Input());
        var context = new RememberingContext(workspace.Context);
        var ingest = IngestStage.Create(workspace.Hooks);
        await context.Call(ingest, workspace.Input());
        context.Ran.Count(name => name == "Ingest.ParseSource").ShouldBe(3);
        context.Ran.Clear();
        await context.Call(ingest, workspace.Change("2.csv", "a\n22\n").Input());
        context.Ran.ShouldBe(["Ingest", "Ingest.InferSource", "Ingest.ParseSource"]);
        context.Ran.Clear();
        await context.Call(ingest, workspace.Input() with
        {
            Sources = [.. workspace.Input()
                .Sources.Select(source => source with { Name = "renamed-" + source.Name })],
        });
        context.Ran.ShouldBe(["Ingest"], "a name is no content");
        context.Ran.Clear();
        var dataset = await context.Call(ingest, workspace.Change("3.csv", "a\n3.5\n").Input());
        context.Ran.Count(name => name == "Ingest.ParseSource")
            .ShouldBe(3, "the type of the column changed for all");
        Column(await TableReading.Load(context, dataset.Table), "a").ShouldBe(["1", "22", "3.5"]);
    }

    [Fact]
    public async Task OneChangedFileOfManyIsParsedAloneAndTheOthersAreAskedForInGroups()
    {
        for (var i = 0; i < 200; i++)
            workspace.With(
                FormattableString.Invariant($"a\n{i}\n"), FormattableString.Invariant($"{i:000}.csv"));
        await workspace.Ingest(workspace.Input());
        var context = new RememberingContext(workspace.Context);
        var ingest = IngestStage.Create(workspace.Hooks);
        await context.Call(ingest, workspace.Input());
        context.Ran.Count(name => name == "Ingest.ParseSource")
            .ShouldBeInRange(202, 220, "each file, and the groups");
        context.Ran.Clear();

        var dataset = await context.Call(ingest, workspace.Change("077.csv", "a\n1077\n").Input());

        context.Ran.Count(name => name == "Ingest.ParseSource")
            .ShouldBeInRange(2, 4, "the file, and the groups beside it");
        Column(await TableReading.Load(context, dataset.Table), "a").ShouldBe(
            Enumerable.Range(0, 200)
                .Select(i => i == 77 ? "1077" : i.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task AHookAddsAndChangesColumns()
    {
        workspace.With("when,x,name\n2026-03-01,2,a\n,,\n2026-03-02,4,b\n");
        workspace.Hooks["derive"] = frame =>
        {
            var x = (Int64DataFrameColumn)frame["x"];
            frame.Columns.Add(new DoubleDataFrameColumn("half", x.Select(value => value / 2.0)));
            frame.Columns.Add(
                new BooleanDataFrameColumn("large",
                x.Select(value => value is null ? (bool?)null : value > 2)));
            frame.Columns.Add(
                new StringDataFrameColumn("upper",
                ((StringDataFrameColumn)frame["name"]).Select(name => name?.ToUpperInvariant())));
            return frame;
        };
        var dataset = await workspace.Ingest(workspace.Input(derive: "derive"));
        Described(dataset).ShouldBe("when Date, x Integer, name Text, half Real, large Boolean, upper Text");
        var table = await workspace.Load(dataset);
        Column(table, "when").ShouldBe(["2026-03-01", null, "2026-03-02"]);
        Column(table, "half").ShouldBe(["1", null, "2"]);
        Column(table, "large").ShouldBe(["false", null, "true"]);
        Column(table, "upper").ShouldBe(["A", null, "B"]);
    }

    [Fact]
    public async Task EveryTableGoesThroughADataFrameUnchanged() =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            using var same = new Workspace();
            same.With(Csv(table)).Hooks["same"] = frame => frame;
            RandomTables.ShouldBeEqual(await same.Table(same.Input(
                columns: [.. table.Schema.Columns.Select(ColumnDeclaration.Of)], derive: "same")), table);
        }, iter: 60, threads: 1);

    [Fact]
    public async Task HooksThatBreakTheTableAreProblems()
    {
        workspace.With("d,x\n2026-03-01,2\n2026-03-02,4\n");
        workspace.Hooks["filter"] = frame => frame.Head(1);
        workspace.Hooks["chars"] = frame => new DataFrame(new CharDataFrameColumn("c", frame.Rows.Count));
        workspace.Hooks["throws"] = _ => throw new InvalidOperationException("no such thing");
        workspace.Hooks["hours"] = frame =>
            new DataFrame(new DateTimeDataFrameColumn("d", [new(2026, 3, 1, 5, 0, 0), null]));
        (await workspace.Problems(workspace.Input(derive: "filter"))).ShouldHaveSingleItem().ToString().ShouldBe(
            "data.csv: DATA-023: The hook 'filter' changed the number of rows.\n  expected 2 "
            + "rows\n  actual   1 row\n  next     A hook adds or changes columns; "
            + "rows are left out by declared checks or by the split.");
        (await workspace.Problems(workspace.Input(derive: "chars"))).ShouldHaveSingleItem().Id.ShouldBe("DATA-024");
        (await workspace.Problems(workspace.Input(derive: "hours"))).ShouldHaveSingleItem().Id.ShouldBe("DATA-024");
        (await workspace.Problems(workspace.Input(derive: "throws"))).ShouldHaveSingleItem()
            .Actual.ShouldBe("InvalidOperationException: no such thing");
    }

    [Fact]
    public async Task AHookThatMakesOtherColumnsOfEachFileIsAProblem()
    {
        workspace.With("x\n1\n", "1.csv").With("x\n2\n", "2.csv");
        workspace.Hooks["varies"] = frame => (long)frame["x"][0] == 1 ? frame
            : new DataFrame(new DoubleDataFrameColumn("y", frame.Rows.Count));
        var problem = (await workspace.Problems(workspace.Input(derive: "varies"))).ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-026");
        problem.Where!.File.ShouldBe("2.csv");
    }
}
