using System.Text.Json;
using System.Xml.Linq;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Whole runs as CI servers and machines see them; their tongues letter for letter are held elsewhere.
/// </summary>
public sealed class ServerTests : IDisposable
{
    static readonly string Yaml = """
        name: small
        data:
          sources: "*.csv"
          key: [id]
          columns: { id: integer, age: integer, plan: text, left: boolean }
          quarantine: { max-share: 0.05 }
        validate: { columns: { age: { max: 60, severity: warn } } }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: binary, label: left, trainer: { name: fast-tree, trees: 5, min-rows-per-leaf: 2 } }
        evaluate: { metrics: [auc], gates: [{ metric: auc, max: 0.1, champion-tolerance: 1 }] }
        package: { version: 1.0.0 }
        """;

    readonly Workbench bench = new Workbench()
        .WithPipeline("small", Yaml)
        .WithFile("pipelines/small/data.csv",
            $"id,age,plan,left\n{Rows(200)}x,30,##vso[task.complete]gold,true\n");

    [Fact]
    public void ARejectedGateIsAnnotatedSummedUpAndLeftAsResults()
    {
        var (summary, outputs) = (bench.PathOf("summary"), bench.PathOf("outputs"));
        bench.WithVariable("GITHUB_ACTIONS", "true")
            .WithVariable("GITHUB_STEP_SUMMARY", summary).WithVariable("GITHUB_OUTPUT", outputs);

        // The second run executes nothing and is told of all the same.
        foreach (var executed in new[] { 6, 0 })
        {
            var run = bench.Run("--results-directory", bench.PathOf("results")).ShouldExit(1).ShouldSay(
                "::group::Evaluate\n", "pipeline.yaml,line=10,col=", "title=gate%3Aauc::small: auc ",
                "pipeline.yaml,line=7,col=", "title=range%3Aage::small: age ",
                "data.csv,line=202,title=quarantine::The row was set aside: id: 'x' is not an integer",
                "small/Evaluate was rejected: auc ", " Read ");
            run.Text.ShouldNotContain("NullReference");
            run.Text.ShouldNotContain("##vso[");
            run.Executed.Count.ShouldBe(executed);

            File.ReadAllText(summary).ShouldContain("| small | Evaluate rejected | auc | ");
            File.ReadAllText(summary).ShouldMatch(
                "; not run: auc [0-9.]+: there is no champion to compare with ");
            File.ReadAllText(outputs).ShouldContain("\nrejected<<");
            var cases = XDocument.Load(bench.PathOf("results/junit.xml")).Descendants("testcase").ToList();
            Of("small.gates", "auc").Element("failure").ShouldNotBeNull();
            Of("small.gates", "auc#2").Element("skipped").ShouldNotBeNull();
            Of("small.checks", "range:age").Element("failure").ShouldBeNull();
            Of("small", "Package").Element("skipped").ShouldNotBeNull();
            JsonElement.Parse(File.ReadAllText(bench.PathOf("results/findings.sarif")))
                .GetProperty("runs")[0].GetProperty("results")
                .EnumerateArray().Select(result => result.GetProperty("ruleId").GetString())
                .ShouldBe(["quarantine", "range:age", "overlap", "label-leakage", "gate:auc"]);
            File.Delete(summary);
            File.Delete(outputs);

            XElement Of(string suite, string name) => cases.Single(one =>
                one.Attribute("classname")!.Value == suite && one.Attribute("name")!.Value == name);
        }
    }

    [Fact]
    public void RedactedColumnsAreInNoEventNoAnnotationNoLogNoResultAndNoPage()
    {
        bench.Edit("pipelines/small/data.csv", data =>
                data + "secret-id,30,gold,true\n777,99,secret-plan,true\n")
            .Edit("pipelines/small/pipeline.yaml", yaml => yaml.Replace("auc, max: 0.1", "auc, min: 0")
                .Replace("validate: {", "validate: { redact: [id, plan],")
                .Replace(
                    "severity: warn }", "severity: warn }, plan: { values-in: [gold], severity: warn }"));
        bench.WithVariable("GITHUB_ACTIONS", "true");
        var told = bench.Run("Report", "--results-directory", bench.PathOf("results")).ShouldExit(0).Text
            + bench.Run("Report", "--format", "json").ShouldExit(0).Text;
        var files = new[] { bench.Output, bench.PathOf("results"), Path.Combine(bench.Workspace, "logs") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".zip", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(5);
        told.ShouldContain("id: does not parse");
        foreach (var text in files.Select(File.ReadAllText).Append(told))
            string.Join("\n", text.Split("\n").Where(line => line.Contains("secret-"))).ShouldBeEmpty();
    }

    [Fact]
    public void WhatDidNotParseStandsOnceAboveTheCellsAndWhatARuleTookOutInItsCell()
    {
        bench.Edit("pipelines/small/pipeline.yaml", yaml => yaml
            .Replace("severity: warn", "fail-above: 1").Replace("auc, max: 0.1", "auc, min: 0")
            .Replace("data:", "matrix: { column: plan, values: [gold, basic] }\ndata:"));
        bench.Run("Report").ShouldExit(0);
        File.ReadAllLines(Path.Combine(bench.Output, "small", "unparsed.csv")).Length.ShouldBe(2);
        var raw = File.ReadAllText(Path.Combine(bench.Output, "small", "unparsed.raw", "data.csv"));
        raw.ShouldBe("id,age,plan,left\nx,30,##vso[task.complete]gold,true\n");
        foreach (var cell in new[] { "gold", "basic" })
        {
            File.ReadAllLines(Path.Combine(bench.Output, "small", cell, "quarantine.csv"))
                .ShouldAllBe(line => line.StartsWith("file,") || line.Contains("range:age"));
            File.ReadAllText(Path.Combine(bench.Output, "small", cell, "audit.html"))
                .ShouldContain("href=\"../unparsed.csv\"");
        }
        // Put right, the rows set aside are handed back as a file beside the one that had them.
        bench.Edit("pipelines/small/data.csv", data => data[..data.IndexOf("x,30", StringComparison.Ordinal)])
            .WithFile("pipelines/small/again.csv",
                raw.Replace("x,", "9001,").Replace("##vso[task.complete]gold", "gold"))
            .Run("Report").ShouldExit(0);
        File.ReadAllText(Path.Combine(bench.Output, "small", "gold", "audit.html"))
            .ShouldContain("201 rows that parsed and 0 that did not");
        File.Exists(Path.Combine(bench.Output, "small", "unparsed.csv")).ShouldBeFalse();
        Directory.Exists(Path.Combine(bench.Output, "small", "unparsed.raw")).ShouldBeFalse();
    }

    [Fact]
    public void AMistakeInYamlIsAnnotatedAtItsLine()
    {
        bench.WithVariable("GITHUB_ACTIONS", "true")
            .Edit("pipelines/small/pipeline.yaml", yaml => yaml.Replace("metrics:", "metrix:"))
            .Run("--results-directory", bench.PathOf("results")).ShouldExit(2)
            .ShouldSay("pipeline.yaml,line=10,col=", "title=YAML-");
        File.ReadAllText(bench.PathOf("results/findings.sarif")).ShouldContain("\"startLine\": 10");
        File.ReadAllText(bench.PathOf("results/summary.md")).ShouldContain("## Failed");
    }

    [Fact]
    public void AFileOutsideOfThePipelinesFolderIsAnnotatedWhereItLies()
    {
        Directory.Move(
            bench.PathOf("pipelines/small/data.csv"),
            Path.Combine(Directory.CreateDirectory(bench.PathOf("raw")).FullName, "data.csv"));
        bench.WithVariable("GITHUB_ACTIONS", "true")
            .Edit("pipelines/small/pipeline.yaml", yaml => yaml.Replace("\"*.csv\"", "../../raw/*.csv"));
        bench.Run("Ingest").ShouldExit(0).ShouldSay($"{bench.PathOf("raw/data.csv")},line=202,");

        bench.Edit("raw/data.csv", data => data.Replace("id,age,plan", "id,aged,plan"));
        bench.Run("Ingest").ShouldExit(1).ShouldSay($"{bench.PathOf("raw/data.csv")},line=1,");
    }

    [Fact]
    public void ForMachinesEveryLineIsAnEventAndTheLastSaysHowItEnded()
    {
        var lines = bench.Run("--format", "json")
            .ShouldExit(1).Text.TrimEnd().Split('\n').Select(line => JsonElement.Parse(line)).ToList();

        lines[0].GetProperty("event").GetString().ShouldBe("run-started");
        lines[^1].GetProperty("exit-code").GetInt32().ShouldBe(1);
        var evaluated = lines.Single(line =>
            Is(line, "step-settled") && line.GetProperty("step").GetString() == "small/Evaluate");
        evaluated.GetProperty("rejected").GetBoolean().ShouldBeTrue();
        evaluated.GetProperty("key").GetString()!.Length.ShouldBe(64);
        lines.Count(line => Is(line, "check")).ShouldBeGreaterThan(10);

        static bool Is(JsonElement line, string name) => line.GetProperty("event").GetString() == name;
    }

    [Fact]
    public void RunsThatExecutedSomethingLeaveALogAndOthersNone()
    {
        bench.Run("Train").ShouldExit(0).ShouldSay("Executed  Reused");
        var logs = Directory.GetFiles(Path.Combine(bench.Workspace, "logs"));
        File.ReadAllText(logs.ShouldHaveSingleItem()).ShouldContain("step small/Train executed after ");
        bench.Run("Train").ShouldExit(0);
        bench.Run("Train").ShouldExit(0);
        Directory.GetFiles(Path.Combine(bench.Workspace, "logs")).ShouldBe(logs);
    }

    [Fact]
    public void YamlThatNothingReadsIsNamed()
    {
        bench.WithFile("pipelines/stray.yaml", Yaml).WithFile("pipelines/other/pipeline.yml", Yaml);
        foreach (var _ in new[] { 1, 2, 3 })
            bench.Run("Ingest").ShouldExit(0).ShouldSay(
                "pipelines/stray.yaml: YAML-013", "pipelines/stray/pipeline.yaml",
                "pipelines/other/pipeline.yml: YAML-013");
    }

    public void Dispose() => bench.Dispose();

    static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(
        i => $"{i},{20 + i % 50},{(i % 3 == 0 ? "gold" : "basic")},{(i % 50 > 20 ? "true" : "false")}\n"));
}
