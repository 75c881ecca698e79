namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What is begun before the command line is read: whoever asks for something else is not troubled by it.
/// </summary>
public sealed class HeadStartTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("Ingest")]
    public void AWorkspaceThatCannotBeIsNoStackTrace(string asked)
    {
        using var bench = new Workbench().WithSample("churn");

        var run = bench.Run(asked, "--workspace-directory", "");

        run.Text.ShouldNotContain("Unhandled");
        run.Text.ShouldNotContain("   at ");
    }

    [Fact]
    public void AFolderThatIsNoWorkspaceIsLeftAlone()
    {
        using var bench = new Workbench().WithSample("churn")
            .WithFile("workspace/format", "my own format").WithFile("workspace/ledger.jsonl", "mine");

        bench.Run("Ingest").ShouldExit(3).ShouldSay("ENGINE-030");

        Directory.GetFileSystemEntries(bench.Workspace).Select(path => Path.GetFileName(path))
            .ShouldBe(["format", "ledger.jsonl"], ignoreOrder: true);
    }

    [Fact]
    public void AnotherRunBehindOneThatExecutedDoesWhatTheFirstWouldHaveDone()
    {
        using var bench = new Workbench().WithSample("churn");
        var temporary = Directory.CreateDirectory(bench.PathOf("temporary")).FullName;
        bench.WithVariable("TMPDIR", temporary);
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["churn/Ingest"]);
        foreach (var number in Enumerable.Range(0, 3))
        {
            var file = Directory.GetFiles(Path.Combine(bench.Pipelines, "churn"), "*.csv")[0];
            File.AppendAllText(file, File.ReadLines(file).Last() + "\n");

            bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["churn/Ingest"]);
        }

        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBeEmpty();
        Directory.GetDirectories(temporary, "mlops-rehearsal-*").ShouldBeEmpty();
    }
}
