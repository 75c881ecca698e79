using System.Diagnostics;

namespace Mlops.EndToEnd.Tests;

/// <summary>What a kill, a full disk or a locked folder leaves behind.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(250)]
    [InlineData(700)]
    [InlineData(1500)]
    [InlineData(2500)]
    public void AKilledRunIsSimplyContinued(int milliseconds)
    {
        using var undisturbed = new Workbench().WithSample("churn");
        undisturbed.Run("Package").ShouldExit(0);
        using var bench = new Workbench().WithSample("churn");

        using (var process = bench.Start("Package"))
        {
            Thread.Sleep(milliseconds);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        bench.Run("Package").ShouldExit(0);

        bench.OutputDigests().ShouldBe(undisturbed.OutputDigests());
        Directory.GetFileSystemEntries(Path.Combine(bench.Workspace, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunsAtTheSameTimeInOneWorkspaceAllFinishAndAgree()
    {
        using var bench = new Workbench().WithSample("churn");
        Process[] processes = [.. Enumerable.Range(0, 3).Select(_ => bench.Compiled().Start())];
        var outputs = await Task.WhenAll(
            processes.Select(process => process.StandardOutput.ReadToEndAsync()));
        foreach (var (process, output) in processes.Zip(outputs))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output);
            process.Dispose();
        }

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
        // One line for each run that executed something: all three, or fewer where one found everything done.
        var entries = File.ReadAllLines(Path.Combine(bench.Workspace, "ledger.jsonl"));
        entries.Count(entry => entry.Contains("\"kind\":\"run\"", StringComparison.Ordinal))
            .ShouldBeInRange(1, 3);
        entries.Count(entry => entry.Contains("\"kind\":\"release\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void AFullDiskIsSaidAndNothingIsLost()
    {
        using var bench = new Workbench().WithSample("churn");
        using var disk = SmallDisk.Mount(bench.Workspace, "300k");

        bench.Run("Package").ShouldExit(3).ShouldSay("ENGINE-003", "disk is full", "Free some space");

        disk.Grow("200m");
        bench.Run("Package").ShouldExit(0);
    }

    [Fact]
    public void AnOutputFolderThatIsFullOrLockedFailsTheTargetAndNothingHalfStays()
    {
        using var bench = new Workbench().WithSample("churn");
        using var disk = SmallDisk.Mount(bench.Output, "8k");
        bench.Run("Package").ShouldExit(1)
            .ShouldSay("ENGINE-031", "disk of the output folder is full", "--output-directory");
        bench.OutputDigests().ShouldBeEmpty();

        disk.Grow("20m");
        disk.MakeReadOnly();
        bench.Run("Package").ShouldExit(1).ShouldSay("ENGINE-031", "could not be placed");

        disk.Grow("20m,rw");
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
        bench.OutputDigests().Keys.ShouldBe(["churn/churn-1.0.0.zip"]);
    }

    [Fact]
    public void AReadOnlyStoreIsSaidWithItsExitCode()
    {
        using var bench = new Workbench().WithSample("churn");
        using var disk = SmallDisk.Mount(bench.Workspace, "10m");
        disk.MakeReadOnly();

        bench.Run("Package").ShouldExit(3).ShouldSay("ENGINE-001", bench.Workspace);
    }

    [Fact]
    public void ADamagedArtifactIsRebuilt()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Package").ShouldExit(0);
        var before = bench.OutputDigests();
        var artifacts = Path.Combine(bench.Workspace, "cas");
        foreach (var file in Directory.GetFiles(artifacts, "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
            File.WriteAllText(file, "damaged");
        }
        Directory.Delete(bench.Output, recursive: true);

        bench.Run("Package").ShouldExit(0).Executed.ShouldContain("churn/Package");

        bench.OutputDigests().ShouldBe(before);
    }
}

/// <summary>A file system of a few bytes, mounted over a folder; needs the right to mount.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string path;

    SmallDisk(string path) => this.path = path;

    public static SmallDisk Mount(string path, string size)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path),
            "This user may not mount a small file system.");
        return new SmallDisk(path);
    }

    public void Grow(string size) => Run("mount", "-o", $"remount,size={size}", path).ShouldBeTrue();

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", path).ShouldBeTrue();

    public void Dispose() => Run("umount", path);

    static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
