using System.Globalization;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Splitting;
using Mlops.Data.Tests.Ingestion.Typed;
using Mlops.Data.Validation;
using Sylvan.Data.Csv;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>
/// Rows set aside of every kind of source, as they stand there, and what is hidden of them.
/// </summary>
public sealed class QuarantinedSourcesTests
{
    [Fact]
    public async Task ALineOfJsonStandsAsItIsWithItsLine()
    {
        const string failed = "  {\"note\": \"a\\u0062\", \"x\":-7.0 , \"id\":2}";
        using var workspace = new Workspace().With(
            $"{{\"id\":1,\"x\":5}}\n\n{{\"id\":\"x\"}}\n{failed}\r\n[1]\n"
            + $"{{\"id\":3,\"x\":-1,\"more\":[1]}}\n",
            "a.jsonl");
        var result = await Quarantined(workspace, Aside.Rules);
        Records(workspace, result).ShouldBe([
            ["a.jsonl", "3", "id", "x", "'x' is not an integer", "parse", "16", "11", "{\"id\":\"x\"}"],
            ["a.jsonl", "4", "x", "-7.0", Asked, "range:x", "27", "42", failed.Trim()],
            ["a.jsonl", "5", "", "", "a list instead of an object", "parse", "69", "4", "[1]"],
            ["a.jsonl", "6", "x", "-1", Asked, "range:x", "73", "27", "{\"id\":3,\"x\":-1,\"more\":[1]}"],
        ]);
        Handed(workspace, result).ShouldBe(
            $"{{\"id\":\"x\"}}\n{failed}\r\n[1]\n{{\"id\":3,\"x\":-1,\"more\":[1]}}\n");
        result.Places.ShouldBe([new RowPlace(1, "a.jsonl", 4), new RowPlace(2, "a.jsonl", 6)]);
    }

    [Fact]
    public async Task ARowWithoutALineHasItsNumberInTheFileAndStandsAmongThoseThatDidNotParse()
    {
        using var files = new TypedFiles();
        var file = files.AddParquet("a.parquet", """
            select i::varchar as id, (case when i % 3 = 0 then -i else i end)::double as x, 'n' as note
            from range(5) t(i) union all select 'oops', 1.0, 'n' union all select '7', -7.0, 'n'
            """);
        using var workspace = new Workspace().With("a.parquet", await files.Bytes(file));
        var result = await Quarantined(workspace, Aside.Rules);
        Records(workspace, result).Select(record => (record[1], record[3], record[8])).ShouldBe([
            ("row 4", "-3", "{\"id\":3,\"x\":-3,\"note\":\"n\"}"),
            ("row 6", "", "{\"id\":\"oops\",\"x\":1,\"note\":\"n\"}"),
            ("row 7", "-7", "{\"id\":7,\"x\":-7,\"note\":\"n\"}"),
        ]);
        Records(workspace, result).ShouldAllBe(record => record[6] == "" && record[7] == "");
        result.Files!.Select(file => (file.Path, file.Rows, file.IsRaw))
            .ShouldBe([("a.parquet.jsonl", 3, false)]);
        Handed(workspace, result).ShouldBe("{\"id\":3,\"x\":-3,\"note\":\"n\"}\n"
            + "{\"id\":\"oops\",\"x\":1,\"note\":\"n\"}\n{\"id\":7,\"x\":-7,\"note\":\"n\"}\n");
        result.Places.ShouldBe([
            new RowPlace(3, "a.parquet", 4, IsLine: false), new RowPlace(5, "a.parquet", 7, IsLine: false)]);
        var dataset = await workspace.Ingest(Input(workspace));
        dataset.Judgement.Findings.ShouldContain("a.parquet, row 6: id: 'oops' is not an integer");
    }

    [Fact]
    public async Task WhatIsRedactedIsInNoFindingNoSampleAndNoRecordOfAnyKindOfSource()
    {
        using var workspace = new Workspace()
            .With("id,x,note\nsecret1,1,n\n1,secret2,n\n2,-3,secret3\nsecret4\n", "a.csv")
            .With("{\"id\":\"secret5\"}\n{\"note\":\"secret6\",\"x\":\"bad\"}\n{\"secret7\n"
                + "{\"note\":\"secret8\",\"x\":-4}\n{\"note\":1,\"note\":\"secret9\"}\n", "b.jsonl");
        var redacted = Aside.Rules with { Redact = ["note", "id"] };
        var dataset = await workspace.Ingest(Input(workspace) with { Redact = redacted.Redact });
        dataset.QuarantinedRows.ShouldBe(7);
        var shown = string.Join('\n', [
            .. dataset.Judgement.Findings,
            .. dataset.Sources.SelectMany(source => source.Samples).Select(sample => sample.ToString())]);
        shown.ShouldContain("a.csv(2): id: does not parse");
        shown.ShouldContain("'secret2' is not a");
        shown.ShouldContain("1 cell instead of 3");
        var aside = await Of(workspace, dataset, redacted);
        aside.Files.ShouldBeNull();
        Records(workspace, aside).ShouldAllBe(record => record[6] == "•••" && record[7] == "•••");
        var text = workspace.Text(aside.Csv!);
        text.ShouldContain("\"{\"\"note\"\":\"\"•••\"\",\"\"x\"\":-4}\"");
        text.ShouldContain("\"•••,-3,•••\"");
        foreach (var told in new[] { shown, text })
            for (var secret = 1; secret <= 9; secret++)
                if (secret != 2)
                    told.ShouldNotContain($"secret{secret}");
    }

    [Fact]
    public async Task WhatIsRedactedIsNoEvidenceOfATypeEither()
    {
        using var workspace = new Workspace()
            .With("id,x\n1,1\n2,2\n", "a.csv").With("id,x\n3,3\nsecret,open\n", "b.csv");
        async Task<string> Told(params string[] redact)
        {
            var dataset = await workspace.Ingest(workspace.Input() with { Redact = redact });
            return string.Join('\n', [
                .. dataset.Judgement.Findings,
                .. dataset.Origins!.Select(origin => $"{origin.Evidence} {origin.Because}")]);
        }
        (await Told()).ShouldContain("secret");
        (await Told("id")).ShouldNotContain("secret");
        (await Told("id")).ShouldContain("open");
    }

    [Fact]
    public async Task RowsThatDidNotParseBelongToTheDatasetAndToNoCell()
    {
        using var workspace = new Workspace()
            .With("id,x,note\n1,-1,n\noops,1,n\n2,-2,s\n", "a.csv").With("id,x,note\nx,1,n\n", "b.csv");
        var dataset = await workspace.Ingest(Input(workspace));
        var partition =
            await workspace.Context.Call(PartitionStage.Value, new PartitionInput(dataset.Table, "note"));
        var lines = new List<string>();
        foreach (var cell in partition.Cells)
        {
            var validation = await workspace.Context.Call(
                ValidateStage.Value, new ValidateInput(cell.Table, null, Aside.Rules));
            var result = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
                dataset.Sources, new TextFormat(), cell.Table, dataset.Table, "note", cell.Value,
                validation.TakenOut ?? [], validation.Details, null));
            (result.Unparsed, result.Failed).ShouldBe((0, 1));
            Handed(workspace, result).ShouldBe(
                cell.Value == "n" ? "id,x,note\n1,-1,n\n" : "id,x,note\n2,-2,s\n");
            lines.AddRange(Records(workspace, result).Select(record => record[1]));
        }
        lines.Order().ShouldBe(["2", "4"]);
        var whole = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, new TextFormat(), dataset.Table, null, null, null, [], null, null));
        (whole.Unparsed, whole.Failed).ShouldBe((2, 0));
        Records(workspace, whole).Select(record => record[0]).ShouldBe(["a.csv", "b.csv"]);
        whole.Files!.Select(file => workspace.Text(file.File))
            .ShouldBe(["id,x,note\noops,1,n\n", "id,x,note\nx,1,n\n"]);
    }

    /// <summary>The same rows, of a text and of JSON lines, with faults anywhere between them.</summary>
    [Fact]
    public async Task EveryRowSetAsideIsTheOneOfItsLineWhateverTheKindOfSource() => await Gen.Int[0, 4]
        .Array[1, 60].SampleAsync(async kinds =>
        {
            string[] lines = [.. kinds.Select((kind, i) => kind switch
            {
                0 => $"{{\"id\":{i},\"x\":1}}",
                1 => $"{{\"x\":-{i + 1},\"id\":{i}}}",
                2 => $"{{\"id\":\"no {i}\",\"x\":-1}}",
                3 => "",
                _ => $"{{broken {i}",
            })];
            using var workspace =
                new Workspace().With($"{{\"id\":0}}\n{string.Join('\n', lines)}", "a.jsonl");
            var dataset = await workspace.Ingest(Input(workspace));
            var result = await Of(workspace, dataset, Aside.Rules);
            result.Unparsed.ShouldBe(kinds.Count(kind => kind is 2 or 4));
            result.Failed.ShouldBe(kinds.Count(kind => kind == 1));
            (dataset.Table.RowCount + result.Unparsed).ShouldBe(1 + kinds.Count(kind => kind != 3));
            string[] asideLines = [.. lines.Where((_, at) => kinds[at] is 1 or 2 or 4)];
            if (result.Csv is null)
                result.Files.ShouldBeNull();
            else
                Handed(workspace, result).ShouldBe(string.Join('\n', asideLines)
                    + (kinds[^1] is 1 or 2 or 4 ? "" : "\n"));
            if (result.Csv is not null)
                Records(workspace, result).Select(record => (record[1], record[8])).ShouldBe(
                    lines.Index().Where(line => kinds[line.Index] is 1 or 2 or 4).Select(line =>
                        ((line.Index + 2).ToString(CultureInfo.InvariantCulture), line.Item)));
        }, iter: 40, threads: 1);

    const string Asked = "x is at least 0, but for at most 100 % of the values";

    static IngestInput Input(Workspace workspace) => workspace.Input(columns: Aside.Columns) with
    {
        QuarantineMaxShare = 1,
        OnSchemaChange = SchemaChange.Adapt,
    };

    static string Handed(Workspace workspace, QuarantineResult result) =>
        workspace.Text(result.Files!.ShouldHaveSingleItem().File);

    static List<string[]> Records(Workspace workspace, QuarantineResult result)
    {
        using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv!)));
        var records = new List<string[]>();
        while (csv.Read())
            records.Add([.. Enumerable.Range(0, 9).Select(csv.GetString)]);
        return records;
    }

    static async Task<QuarantineResult> Quarantined(Workspace workspace, ValidationRules rules) =>
        await Of(workspace, await workspace.Ingest(Input(workspace)), rules);

    static async Task<QuarantineResult> Of(Workspace workspace, Dataset dataset, ValidationRules rules) =>
        (await Aside.Of(workspace, dataset, rules)).Result;
}
