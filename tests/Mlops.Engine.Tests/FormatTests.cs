namespace Mlops.Engine.Tests;

/// <summary>
/// The version of what lies on disk: of another one nothing is believed, and nothing is lost.
/// </summary>
public sealed class FormatTests : IDisposable
{
    readonly Bench bench = new();

    string FormatFile => Path.Combine(bench.WorkspaceDirectory, "format");

    [Fact]
    public void WorkspacesOfOtherVersionsAreSetAsideOneAfterTheOther()
    {
        foreach (var number in (int[])[1, 2])
        {
            Build();
            File.WriteAllText(FormatFile, $"mlops-workspace/{90 + number}\n");
            bench.Open();
            Directory.Exists(Path.Combine(bench.WorkspaceDirectory, "cas")).ShouldBeFalse();
            File.ReadAllText(Path.Combine($"{bench.WorkspaceDirectory}.set-aside-{number}", "format"))
                .ShouldBe($"mlops-workspace/{90 + number}\n");
        }
        File.ReadAllText(FormatFile).ShouldBe($"{WorkspaceFormat.Current}\n");
        Directory.GetFiles(bench.Root).ShouldBeEmpty();
    }

    /// <remarks>What an earlier version left that a kill ended while it wrote the file.</remarks>
    [Theory, InlineData(""), InlineData(null)]
    public void AStoreWithoutItsVersionIsSetAside(string? content)
    {
        Build();
        File.Delete(FormatFile);
        if (content is not null)
            File.WriteAllText(FormatFile, content);

        bench.Open();

        Directory.Exists(Path.Combine($"{bench.WorkspaceDirectory}.set-aside-1", "cas")).ShouldBeTrue();
    }

    [Fact]
    public void AFolderThatIsNoWorkspaceIsLeftAlone()
    {
        Directory.CreateDirectory(bench.WorkspaceDirectory);
        File.WriteAllText(FormatFile, "A4, landscape");

        var refused = Should.Throw<ProblemException>(bench.Open);

        refused.Damaged.ShouldBeTrue();
        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-030");
        File.ReadAllText(FormatFile).ShouldBe("A4, landscape");
        Directory.GetFileSystemEntries(bench.WorkspaceDirectory).ShouldBe([FormatFile]);
    }

    [Fact]
    public void OfManyThatOpenAtOnceOneSetsAside()
    {
        for (var round = 1; round <= 20; round++)
        {
            Build();
            File.WriteAllText(FormatFile, "mlops-workspace/99\n");
            using var together = new Barrier(8);

            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            {
                together.SignalAndWait(TimeSpan.FromSeconds(1));
                bench.Open();
            });

            Directory.GetDirectories(bench.Root, "workspace.set-aside-*").Length.ShouldBe(round);
            File.ReadAllText(FormatFile).ShouldBe($"{WorkspaceFormat.Current}\n");
        }
    }

    public void Dispose() => bench.Dispose();

    void Build()
    {
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("x", [], []));
        bench.Run(bench.Open(), [step]);
    }
}
