namespace Mlops.EndToEnd.Tests;

/// <summary>The record of what was done: what it holds, how it is proved, and what happens where it cannot be kept.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void AFullDiskAtTheLedgerIsSaidAtOnceAndNothingElseIsLost()
    {
        using var bench = new Workbench().WithSample("churn");
        using var disk = SmallDisk.Mount(bench.PathOf("small"), "16k");
        Directory.CreateDirectory(bench.Workspace);
        File.CreateSymbolicLink(Path.Combine(bench.Workspace, "ledger.jsonl"), bench.PathOf("small/ledger.jsonl"));
        bench.WithFile("small/filler", new string('x', 8 << 10));
        File.WriteAllText(bench.PathOf("small/ledger.jsonl"), "");
        Fill(bench.PathOf("small/filler"));

        var run = bench.Run("Package").ShouldExit(3).ShouldSay("ENGINE-008", "ledger.jsonl", "No space left");

        run.Executed.ShouldContain("churn/Package");
        new FileInfo(bench.PathOf("small/ledger.jsonl")).Length.ShouldBe(0);
        File.Delete(bench.PathOf("small/filler"));
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true)
                file.Write(new byte[1 << 10]);
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }
}
