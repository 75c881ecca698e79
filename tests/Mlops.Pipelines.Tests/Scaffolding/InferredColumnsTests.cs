using System.Text;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Pipelines.Scaffolding;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Scaffolding;

public sealed class InferredColumnsTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-inferred-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    const string Checks = """

        validate:
          columns:  # inferred notes; make those that matter warn or error, and take this remark away
            id: { missing-max-share: 0, severity: info }
            city: { set: [Oslo, Rome], missing-max-share: 0.0244, severity: info }
            price: { min: 0, max: 19.5, missing-max-share: 0, severity: info }

        """;

    static string Yaml(string columns = "", string checks = "") => $$"""
        # kept as it is
        name: shop

        data:
          sources:
            - a.csv   # raw
            - b.jsonl
        {{columns}}  # the key
          key: id
        {{checks}}
        # what is learnt
        train: { task: regression, label: price }
        package: { version: 0.1.0 }
        """;

    async Task<(InferredColumns Inferred, string Text)> Infer(string yaml, bool force = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "shop")).FullName;
        var ct = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "id,city,price\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => $"{i},{(i % 2 == 0 ? "Rome" : "Oslo")},{i * 0.5}\n")), ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "b.jsonl"), "{\"id\":40,\"city\":null,\"price\":7}\n", ct);
        return await InferAgain(yaml, force);
    }

    async Task<(InferredColumns Inferred, string Text)> InferAgain(string yaml, bool force = false)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateDirectory(Path.Combine(root, "shop")).FullName;
        var file = Path.Combine(folder, "pipeline.yaml");
        await File.WriteAllTextAsync(file, yaml, ct);
        var pipeline = PipelineFile.ReadAll(root, null, new Dictionary<string, string>(), [])
            .ShouldHaveSingleItem();
        var workspace = Workspace.Open(Path.Combine(root, ".mlops"), TimeProvider.System);
        var inferred = await InferredColumns.Write(pipeline, workspace, force, ct);
        return (inferred, await File.ReadAllTextAsync(file, ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff")]
    public async Task TheMarkThatTheFileBeginsWithStays(string mark)
    {
        (await Infer(mark + Yaml())).Inferred.Changes.ShouldNotBeEmpty();
        var bytes = await File.ReadAllBytesAsync(
            Path.Combine(root, "shop", "pipeline.yaml"), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(bytes).ShouldStartWith(mark + "# kept as it is", Case.Sensitive);
        (bytes[0] == 0xef).ShouldBe(mark.Length > 0);
    }

    [Fact]
    public async Task TheSectionComesBehindTheSourcesWithItsEvidenceAndNothingElseChanges()
    {
        var (inferred, text) = await Infer(Yaml());
        text.ShouldBe(Yaml("""
              columns:  # inferred; take this remark away when the types are yours
                id: integer  # none missing; all different; 0 to 40
                city: text  # 2.4 % missing; 2 distinct; mostly 'Oslo', 'Rome'; perhaps a category
                price: real  # none missing; 40 distinct; 0 to 19.5

            """, Checks));
        inferred.Changes.Count.ShouldBe(9);
        inferred.Changes.ShouldAllBe(line => line.StartsWith("+ "));
        PipelineFile.ReadAll(
            root, null, new Dictionary<string, string>(), [])[0].Data.Columns!.Count.ShouldBe(3);
        var (again, same) = await Infer(text);
        again.Changes.ShouldBeEmpty();
        same.ShouldBe(text);
    }

    const string German = """
        Tag;Stunde;Umsatz;Stück;Ort
        31.12.2025;31.12.2025 23:59;1.234.567,89;1.200;Köln
        01.01.2026;01.01.2026;0,5;7;Bonn
        02.01.2026;02.01.2026 08:00;-1.234;k.A.;k.A.

        """;

    const string GermanYaml = """
        name: shop
        data:
          sources: verkauf.csv
          format:
            { delimiter: ";", decimal: ",", thousands: ".", missing: k.A., dates: [dd.MM.yyyy, dd.MM.yyyy HH:mm] }
        train: { task: regression, label: Umsatz }
        """;

    [Fact]
    public async Task AGermanFileIsInferredByItsFormatAndReadWithTheColumnsThatWereWritten()
    {
        var ct = TestContext.Current.CancellationToken;
        var bytes = System.Text.Encoding.UTF8.GetBytes(German);
        var path = Path.Combine(
            Directory.CreateDirectory(Path.Combine(root, "shop")).FullName, "verkauf.csv");
        await File.WriteAllBytesAsync(path, bytes, ct);
        var (_, text) = await InferAgain(GermanYaml);
        text.ShouldContain("Umsatz: real  # none missing; all different; -1234 to 1234567.89");

        var data = PipelineFile.ReadAll(root, null, new Dictionary<string, string>(), [])[0].Data;
        string.Join(", ", data.Columns!.Select(column => $"{column.Name} {column.Column().TypeWord}"))
            .ShouldBe("Tag date, Stunde timestamp, Umsatz real, Stück integer, Ort text");
        var scratch = Directory.CreateDirectory(Path.Combine(root, "scratch")).FullName;
        var context = new ScratchContext(
            scratch, new Dictionary<Digest, string> { [Digest.Of(bytes)] = path }, null, ct);
        var dataset = await context.Call(
            IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>()),
            new IngestInput(
                [new("verkauf.csv", Digest.Of(bytes), bytes.Length)], data.Format, data.Columns, null, 0));
        var table = await TableReading.Load(context, dataset.Table);
        Enumerable.Range(0, table.RowCount)
            .Select(row => string.Join('|', table.Schema.Columns.Select((_, i) => table[i].Text(row) ?? "-")))
            .ShouldBe(
            [
                "2025-12-31|2025-12-31T23:59:00|1234567.89|1200|Köln",
                "2026-01-01|2026-01-01T00:00:00|0.5|7|Bonn",
                "2026-01-02|2026-01-02T08:00:00|-1234|-|-",
            ]);
    }

    /// <param name="last">The only row of a second file.</param>
    async Task<(InferredColumns Inferred, string Text)> InferSales(
        string header, IEnumerable<string> rows, string last)
    {
        var path = Directory.CreateDirectory(Path.Combine(root, "shop")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(path, "verkauf.csv"), $"{header}\n{string.Concat(rows)}",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(path, "verkauf2.csv"), $"{header}\n{last}\n", TestContext.Current.CancellationToken);
        return await InferAgain("""
            name: shop
            data:
              sources: verkauf*.csv
              format: { delimiter: ";" }
            validate: { redact: Geheim }
            train: { task: regression, label: Umsatz }
            """);
    }

    [Fact]
    public async Task NumbersInGroupsAreInferredUnlessARowMoreWouldNotParse()
    {
        var rows = Enumerable.Range(0, 12_000).Select(i => $"{1 + i / 900}.{100 + i % 900},5")
            .Select(number => $"{number};{number};1.234,5\n");
        var (inferred, text) = await InferSales("Umsatz;Teil;Geheim", rows, "1;x;2");
        text.ShouldContain("    Umsatz: { type: real, decimal: \",\", thousands: \".\" }  # none missing; "
            + "about ", customMessage: text);
        text.ShouldContain("; '10.100,5' has '.' between thousands\n");
        text.ShouldContain("    Teil: text  # ");
        text.ShouldContain("    Geheim: { type: real, decimal: \",\", thousands: \".\" }  # none missing; "
            + "2 distinct; its cells have '.' between thousands\n");
        inferred.Findings.ShouldNotContain(finding => finding.Contains("parse"));
    }

    [Fact]
    public async Task DatesAreInferredUnlessARowMoreWouldNotParse()
    {
        var rows = Enumerable.Range(0, 300).Select(i => $"{1 + i % 28}.{1 + i % 12}.2025")
            .Select(date => $"{date};{date};{date} 10:00;7\n");
        var (inferred, text) = await InferSales(
            "Tag;Teil;Geheim;Umsatz", rows, "31.12.2024;bald;31.12.2024 9:30;1");
        text.ShouldContain("    Tag: { type: date, format: d.M.yyyy }  # none missing; ", customMessage: text);
        text.ShouldContain("; '1.1.2025' is written as d.M.yyyy\n");
        text.ShouldContain("    Teil: text  # ");
        text.ShouldContain("    Geheim: { type: timestamp, format: \"d.M.yyyy H:mm\" }  # none missing; ");
        text.ShouldContain(" distinct; its cells are written as d.M.yyyy H:mm\n");
        inferred.Findings.ShouldNotContain(finding => finding.Contains("parse"));
    }

    [Fact]
    public async Task TheChecksAreNotesThatTheirOwnDataKeepsTo()
    {
        await Infer(Yaml());
        var rules = PipelineFile.ReadAll(
            root, null, new Dictionary<string, string>(), [])[0].Validate.Columns;
        rules.Select(rule => rule.Column).ShouldBe(["id", "city", "price"]);
        rules.ShouldAllBe(rule => rule.Severity == Mlops.Data.Validation.Severity.Info);
        rules[1].Set.ShouldBe(["Oslo", "Rome"]);
        rules[2].Max.ShouldBe(19.5);
    }

    [Theory]
    [InlineData("validate:\n  columns:\n    price: { min: 1 }\n", false)]
    [InlineData("validate: { columns: { price: { min: 1 } } }\n", false)]
    [InlineData("validate: { columns: { price: { min: 1 } } }\n", true)]
    public async Task ChecksThatAPersonWroteStayAndThatIsSaid(string own, bool force)
    {
        var (inferred, text) = await Infer(Yaml(checks: own), force);
        text.ShouldContain(own);
        text.ShouldNotContain("severity: info");
        inferred.Findings.ShouldContain(finding => finding.StartsWith("validate.columns is written by hand"));
    }

    [Fact]
    public async Task ForceReplacesChecksAndLeavesWhatElseIsValidated()
    {
        var own = "validate:\n  rows: { min: 3 }  # mine\n  columns:\n    price: { min: 1 }\n\n  # of keys\n"
            + "  redact: city\n";
        var (_, text) = await Infer(Yaml(checks: own), force: true);
        text.ShouldContain("  rows: { min: 3 }  # mine\n  columns:  # inferred notes");
        text.ShouldContain(
            "    price: { min: 0, max: 19.5, missing-max-share: 0, severity: info }\n\n  # of keys\n"
                + "  redact: city\n");
        text.ShouldNotContain("min: 1 }");
        text.ShouldNotContain("Oslo");
    }

    [Fact]
    public async Task WhatIsFoundQuotesNoCellOfARedactedColumn()
    {
        var yaml = Yaml(checks: "\nvalidate: { redact: city }\n");
        await Infer(yaml);
        var folder = Path.Combine(root, "shop");
        var ct = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "a.csv"), "id,city,price\n1,5,2\n2,6,3\n3,7,3\n", ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "b.jsonl"), "{\"id\":40,\"city\":\"secret\",\"price\":7}\n", ct);

        var (inferred, text) = await InferAgain(yaml);

        inferred.Findings.ShouldContain(finding => finding.StartsWith("'city' is text because of b.jsonl"));
        string.Join('\n', inferred.Findings).ShouldNotContain("secret");
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task ChecksComeBehindWhatIsValidatedAlready()
    {
        var (_, text) = await Infer(Yaml(checks: "\nvalidate:\n  rows: { min: 3 }\n"));
        text.ShouldContain("  rows: { min: 3 }\n  columns:  # inferred notes");
        (await Infer(text)).Inferred.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task ColumnsThatAPersonDeclaredAreReplacedByForceAlone()
    {
        var own = Yaml("  columns:\n    id: text\n    price: real\n");
        (await Should.ThrowAsync<ProblemException>(() => Infer(own))).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("PIPE-014");
        (await File.ReadAllTextAsync(Path.Combine(root, "shop", "pipeline.yaml"),
            TestContext.Current.CancellationToken)).ShouldBe(own);
        var (inferred, text) = await Infer(own, force: true);
        inferred.Changes.ShouldContain("-     id: text");
        text.ShouldContain("    id: integer  #");
        text.ShouldEndWith(
            "  # the key\n  key: id\n" + Checks + "\n# what is learnt\ntrain: { task: regression, label: "
            + "price }\npackage: { version: 0.1.0 }");
    }

    [Fact]
    public async Task AFileWithoutPlaceForColumnsIsLeftAlone() =>
        (await Should.ThrowAsync<ProblemException>(() => Infer(
            "name: shop\ndata: { sources: a.csv }\ntrain: { task: regression, label: price }\npackage: "
            + "{ version: 0.1.0 }\n")))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("PIPE-015");
}
