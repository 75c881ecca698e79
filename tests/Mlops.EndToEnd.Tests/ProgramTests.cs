using Mlops.Targets.Tests;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Programs as steps of a pipeline, from YAML to the audit report, through <c>build.sh</c> itself.
/// </summary>
public sealed class ProgramTests : IDisposable
{
    const string Steps = """
        steps:
          clean:
            run: [./clean.sh, "${each}", "clean/${each_name}"]
            inputs: [clean.sh, raw/*.csv]
            each: raw/*.csv
            parameters: { limit: 1000 }
            outputs: clean/*.csv
          count:
            run: cat clean/*.csv | wc -l > rows.txt
            shell: true
            inputs: steps.clean/*.csv
            outputs: rows.txt
        """;

    const string Learning = """
        data:
          sources: steps.clean/*.csv
          key: id
        train:
          task: binary
          label: churned
          trainer: lbfgs
        evaluate: { gates: [] }
        """;

    readonly Workbench bench = new();

    public ProgramTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are POSIX shell scripts.");
        bench.WithFile(
            "pipelines/p/clean.sh",
            $"#!/bin/sh\nmkdir -p clean\necho \"$1\" >> '{Journal}'\nhead -n \"$limit\" \"$1\" | tr -d '\\r' "
            + "> \"$2\"\necho \"cleaned $1 <&>\"\n");
        for (var file = 0; file < 4; file++)
            bench.WithFile($"pipelines/p/raw/{file}.csv", Rows(file));
    }

    [Fact]
    public void StepsFeedTheDataAndTheAuditReportTellsOfThem()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}\n{Learning}");

        var first = bench.Run().ShouldExit(0);

        first.Executed.ShouldContain("p/steps.clean");
        first.Executed.ShouldContain("p/Package");
        var page = File.ReadAllText(Path.Combine(bench.Output, "p", "audit.html"));
        page.ShouldContain("Steps before the data");
        page.ShouldContain("./clean.sh ${each} clean/${each_name}");
        page.ShouldContain("4, exit code 0");
        page.ShouldContain("cleaned raw/2.csv &lt;&amp;&gt;");
        page.ShouldContain("steps.clean/clean/0.csv");
        File.ReadAllText(Path.Combine(bench.Output, "p", "steps", "count", "rows.txt")).Trim()
            .ShouldBe("204");
        Directory.Exists(Path.Combine(bench.Output, "p", "steps", "clean"))
            .ShouldBeFalse("what the data takes is not a result");

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
        TakeJournal().Count.ShouldBe(4);
    }

    [Fact]
    public void OneChangedRawFileCostsOneExecutionAndEqualBytesStopTheWave()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}\n{Learning}");
        bench.Run("Ingest", "Prepare").ShouldExit(0);
        TakeJournal();
        // Only the ends of lines change, which the program takes away.
        bench.Edit("pipelines/p/raw/2.csv", text => text.Replace("\n", "\r\n", StringComparison.Ordinal));

        bench.Run("Ingest", "--plan").ShouldExit(0).ShouldSay(
            "stale      p/steps.clean: `raw/2.csv` changed", "pending    p/Ingest: on p/steps.clean");
        bench.Run("Ingest", "Prepare").ShouldExit(0).Executed.ShouldBe(["p/steps.clean"]);

        TakeJournal().ShouldBe(["raw/2.csv"]);
    }

    [Fact]
    public void APipelineOfStepsAloneIsPreparedReportedAndExplained()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}");

        bench.Run("Prepare").ShouldExit(0).Executed.ShouldBe(["p/steps.clean", "p/steps.count"]);

        bench.Run("Report").ShouldExit(0).Executed.ShouldBe(["p/Report", "Index"], ignoreOrder: true);
        var page = File.ReadAllText(Path.Combine(bench.Output, "p", "audit.html"));
        page.ShouldContain("./clean.sh ${each} clean/${each_name}");
        page.ShouldContain("4, exit code 0");
        page.ShouldContain("cleaned raw/2.csv &lt;&amp;&gt;");
        page.ShouldContain("  steps/count/rows.txt\n");
        page.ShouldNotContain(
            "steps/clean/clean/0.csv", customMessage: "what another step takes is not beside the page");
        page.ShouldContain("steps.clean.parameters.limit");
        page.ShouldNotContain("split.method");
        File.ReadAllText(Path.Combine(bench.Output, "index.html"))
            .ShouldContain("1 of 1 pipeline of steps finished.");
        bench.Run("Report").ShouldExit(0).Executed.ShouldBeEmpty();
        bench.Run("Prepare", "--set", "steps.clean.parameters.limit=2", "--plan").ShouldExit(0)
            .ShouldSay("stale      p/steps.clean: `steps.clean.parameters.limit` 1000 → 2");
        var explained = bench.Run("Explain", "--step", "p/steps.count").ShouldExit(0);
        explained.ShouldSay(
            "<- p/steps.clean", "\"rows.txt\"", "<- pipeline.yaml steps.count.outputs", "<- the search path");
        bench.Run("Reproduce").ShouldExit(0).ShouldSay("4 of 4 steps gave the recorded record");
    }

    [Fact]
    public void AStepAloneThatFailsIsOnTheFrontPageAndLeavesTheLastReport()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}");
        bench.Run().ShouldExit(0);
        var before = bench.OutputDigests();
        bench.Edit("pipelines/p/clean.sh", text => text + "exit 3\n");

        bench.Run().ShouldExit(1).Stopped.ShouldContain("p/Report");

        bench.OutputDigests()["p/audit.html"].ShouldBe(before["p/audit.html"]);
        File.ReadAllText(Path.Combine(bench.Output, "index.html")).ShouldContain("stopped at steps.clean");
    }

    [Fact]
    public void APipelineThatLearnsNoMoreKeepsNothingOfItsModel()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}\n{Learning}");
        bench.Run().ShouldExit(0);
        bench.WithPipeline("p", $"name: p\n{Steps}");

        bench.Run().ShouldExit(0);

        bench.OutputDigests().Keys.ShouldBe(["index.html", "p/audit.html", "p/steps/count/rows.txt"]);
        File.ReadAllText(Path.Combine(bench.Output, "p", "audit.html")).ShouldContain("Pipeline of steps");
    }

    [Fact]
    public void OutputsComeBackFromTheStoreAndProgramsThatWouldFailAreNotRun()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}");
        bench.Run("Prepare").ShouldExit(0);
        Directory.Delete(bench.Output, recursive: true);
        TakeJournal();

        bench.Run("Prepare").ShouldExit(0).Executed.ShouldBeEmpty();

        File.Exists(Path.Combine(bench.Output, "p", "steps", "count", "rows.txt")).ShouldBeTrue();
        TakeJournal().ShouldBeEmpty();
    }

    [Fact]
    public void AnIdleRunSeesScriptsVariablesAndProgramsOfItsSteps()
    {
        bench.WithPipeline("p", """
            name: p
            steps:
              a:
                run: mytool > out; echo "$MODE" >> out
                shell: true
                tools: { mytool: }
                environment: MODE
                outputs: out
            """).WithVariable("MODE", "one")
                .WithVariable("PATH", $"{bench.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}");
        WriteTool("echo 1");
        bench.Run("Prepare").ShouldExit(0);
        RunIdle();

        bench.WithVariable("MODE", "two");
        bench.Run("Prepare").ShouldExit(0).ReasonOf("p/steps.a").ShouldContain("`MODE` changed");
        RunIdle();
        WriteTool("echo 2");
        bench.Run("Prepare").ShouldExit(0).ReasonOf("p/steps.a").ShouldContain("`mytool` changed");

        File.ReadAllText(Path.Combine(bench.Output, "p", "steps", "a", "out")).ShouldBe("2\ntwo\n");
    }

    [Fact]
    public void AProgramThatFailsStopsWhatStandsOnItAndLeavesTheLastReport()
    {
        bench.WithPipeline("p", $"name: p\n{Steps}\n{Learning}");
        bench.Run().ShouldExit(0);
        var before = bench.OutputDigests();
        bench.WithFile("pipelines/p/raw/9.csv", "id;broken\n").Edit("pipelines/p/clean.sh",
            text => text + "grep -q broken \"$1\" && { echo \"no rows in $1\" >&2; exit 3; }\nexit 0\n");

        var run = bench.Run().ShouldExit(1);

        run.ShouldSay("ENGINE-050", "`./clean.sh raw/9.csv clean/9.csv` ended with exit code 3.",
            "no rows in raw/9.csv");
        run.Stopped.ShouldContain("p/steps.clean");
        run.Stopped.ShouldContain("p/Ingest");
        bench.OutputDigests()["p/audit.html"].ShouldBe(before["p/audit.html"]);
        TakeJournal();
        bench.Run().ShouldExit(1);
        TakeJournal().ShouldBe(["raw/9.csv"]);
    }

    [Fact]
    public void ReadingWhatWasNotDeclaredAndMissingWhatWasAreClear()
    {
        bench.WithPipeline("p", """
            name: p
            steps:
              reads: { run: [cat, secret.txt], inputs: clean.sh }
              makes: { run: touch modell.bin, shell: true, outputs: model.bin }
              waits: { run: [sleep, 60], timeout: 300ms }
            """).WithFile("pipelines/p/secret.txt", "x");

        bench.Run("Prepare").ShouldExit(1).ShouldSay(
            "ENGINE-050", "`cat secret.txt` ended with exit code 1.",
            "not declared: in its folder there is only 'clean.sh'", "ENGINE-054", "made no file 'model.bin'",
            "it made 'modell.bin'", "ENGINE-053", "`sleep 60` was not done after 0.3 s");
    }

    [Fact]
    public void WhatIsNotThereIsSaidBeforeAnythingRuns()
    {
        bench.WithPipeline("p", """
            name: p
            steps:
              files: { run: [cat, a], inputs: no-such-*.csv }
              program: { run: [no-such-program-anywhere] }
              variable: { run: [env], environment: NO_SUCH_VARIABLE }
              outputs: { run: [cat, a], inputs: "steps.makes/*.parquet" }
              makes: { run: [touch, a.csv], outputs: "*.csv" }
              elsewhere: { run: [no-such-program-anywhere], tools: { no-such-program-anywhere: 1.0 } }
            """);

        bench.Run("Prepare", "--plan").ShouldExit(0).ShouldSay(
            "impossible p/steps.files: PIPE-051", "impossible p/steps.program: PIPE-054",
            "impossible p/steps.variable: PIPE-053", "pending    p/steps.outputs: on p/steps.makes");
        bench.Run("Prepare").ShouldExit(1).ShouldSay("PIPE-052", "ENGINE-051");
    }

    [Fact]
    public void MistakesInStepsAreSaidAtOnceWithTheirPlaces()
    {
        bench.WithPipeline("p",
            $"name: p\n{Steps}".Replace("steps.clean/", "steps.claen/", StringComparison.Ordinal)
                .Replace("outputs: rows.txt", "outputs: ../rows.txt", StringComparison.Ordinal));

        bench.Run("Prepare").ShouldExit(2).ShouldSay(
            "pipeline.yaml(12,13) [steps.count.inputs]: YAML-010: There is no step 'claen'",
            "did you mean 'clean'?", "cannot be ../rows.txt");
    }

    [Fact]
    public void CancellingEndsTheProgram()
    {
        Interrupts.SkipWhereIgnored();
        bench.WithPipeline("p", "name: p\nsteps: { a: { run: \"sleep 300 & echo $! > '"
            + bench.PathOf("child") + "'; wait\", shell: true } }");
        using var build = bench.Compiled().Start("Prepare");
        for (var attempt = 0; !File.Exists(bench.PathOf("child")) && attempt < 6000; attempt++)
            Thread.Sleep(10);
        Thread.Sleep(100);

        Interrupts.Send(build, "INT");
        build.StandardOutput.ReadToEnd();
        build.WaitForExit();

        build.ExitCode.ShouldBe(130);
        var child = $"/proc/{File.ReadAllText(bench.PathOf("child")).Trim()}/stat";
        for (var attempt = 0; IsRunning(child) && attempt < 500; attempt++)
            Thread.Sleep(10);
        IsRunning(child).ShouldBeFalse("what the program started still runs");
    }

    [Fact]
    public void FilesWithBlanksAndLettersOfAnyLanguageGoThrough()
    {
        bench.WithFile("pipelines/p/raw/größe 1.csv", Rows(7)).WithPipeline("p", $"name: p\n{Steps}");

        bench.Run("Prepare").ShouldExit(0);

        TakeJournal().ShouldContain("raw/größe 1.csv");
        File.ReadAllText(Path.Combine(bench.Output, "p", "steps", "count", "rows.txt")).Trim()
            .ShouldBe("255");
    }

    public void Dispose() => bench.Dispose();

    string Journal => bench.PathOf("journal");

    List<string> TakeJournal()
    {
        if (!File.Exists(Journal))
            return [];
        var lines = File.ReadAllLines(Journal).Order(StringComparer.Ordinal).ToList();
        File.Delete(Journal);
        return lines;
    }

    /// <summary>
    /// Until all is old enough to be believed by its time, then once more, so that what was
    /// looked at is kept.
    /// </summary>
    void RunIdle()
    {
        Thread.Sleep(2500);
        bench.Run("Prepare").ShouldExit(0).Executed.ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(bench.Workspace, "snapshots")).ShouldNotBeEmpty();
        bench.Run("Prepare").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    void WriteTool(string script)
    {
        bench.WithFile("bin/mytool", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(bench.PathOf("bin/mytool"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static bool IsRunning(string stat) =>
        File.Exists(stat) && File.ReadAllText(stat).Split(')')[^1].Trim()[0] is not ('Z' or 'X');

    /// <summary>A header and fifty rows, of which the label follows the first number.</summary>
    static string Rows(int file) => "id,x,y,churned\n" + string.Concat(Enumerable.Range(0, 50).Select(row =>
        $"{file * 100 + row},{(row * 37 + file * 11) % 50},{(row * 17 + file) % 23},"
        + $"{((row * 37 + file * 11) % 50 > 25 ? "yes" : "no")}\n"));
}
