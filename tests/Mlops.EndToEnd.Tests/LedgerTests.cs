using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The record of what was done: what it holds, how it is proved, and what happens where it cannot be kept.
/// </summary>
public sealed partial class LedgerTests
{
    [Fact]
    public void AFullDiskAtTheLedgerIsSaidAtOnceAndNothingElseIsLost()
    {
        using var bench = new Workbench().WithSample("churn");
        using var disk = SmallDisk.Mount(bench.PathOf("small"), "16k");
        Directory.CreateDirectory(bench.Workspace);
        File.CreateSymbolicLink(
            Path.Combine(bench.Workspace, "ledger.jsonl"), bench.PathOf("small/ledger.jsonl"));
        bench.WithFile("small/filler", new string('x', 8 << 10));
        File.WriteAllText(bench.PathOf("small/ledger.jsonl"), "");
        Fill(bench.PathOf("small/filler"));

        var run = bench.Run("Package").ShouldExit(3).ShouldSay("ENGINE-008", "ledger.jsonl", "No space left");

        run.Executed.ShouldContain("churn/Package");
        new FileInfo(bench.PathOf("small/ledger.jsonl")).Length.ShouldBe(0);
        File.Delete(bench.PathOf("small/filler"));
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void AHeadThatWasKeptProvesWhatCameAfterItAndThatNothingWasTakenBack()
    {
        using var bench = new Workbench().WithSample("churn");
        var first = HeadOf(bench.Run("Package").ShouldExit(0));
        bench.Run("Package", "--set", "train.trainer.leaves=64").ShouldExit(0);

        var proof = bench.Run("Verify", "--since", first, "--entry", "2").ShouldExit(0)
            .ShouldSay("0 damaged or missing", "2 entries are the beginning of these 4");
        ByHand().Matches(proof.Text)
            .Select(step => (Shell(step.Groups["command"].Value), step.Groups["digest"].Value))
            .ShouldAllBe(step => step.Item1 == $"{step.Item2}  -");
        proof.Text.ShouldContain($"# {HeadText().Matches(proof.Text)[0].Groups["root"].Value}");

        var ledger = Path.Combine(bench.Workspace, "ledger.jsonl");
        File.WriteAllLines(ledger, File.ReadAllLines(ledger)[..^3]);
        bench.Run("Verify").ShouldExit(0);
        bench.Run("Verify", "--since", first).ShouldExit(3).ShouldSay("ENGINE-024", "at least 2 entries");
    }

    [Fact]
    public void DamageIsNamedAndTheNextRunHealsIt()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Package").ShouldExit(0);
        foreach (var folder in (string[])["cas", "traces"])
            FlipAll(bench, folder);

        var found = bench.Run("Verify").ShouldExit(3)
            .ShouldSay("ENGINE-026", "ENGINE-027", "The trace of churn/Train is damaged");
        found.Text.ShouldNotContain(" 0 damaged or missing; head 1");
        bench.Run("Package").ShouldExit(0).Executed.ShouldContain("churn/Package");

        bench.Run("Verify").ShouldExit(0).ShouldSay("0 damaged or missing");
    }

    [Fact]
    public void ADamagedPackageIsMadeAgainWhenItIsPlaced()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Package").ShouldExit(0);
        var before = bench.OutputDigests();
        Directory.Delete(bench.Output, recursive: true);
        FlipAll(bench, "cas");

        bench.Run("Package").ShouldExit(0).ShouldSay("healing", "churn/Package", "Ledger:");

        bench.OutputDigests().ShouldBe(before);
    }

    [Fact]
    public void AnApprovalIsForTheBytesOfOnePackageAndForNoOthers()
    {
        using var bench = new Workbench().WithSample("churn").WithSample("demand");
        bench.Run("Package").ShouldExit(0);
        var package = bench.PathOf("out/churn/churn-1.0.0.zip");

        bench.Run("Approve", "--package", package, "--by", "Ada", "--note", "limits\x1b[2J read")
            .ShouldExit(0).ShouldSay("not a signature");
        bench.Run("Approve", "--package", "demand/north", "--by", "Ada")
            .ShouldExit(0).ShouldSay("demand-north-1.0.0.zip");
        bench.Run("Approve", "--package", "demand", "--by", "Ada")
            .ShouldExit(2).ShouldSay("BUILD-024", "demand/south");
        bench.Run("Approve", "--package", "chrn", "--by", "Ada")
            .ShouldExit(2).ShouldSay("BUILD-024", "'churn'");
        bench.Run("Approve", "--package", "churn", "--by", "Ada", "--set", "train.trainer.leaves=64")
            .ShouldExit(2).ShouldSay("BUILD-025", "Build it first");
        bench.Run("Approve", "--package", "churn").ShouldExit(2).ShouldSay("--by");
        File.Copy(package, bench.PathOf("mine.zip"));
        File.AppendAllText(bench.PathOf("mine.zip"), "x");
        bench.Run("Approve", "--package", bench.PathOf("mine.zip"), "--by", "Ada")
            .ShouldExit(2).ShouldSay("BUILD-023");
        File.Move(bench.PathOf("mine.zip"), bench.PathOf("churn-1.0.0.zip"));
        bench.Run("Approve", "--package", bench.PathOf("churn-1.0.0.zip"), "--by", "Ada")
            .ShouldExit(2).ShouldSay("BUILD-022");

        var listed = bench.Run("Ledger").ShouldExit(0)
            .ShouldSay("release   churn-1.0.0.zip", "by Ada: limits\\u001b[2J read");
        listed.Text.Split("approval  ").Length.ShouldBe(3);
        bench.Run("Ledger", "--format", "json").ShouldExit(0).Text.Split('\n')
            .Where(line => line.StartsWith("{\"event\":\"output\"", StringComparison.Ordinal)).Select(TextOf)
            .ShouldBe(File.ReadAllLines(Path.Combine(bench.Workspace, "ledger.jsonl")));
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    static string TextOf(string printed)
    {
        using var told = JsonDocument.Parse(printed);
        return told.RootElement.GetProperty("text").GetString()!;
    }

    static string HeadOf(BuildRun run) => HeadText().Match(run.Text) is { Success: true } head
        ? $"{head.Groups["size"].Value}:{head.Groups["root"].Value}"
        : throw new InvalidOperationException($"no head in {run.Text}");

    static string Shell(string command)
    {
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    /// <summary>As a disk does it: the file looks as it did.</summary>
    static void FlipAll(Workbench bench, string folder)
    {
        var path = Path.Combine(bench.Workspace, folder);
        foreach (var file in Directory.GetFiles(path, "*", SearchOption.AllDirectories))
            Flip(file);
    }

    static void Flip(string path)
    {
        var (time, content) = (File.GetLastWriteTimeUtc(path), File.ReadAllBytes(path));
        File.Delete(path);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, time);
    }

    [GeneratedRegex("head (?<size>[0-9]+):(?<root>[0-9a-f]{64})")]
    private static partial Regex HeadText();

    [GeneratedRegex(
        "^    (?<command>[(p].*sha256sum)\n      # (?<digest>[0-9a-f]{64})$", RegexOptions.Multiline)]
    private static partial Regex ByHand();

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
