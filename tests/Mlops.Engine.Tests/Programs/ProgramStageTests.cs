namespace Mlops.Engine.Tests.Programs;

/// <summary>A program as a stage: what it sees, what is kept of it, and when it runs.</summary>
public sealed class ProgramStageTests : IDisposable
{
    readonly ProgramBench bench = new();

    [Fact]
    public void WhatAProgramMakesIsKeptUnderItsName()
    {
        bench.WithSource("raw/a.csv", "b\na\n");

        var result = bench.Run(
            ProgramBench.Shell("mkdir out; sort raw/a.csv > out/sorted.csv", "out/*.csv"), "raw/*");

        bench.TextOf(result, "out/sorted.csv").ShouldBe("a\nb\n");
        ProgramBench.OutputOf(result).Executions.ShouldHaveSingleItem()
            .ShouldBe(new ProgramExecution(null, 0, null, null));
    }

    [Fact]
    public void ArgumentsReachAProgramAsTheyAreWrittenWithoutAShell()
    {
        string[] arguments =
        [
            "printf", "%s|", "a b", "$HOME", "\"q\"", "*", "ünïcödé", "${limit}", "$${limit}", "",
        ];

        var result = bench.Run(
            ProgramBench.Exec(arguments, []) with { Parameters = Parameters(("limit", "1 0")) });

        bench.Text(ProgramBench.OutputOf(result).Executions[0].Output)
            .ShouldBe("a b|$HOME|\"q\"|*|ünïcödé|1 0|${limit}||");
    }

    [Fact]
    public void AnUpToDateProgramIsNotExecuted()
    {
        bench.WithSource("a.txt", "1");
        var program = ProgramBench.Shell($"echo ran >> '{bench.Journal}'; cp a.txt b.txt", "b.txt");
        bench.Run(program, "a.txt").Status.ShouldBe(StepStatus.Executed);

        var again = bench.Run(program, "a.txt");

        again.Status.ShouldBe(StepStatus.Reused);
        bench.TakeJournal().ShouldBe(["ran"]);
        bench.TextOf(again, "b.txt").ShouldBe("1");
    }

    [Fact]
    public void ItsFolderHoldsWhatWasDeclaredAndNothingElse()
    {
        bench.WithSource("declared.txt", "1").WithSource("undeclared.txt", "2");

        var result = bench.Run(
            ProgramBench.Shell("find . -mindepth 1; ls -A \"$HOME\" \"$TMPDIR\""), "declared.txt");

        bench.Text(ProgramBench.OutputOf(result).Executions[0].Output)
            .ShouldBe("./declared.txt\n~:\n\n../tmp:\n");
    }

    [Fact]
    public void ReadingAFileThatWasNotDeclaredFailsAndSaysWhatIsThere()
    {
        bench.WithSource("declared.txt", "1").WithSource("undeclared.txt", "2");

        var problem = ProgramBench.ProblemOf(
            bench.Run(ProgramBench.Shell("cat undeclared.txt > out", "out"), "declared.txt"));

        problem.Id.ShouldBe("ENGINE-050");
        problem.What.ShouldBe("`cat undeclared.txt > out` ended with exit code 1.");
        problem.Actual!.ShouldContain("undeclared.txt");
        problem.Next!.ShouldContain("not declared: in its folder there is only 'declared.txt'");
    }

    [Fact]
    public void TheEnvironmentIsWhatIsDeclaredWhoeverStartsTheBuild()
    {
        Environment.SetEnvironmentVariable("MLOPS_TEST_STRAY", "stray");
        bench.Variables["GIVEN"] = "given value";
        bench.Variables["OTHER"] = "other";
        var program = ProgramBench.Shell(
            "env | cut -d= -f1 | sort | tr '\\n' ' '; echo \"$GIVEN\" \"$learning_rate\" \"$LANG\"") with
        {
            Environment = [new ProgramVariable("GIVEN", Digest.Of("given value"u8))],
            Parameters = Parameters(("learning-rate", "0.1")),
        };

        var said = bench.Text(ProgramBench.OutputOf(bench.Run(program)).Executions[0].Output);

        said.Replace("_ ", "", StringComparison.Ordinal).Replace("OLDPWD ", "", StringComparison.Ordinal)
            .ShouldBe("GIVEN HOME LANG PATH PWD TMPDIR learning_rate given value 0.1 C.UTF-8\n");
    }

    [Fact]
    public void ASecretReachesTheProgramAndNothingElse()
    {
        bench.Variables["TOKEN"] = "s3cr3t-value";
        var program = ProgramBench.Shell(
            "printf %s \"$TOKEN\" | wc -c > length; echo \"token $TOKEN\"; echo \"$TOKEN\" >&2",
            "length") with
        { Secrets = ["TOKEN"] };

        var result = bench.Run(program);

        bench.TextOf(result, "length").Trim().ShouldBe("12");
        bench.Text(ProgramBench.OutputOf(result).Executions[0].Output).ShouldBe("token ***\n");
        bench.Text(ProgramBench.OutputOf(result).Executions[0].Errors).ShouldBe("***\n");
        foreach (var file in Directory.GetFiles(bench.Open().Location, "*", SearchOption.AllDirectories))
            File.ReadAllText(file).ShouldNotContain("s3cr3t", customMessage: file);
        bench.Variables["TOKEN"] = "another";
        bench.Run(program).Status.ShouldBe(StepStatus.Reused);
    }

    [Fact]
    public void ASecretIsTakenOutOfAFailureToo()
    {
        bench.Variables["TOKEN"] = "s3cr3t-value";

        var problem = ProgramBench.ProblemOf(
            bench.Run(ProgramBench.Shell("echo \"bad $TOKEN\"; exit 3") with { Secrets = ["TOKEN"] }));

        problem.Actual.ShouldBe("bad ***");
    }

    [Fact]
    public void AVariableIsInTheKeyByItsDigestAlone()
    {
        bench.Variables["DB_URL"] = "postgres://secret";
        var program = ProgramBench.Shell("true") with
        {
            Environment = [new ProgramVariable("DB_URL", bench.Host.DigestOf("DB_URL")!.Value)],
        };
        var result = bench.Run(program);
        result.Trace!.Input.Parse().GetRawText().ShouldNotContain("postgres");

        bench.Variables["DB_URL"] = "postgres://other";
        var problem = ProgramBench.ProblemOf(bench.Run(program with { Outputs = ["x"] }));

        problem.Id.ShouldBe("ENGINE-057");
        problem.Actual.ShouldBe("another value");
    }

    [Fact]
    public void ASecretThatIsNotSetIsMissedOnlyWhenTheProgramHasToRun()
    {
        bench.Variables["TOKEN"] = "x";
        var program = ProgramBench.Shell("true") with { Secrets = ["TOKEN"] };
        bench.Run(program);
        bench.Variables.Clear();

        bench.Run(program).Status.ShouldBe(StepStatus.Reused);
        ProgramBench.ProblemOf(bench.Run(program with { Run = ["exit 0"] })).What
            .ShouldBe("The environment variable TOKEN is not set.");
    }

    [Fact]
    public void AProgramOfThePipelineIsAnInputLikeAnyOther()
    {
        bench.WithSource("tool.sh", "#!/bin/sh\necho one > out\n");
        var program = ProgramBench.Exec(["./tool.sh"], "out");
        bench.TextOf(bench.Run(program, "tool.sh"), "out").ShouldBe("one\n");
        bench.WithSource("tool.sh", "#!/bin/sh\necho two > out\n");

        var changed = bench.Run(program, "tool.sh");

        changed.Reasons.ShouldBe(["`tool.sh` changed"]);
        bench.TextOf(changed, "out").ShouldBe("two\n");
    }

    [Fact]
    public void AToolIsHeldAgainstItsDigest()
    {
        var tool = new ProgramTool("sh", null, bench.Host.DigestOfFile(bench.Host.Find("sh")!));
        bench.Run(ProgramBench.Shell("true") with { Tools = [tool] }).Status.ShouldBe(StepStatus.Executed);

        var problem = ProgramBench.ProblemOf(
            bench.Run(ProgramBench.Shell("true") with { Tools = [tool with { Digest = Digest.Of("x"u8) }] }));

        problem.Id.ShouldBe("ENGINE-052");
    }

    [Fact]
    public void AToolOfADeclaredVersionMayBeAnyFile()
    {
        bench.Run(ProgramBench.Shell("true") with { Tools = [new ProgramTool("sh", "1", null)] }).Status
            .ShouldBe(StepStatus.Executed);

        bench.Run(ProgramBench.Shell("true") with { Tools = [new ProgramTool("sh", "2", null)] })
            .Reasons.ShouldBe(["`steps.s.tools.sh.version` 1 → 2"]);
    }

    [Theory]
    [InlineData("no-such-program-anywhere",
        "There is no program 'no-such-program-anywhere' on this machine.")]
    [InlineData("/no/such/program", "There is no program '/no/such/program' on this machine.")]
    [InlineData("./absent.sh", "`./absent.sh` could not be started.")]
    public void AProgramThatIsNotThereIsNamed(string program, string what)
    {
        var problem = ProgramBench.ProblemOf(bench.Run(ProgramBench.Exec([program])));

        problem.Id.ShouldBe("ENGINE-051");
        problem.What.ShouldBe(what);
    }

    [Fact]
    public void AChangedParameterIsToldAsItIsWritten()
    {
        var program = ProgramBench.Shell("echo $limit > out", "out");
        bench.Run(program with { Parameters = Parameters(("limit", "10")) });

        var changed = bench.Run(program with { Parameters = Parameters(("limit", "20")) });

        changed.Reasons.ShouldBe(["`steps.s.parameters.limit` 10 → 20"]);
        bench.TextOf(changed, "out").ShouldBe("20\n");
    }

    [Fact]
    public void WhatAProgramDoesToItsInputsReachesNobodyElse()
    {
        bench.WithSource("a.txt", "before");
        var result = bench.Run(ProgramBench.Shell("echo after > a.txt; cp a.txt out", "out"), "a.txt");

        bench.TextOf(result, "out").ShouldBe("after\n");
        File.ReadAllText(Path.Combine(bench.Sources, "a.txt")).ShouldBe("before");
    }

    [Fact]
    public void WhatAProgramDoesToAnArtifactReachesNobodyElse()
    {
        var made = ProgramBench.OutputOf(bench.Run(ProgramBench.Shell("echo before > a", "a"))).Files[0];
        var workspace = bench.Open();

        bench.RunBound(workspace,
            ProgramBench.Shell("echo after > a; cp a out", "out") with { Inputs = [made.AsSource("a")] })
            .Status.ShouldBe(StepStatus.Executed);

        bench.Text(made.File).ShouldBe("before\n");
    }

    [Fact]
    public void TimesAndModesOfInputsAreAlwaysTheSame()
    {
        bench.WithSource("a.txt", "1");
        var program = ProgramBench.Shell("stat -c '%a %Y %n' a.txt > out", "out");

        bench.TextOf(bench.Run(program, "a.txt"), "out").ShouldBe("755 978307200 a.txt\n");
    }

    [Fact]
    public void NamesWithBlanksAndLettersOfAnyLanguageGoThrough()
    {
        bench.WithSource("räw data/größe 1.csv", "x");

        var program = ProgramBench.Shell("cp 'räw data/größe 1.csv' \"naïve cöpy.csv\"", "naïve*.csv");
        var result = bench.Run(program, "räw data/*.csv");

        bench.TextOf(result, "naïve cöpy.csv").ShouldBe("x");
    }

    [Fact]
    public void EqualKeysGiveEqualRecordsInAnyFolder()
    {
        bench.WithSource("a.txt", "1");
        var program = ProgramBench.Shell(
            "pwd; echo $HOME $TMPDIR; pwd >&2; tar cf out.tar --owner=0 --group=0 a.txt", "out.tar");
        var first = bench.Run(program, "a.txt");
        bench.WorkspaceDirectory = bench.PathOf("some other/place");

        var second = bench.Run(program, "a.txt");

        second.Status.ShouldBe(StepStatus.Executed);
        second.Trace!.Output.ShouldBe(first.Trace!.Output);
        bench.Text(ProgramBench.OutputOf(second).Executions[0].Output).ShouldBe(".\n~ ../tmp\n");
    }

    [Fact]
    public void AWorkspaceBehindALinkLeavesNoPathEither()
    {
        Directory.CreateDirectory(bench.PathOf("real"));
        Directory.CreateSymbolicLink(bench.PathOf("link"), bench.PathOf("real"));
        bench.WorkspaceDirectory = bench.PathOf("link/workspace");

        bench.Text(ProgramBench.OutputOf(bench.Run(ProgramBench.Shell("pwd -P"))).Executions[0].Output)
            .ShouldBe(".\n");
    }

    [Fact]
    public void ADamagedOutputIsMadeAgain()
    {
        var program = ProgramBench.Shell($"echo ran >> '{bench.Journal}'; echo 1 > out", "out");
        var file = ProgramBench.OutputOf(bench.Run(program)).Files[0].File;
        File.Delete(bench.Open().Artifacts.PathOf(file.Digest));

        bench.Run(program).Reasons.ShouldBe(["output missing"]);

        bench.TakeJournal().Count.ShouldBe(2);
    }

    [Fact]
    public async Task ADamagedOutputOfAnotherStepIsMadeAgainWhereItIsTaken()
    {
        await RunBoth("cp made taken");
        var made = bench.Open().Artifacts.PathOf(Digest.Of("made\n"u8));
        var before = File.GetLastWriteTimeUtc(made);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(made, "ruin\n");
        File.SetLastWriteTimeUtc(made, before);

        var results = await RunBoth("cat made made > taken");

        results.ShouldAllBe(result => result.Status == StepStatus.Executed);
        bench.TextOf(results.Single(result => result.Name.Stage == "steps.take"), "taken")
            .ShouldBe("made\nmade\n");
    }

    async Task<IReadOnlyList<StepResult>> RunBoth(string take)
    {
        var (graph, stage) = (new Graph(), ProgramStage.Create(bench.Host));
        var make = graph.Step(new StepName("p", null, "steps.make"), stage,
            [], _ => ProgramBench.Shell("echo made > made", "made"));
        var taken = graph.Step(new StepName("p", null, "steps.take"), stage,
            [make], upstream => ProgramBench.Shell(take, "taken") with
            {
                Inputs = [upstream.Accepted(make).Files[0].AsSource("made")],
            });
        var options = new EngineOptions(2, new NoObserver(), "test", Stages: [stage]);
        var run = new BuildEngine(bench.Open(), options).Start([taken], CancellationToken.None);
        return (await run.Completion).Steps;
    }

    [Fact]
    public async Task AProgramStandsAloneAndIsReproduced()
    {
        bench.WithSource("a.txt", "1");
        var workspace = bench.Open();
        var files = bench.Files(workspace, "a.txt");
        var input = ProgramBench.Shell("cp a.txt b.txt", "b.txt") with { Inputs = files };
        var stage = ProgramStage.Create(bench.Host);
        var call = StageCall.Of(stage, input);
        await Actions.Publish(workspace, call.Key, CancellationToken.None);
        File.Delete(Path.Combine(bench.Sources, "a.txt"));

        var alone = await Bench.Engine(bench.Open())
            .Execute(call.Key.Digest, [stage], CancellationToken.None);

        bench.TextOf(alone, "b.txt").ShouldBe("1");
        var step = new Graph().Step(new StepName("p", null, "s"), stage, [], _ => input);
        (await Bench.Engine(bench.Open())
            .Reproduce([step], [stage], _ => true, _ => { }, CancellationToken.None))
            .ShouldHaveSingleItem().IsEqual.ShouldBeTrue();
    }

    [Fact]
    public void AProgramWithoutOutputsIsKeptForWhatItSays()
    {
        bench.Text(ProgramBench.OutputOf(bench.Run(ProgramBench.Shell("echo checked"))).Executions[0].Output)
            .ShouldBe("checked\n");
    }

    [Fact]
    public void TwoInputsOfOneNameAreRefused()
    {
        var workspace = bench.WithSource("x/a", "1").WithSource("y/a", "2").Open();
        var files = bench.Files(workspace, "x/a", "y/a").Select(file => file with { Name = "a" }).ToList();

        ProgramBench.ProblemOf(bench.RunBound(
            workspace, ProgramBench.Shell("true") with { Inputs = files })).Id.ShouldBe("ENGINE-059");
    }

    [Fact]
    public void AnInputThatChangedSinceItWasListedIsNotUsed()
    {
        var workspace = bench.WithSource("a.txt", "1").Open();
        var files = bench.Files(workspace, "a.txt");
        bench.WithSource("a.txt", "2");

        ProgramBench.ProblemOf(bench.RunBound(workspace,
            ProgramBench.Shell("cp a.txt out", "out") with { Inputs = files })).Id.ShouldBe("ENGINE-006");
    }

    public void Dispose() => bench.Dispose();

    internal static SortedDictionary<string, string> Parameters(
        params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(each => each.Name, each => each.Value), StringComparer.Ordinal);
}
