namespace Mlops.Engine.Tests.Programs;

/// <summary>A program executed for each of several files, or for each combination of values.</summary>
public sealed class ProgramEachTests : IDisposable
{
    readonly ProgramBench bench = new();

    [Fact]
    public void EachFileIsOneExecutionThatSeesItAlone()
    {
        bench.WithSource("raw/a.csv", "1").WithSource("raw/b.csv", "2").WithSource("common.txt", "c");

        var result = RunEach(
            "seen=$(find . -type f | sort); echo \"$seen\" > $each_stem.txt; echo $each $each_name", "*.txt");

        ProgramBench.OutputOf(result).Files.Select(file => file.Name).ShouldBe(["a.txt", "b.txt"]);
        bench.TextOf(result, "a.txt").ShouldBe("./common.txt\n./raw/a.csv\n");
        var executions = ProgramBench.OutputOf(result).Executions;
        executions.Select(execution => execution.Item).ShouldBe(["raw/a.csv", "raw/b.csv"]);
        bench.Text(executions[1].Output).ShouldBe("raw/b.csv b.csv\n");
    }

    [Fact]
    public void OneChangedFileOfManyCostsOneExecution()
    {
        for (var i = 0; i < 40; i++)
            bench.WithSource($"raw/{i}.csv", $"{i}");
        bench.WithSource("common.txt", "c");
        string script = $"echo $each >> '{bench.Journal}'; wc -c < $each > $each_stem.txt";
        RunEach(script, "*.txt");
        bench.TakeJournal().Count.ShouldBe(40);
        bench.WithSource("raw/7.csv", "changed");

        var changed = RunEach(script, "*.txt");

        changed.Reasons.ShouldBe(["`raw/7.csv` changed"]);
        bench.TakeJournal().ShouldBe(["raw/7.csv"]);
        bench.TextOf(changed, "7.txt").Trim().ShouldBe("7");
        bench.TextOf(changed, "8.txt").Trim().ShouldBe("1");
    }

    [Fact]
    public void AnAddedAndARemovedFileCostWhatIsNewAlone()
    {
        bench.WithSource("raw/a.csv", "1").WithSource("raw/b.csv", "2").WithSource("common.txt", "c");
        string script = $"echo $each >> '{bench.Journal}'; cp $each $each_stem.txt";
        RunEach(script, "*.txt");
        bench.TakeJournal();
        File.Delete(Path.Combine(bench.Sources, "raw/a.csv"));
        bench.WithSource("raw/c.csv", "3");

        var changed = RunEach(script, "*.txt");

        changed.Reasons.ShouldBe(["`raw/c.csv` added", "`raw/a.csv` removed"]);
        bench.TakeJournal().ShouldBe(["raw/c.csv"]);
        ProgramBench.OutputOf(changed).Files.Select(file => file.Name).ShouldBe(["b.txt", "c.txt"]);
    }

    [Fact]
    public void AChangedCommonInputCostsAllOfThem()
    {
        bench.WithSource("raw/a.csv", "1").WithSource("raw/b.csv", "2").WithSource("common.txt", "c");
        string script = $"echo $each >> '{bench.Journal}'; cat $each common.txt > $each_stem.txt";
        RunEach(script, "*.txt");
        bench.TakeJournal();
        bench.WithSource("common.txt", "d");

        RunEach(script, "*.txt");

        bench.TakeJournal().ShouldBe(["raw/a.csv", "raw/b.csv"]);
    }

    [Fact]
    public void EveryCombinationOfValuesIsOneExecution()
    {
        var program = ProgramBench.Exec(
            ["sh", "-c", "echo $market $year > \"$1\"", "sh", "${market}-${year}.txt"],
            "${market}-${year}.txt") with
        {
            Each = new ProgramEach(null,
                [new ProgramAxis("market", ["north", "south"]), new ProgramAxis("year", ["2025", "2026"])]),
        };

        var result = bench.Run(program);

        ProgramBench.OutputOf(result).Files.Select(file => file.Name)
            .ShouldBe(["north-2025.txt", "north-2026.txt", "south-2025.txt", "south-2026.txt"]);
        ProgramBench.OutputOf(result).Executions.Select(execution => execution.Item).ShouldBe(
        [
            "market north, year 2025", "market north, year 2026",
            "market south, year 2025", "market south, year 2026",
        ]);
        bench.TextOf(result, "south-2025.txt").ShouldBe("south 2025\n");
    }

    [Fact]
    public void OneFailureOfManyNamesItsFileAndTheOthersAreKept()
    {
        for (var i = 0; i < 10; i++)
            bench.WithSource($"raw/{i}.csv", i == 3 ? "bad" : $"{i}");
        bench.WithSource("common.txt", "c");
        string script =
            $"echo $each >> '{bench.Journal}'; grep -q bad $each && exit 9; cp $each $each_stem.txt";

        var problem = ProgramBench.ProblemOf(RunEach(script, "*.txt"));
        problem.What.ShouldContain("for raw/3.csv ended with exit code 9");
        bench.TakeJournal().Count.ShouldBe(10);

        ProgramBench.ProblemOf(RunEach(script, "*.txt"));
        bench.TakeJournal().ShouldBe(["raw/3.csv"]);
    }

    [Fact]
    public void OfManyFailuresAFewAreTold()
    {
        for (var i = 0; i < 12; i++)
            bench.WithSource($"raw/{i}.csv", $"{i}");
        bench.WithSource("common.txt", "c");

        var problems = RunEach("exit 1", "*.txt").Problems;

        problems.Count.ShouldBe(6);
        problems[^1].Id.ShouldBe("ENGINE-058");
        problems[^1].What.ShouldBe("7 more of 12 executions failed.");
    }

    [Fact]
    public void TwoExecutionsThatMakeOneFileDifferentlyAreRefused()
    {
        bench.WithSource("raw/a.csv", "1").WithSource("raw/b.csv", "2").WithSource("common.txt", "c");

        var problem = ProgramBench.ProblemOf(RunEach("cp $each out.txt", "out.txt"));

        problem.Id.ShouldBe("ENGINE-056");
        problem.Actual.ShouldBe("for raw/a.csv and for raw/b.csv");
        RunEach("echo same > out.txt", "out.txt").Status.ShouldBe(StepStatus.Executed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnyNumberOfWorkersGivesTheSameRecord(int workers)
    {
        using var other = new ProgramBench { Workers = workers };
        var digests = new[] { bench, other }.Select(each =>
        {
            for (var i = 0; i < 15; i++)
                each.WithSource($"raw/{i}.csv", $"{i}");
            var workspace = each.Open();
            return each.RunBound(workspace,
                ProgramBench.Shell("cp $each $each_stem.txt; echo $each", "*.txt") with
                {
                    Each = new ProgramEach(each.Files(workspace, "raw/*.csv"), null),
                }).Trace!.Output;
        }).ToList();

        digests[0].ShouldBe(digests[1]);
    }

    public void Dispose() => bench.Dispose();

    StepResult RunEach(string script, params string[] outputs)
    {
        var workspace = bench.Open();
        return bench.RunBound(workspace, ProgramBench.Shell(script, outputs) with
        {
            Inputs = bench.Files(workspace, "common.txt"),
            Each = new ProgramEach(bench.Files(workspace, "raw/*.csv"), null),
        });
    }
}
