namespace Mlops.Engine.Tests.Programs;

/// <summary>What counts as an output, and what is said where there is none.</summary>
public sealed class ProgramOutputsTests : IDisposable
{
    readonly ProgramBench bench = new();

    [Theory]
    [InlineData("model.bin", "model.bin")]
    [InlineData("*.bin", "model.bin")]
    [InlineData("deep", "deep/a/b.txt deep/c.txt")]
    [InlineData("deep/", "deep/a/b.txt deep/c.txt")]
    [InlineData("deep/**", "deep/a/b.txt deep/c.txt")]
    [InlineData("deep/*", "deep/c.txt")]
    [InlineData("deep/*/*.txt", "deep/a/b.txt")]
    [InlineData("**/*.txt", "deep/a/b.txt deep/c.txt top.txt")]
    [InlineData("t?p.txt", "top.txt")]
    public void APatternTakesTheFilesThatFit(string pattern, string names)
    {
        const string Script =
            "mkdir -p deep/a; touch model.bin top.txt deep/a/b.txt deep/c.txt deep/a/.gone; "
                + "rm deep/a/.gone";
        var result = bench.WithSource("input.txt", "").Run(ProgramBench.Shell(Script, pattern), "input.txt");

        ProgramBench.OutputOf(result).Files.Select(file => file.Name).ShouldBe(names.Split(' '));
    }

    [Fact]
    public void AMissingOutputNamesWhatWasMadeInstead()
    {
        var problem = ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("touch model.bim", "model.bin")));

        problem.Id.ShouldBe("ENGINE-054");
        problem.What.ShouldBe("The program ended well, but made no file 'model.bin'.");
        problem.Actual.ShouldBe("it made 'model.bim'");
    }

    [Fact]
    public void EveryMissingOutputIsNamedAtOnce()
    {
        var result = bench.Run(ProgramBench.Shell("mkdir empty; touch c", "a", "*.b", "empty/", "c"));

        result.Problems.Select(problem => problem.Id).ShouldBe(["ENGINE-054", "ENGINE-054", "ENGINE-054"]);
    }

    [Fact]
    public void AStepThatMissesAnOutputIsNotKept()
    {
        var program = ProgramBench.Shell($"echo ran >> '{bench.Journal}'", "absent");
        bench.Run(program);
        bench.Run(program);

        bench.TakeJournal().Count.ShouldBe(2);
    }

    [Fact]
    public void AWildcardTakesNoInputForAnOutputButItsNameDoes()
    {
        bench.WithSource("a.csv", "1");

        ProgramBench.OutputOf(bench.Run(ProgramBench.Shell("cp a.csv b.csv", "*.csv"), "a.csv")).Files
            .Select(file => file.Name).ShouldBe(["b.csv"]);
        ProgramBench.OutputOf(bench.Run(ProgramBench.Shell("echo 2 > a.csv", "a.csv"), "a.csv")).Files
            .Select(file => file.Name).ShouldBe(["a.csv"]);
    }

    [Theory]
    [InlineData("ln -s /etc/hostname out")]
    [InlineData("ln -s ../../../../somewhere out")]
    [InlineData("echo 1 > real; ln -s real out")]
    public void ALinkIsNoOutput(string script)
    {
        var problem = ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell(script, "out")));

        problem.Id.ShouldBe("ENGINE-055");
        problem.What.ShouldBe("The output 'out' is a link.");
    }

    [Fact]
    public void FoldersBehindALinkAreNotSearched()
    {
        Directory.CreateDirectory(bench.PathOf("outside"));
        File.WriteAllText(bench.PathOf("outside/secret.txt"), "x");

        ProgramBench.OutputOf(bench.Run(
            ProgramBench.Shell($"ln -s '{bench.PathOf("outside")}' linked; touch own.txt", "**/*.txt")))
            .Files.Select(file => file.Name).ShouldBe(["own.txt"]);
    }

    [Fact]
    public void APipeIsNoOutput()
    {
        ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("mkfifo out", "out"))).Id.ShouldBe("ENGINE-054");
    }

    [Fact]
    public void WhatWasWrittenOutsideTheFolderIsNoOutput()
    {
        ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("touch ../x", "x"))).Id.ShouldBe("ENGINE-054");
    }

    [Theory]
    [InlineData("a/b.txt", true)]
    [InlineData("**/*.csv", true)]
    [InlineData("folder/", true)]
    [InlineData("../x", false)]
    [InlineData("a/../../x", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("./a", false)]
    [InlineData("a//b", false)]
    [InlineData("a\\b", false)]
    [InlineData("", false)]
    public void APatternStaysInsideTheFolder(string pattern, bool stays) =>
        NamePattern.StaysInside(pattern).ShouldBe(stays);

    [Theory]
    [InlineData("*.csv", "clean/a.csv", true)]
    [InlineData("clean/*.csv", "clean/a.csv", true)]
    [InlineData("a.csv", "clean/deep/a.csv", true)]
    [InlineData("deep/*.csv", "clean/deep/a.csv", false)]
    [InlineData("**", "clean/deep/a.csv", true)]
    [InlineData("clean", "clean/deep/a.csv", true)]
    [InlineData("*.CSV", "clean/a.csv", false)]
    public void WithoutASlashAPatternIsHeldAgainstTheLastPart(string pattern, string name, bool fits) =>
        NamePattern.FitsAnywhere(pattern, name).ShouldBe(fits);

    [Fact]
    public void BytesOfAnyKindAreKeptAsTheyAre()
    {
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        bench.WithSource("a.bin", bytes);

        var file = ProgramBench.OutputOf(
            bench.Run(ProgramBench.Shell("cp a.bin b.bin; rm a.bin", "b.bin"), "a.bin")).Files[0].File;

        file.ShouldBe(new Artifact(Digest.Of(bytes), bytes.Length, "application/octet-stream"));
    }

    public void Dispose() => bench.Dispose();
}
