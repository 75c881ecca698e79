namespace Mlops.Engine.Tests.Placing;

/// <summary>What steps have in the output folder, and what is taken away again.</summary>
public sealed class OutputsTests : IDisposable
{
    static readonly StepName Step = new("p", null, "Package");

    readonly Bench bench = new();

    string Output => Path.Combine(bench.Root, "out");

    [Fact]
    public void AStepHasOneFileAndWhatItHadBeforeIsTakenAway()
    {
        Place("old", "p/model-1.txt");
        Place("new", "p/model-2.txt").TakenAway.ShouldBe([Full("p/model-1.txt")]);

        Files().ShouldBe(["p/model-2.txt"]);
        Place("new", "p/model-2.txt").TakenAway.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsWithdrawnGoesWithItsFolderAndWhatPeopleKeepThereStays()
    {
        Place("a", "p/cell/model.txt");
        var other = Full("p/mine.txt");
        File.WriteAllText(other, "mine");

        bench.Open().OutputsIn(Output).Withdraw(Step);

        Files().ShouldBe(["p/mine.txt"]);
        Directory.Exists(Full("p/cell")).ShouldBeFalse();
        bench.Open().OutputsIn(Output).Owners.ShouldBeEmpty();
    }

    [Fact]
    public void AFileThatSomebodyChangedIsNotTakenAway()
    {
        Place("a", "p/model-1.txt");
        File.WriteAllText(Full("p/model-1.txt"), "changed");

        Place("b", "p/model-2.txt").TakenAway.ShouldBeEmpty();

        Files().ShouldBe(["p/model-1.txt", "p/model-2.txt"]);
    }

    [Fact]
    public void OutputFoldersKnowNothingOfEachOther()
    {
        Place("a", "p/model-1.txt");
        var elsewhere = bench.Open().OutputsIn(Path.Combine(bench.Root, "elsewhere"));
        elsewhere.Place(Step, [new OutputFile(Artifact("b"), "p/model-2.txt")]);
        elsewhere.Withdraw(Step);

        Files().ShouldBe(["p/model-1.txt"]);
    }

    [Fact]
    public void WhereAFileCannotBePutIsSaidAndNothingHalfStays()
    {
        Directory.CreateDirectory(Full("p/model.txt/inside"));

        var refused = Should.Throw<ProblemException>(() => Place("a", "p/model.txt"));

        refused.Damaged.ShouldBeFalse();
        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-031");
        Directory.GetFileSystemEntries(Full("p")).ShouldBe([Full("p/model.txt")]);
        Directory.GetFileSystemEntries(Path.Combine(bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public void InAnotherFileSystemWhatAKilledProcessLeftBesideItsPlaceIsRemoved()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no other file system here.");
        var folder = Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetRandomFileName())).FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, $".model.txt.999999-1-{Guid.NewGuid():N}-1"), "half");
            File.WriteAllText(Path.Combine(folder, ".mine.txt.1-1-1-1"), "mine");

            bench.Open().Place(Artifact("a"), Path.Combine(folder, "model.txt")).ShouldBeTrue();

            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
                .ShouldBe([".mine.txt.1-1-1-1", "model.txt"]);
            Directory.GetFileSystemEntries(Path.Combine(bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => bench.Dispose();

    string Full(string relative) => Path.Combine(Output, relative);

    IEnumerable<string> Files() => Directory.GetFiles(Output, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Output, file)).Order(StringComparer.Ordinal);

    Outputs Place(string content, string relative)
    {
        var artifact = Artifact(content);
        var outputs = bench.Open().OutputsIn(Output);
        outputs.Place(Step, [new OutputFile(artifact, relative)]);
        return outputs;
    }

    Artifact Artifact(string content) => bench.Open().Artifacts.Write(
        "text/plain", file => file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content)).AsTask(),
        CancellationToken.None)
        .GetAwaiter().GetResult();
}
