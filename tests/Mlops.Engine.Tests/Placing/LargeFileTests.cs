using System.Runtime.Versioning;

namespace Mlops.Engine.Tests.Placing;

/// <summary>Large outputs appear without being copied, where the file system and the user allow it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LargeFileTests
{
    [Theory, InlineData("xfs"), InlineData("btrfs")]
    public void WhereBlocksCanBeSharedTheOutputHasThoseOfTheStore(string kind)
    {
        using var disk = LoopDisk.Mount(kind);
        var bench = new Bench(Path.Combine(disk.Folder, "p"));
        var (workspace, path) = (bench.Open(), Path.Combine(disk.Folder, "out", "model.bin"));
        var (artifact, _) = LargeStage.Build(workspace);
        var stored = workspace.Artifacts.PathOf(artifact.Digest);
        var extents = Extents.Of(stored);
        extents.ShouldAllBe(extent => !extent.Shared);

        workspace.Place(artifact, path).ShouldBeTrue();

        Extents.Of(path).ShouldBe(extents.Select(extent => extent with { Shared = true }));
        Extents.Of(path).Sum(extent => extent.Length).ShouldBe(LargeStage.Bytes);
        FileStamp.Of(path)!.Value.Inode.ShouldNotBe(FileStamp.Of(stored)!.Value.Inode);
        File.GetUnixFileMode(path).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.GetLastWriteTimeUtc(path).ShouldBeGreaterThan(DateTime.UtcNow.AddHours(-1));

        using (var file = File.OpenWrite(path))
            file.WriteByte(1);
        var again = bench.Open();
        again.Artifacts.Locate(artifact).ShouldBe(stored);
        Digest.Of(File.ReadAllBytes(stored)).ShouldBe(artifact.Digest);
        again.Place(artifact, path).ShouldBeTrue();
        Extents.Of(path).ShouldAllBe(extent => extent.Shared);
        Digest.Of(File.ReadAllBytes(path)).ShouldBe(artifact.Digest);
    }

    [Theory, InlineData("xfs"), InlineData("btrfs")]
    public void InAnotherFileSystemTheOutputIsACopy(string kind)
    {
        using var disk = LoopDisk.Mount(kind);
        var workspace = new Bench(Path.Combine(disk.Folder, "p")).Open();
        var (artifact, _) = LargeStage.Build(workspace);
        using var outside = new Bench();
        var path = Path.Combine(outside.Sources, "model.bin");

        workspace.Place(artifact, path).ShouldBeTrue();

        Digest.Of(File.ReadAllBytes(path)).ShouldBe(artifact.Digest);
        Extents.Of(workspace.Artifacts.PathOf(artifact.Digest)).ShouldAllBe(extent => !extent.Shared);
        Directory.GetFileSystemEntries(outside.Sources).ShouldBe([path]);
    }

    /// <remarks>
    /// Root may write whatever a file's mode, so it never gets a link; this test drops to nobody.
    /// </remarks>
    [Fact]
    public async Task WithoutSharedBlocksAPersonGetsALinkThatIsReadOnlyAndWhoeverEditsItIsFoundOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Written for Linux: it drops to another user.");
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no other file system here.");
        using var bench = new Bench();
        var apart = Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetRandomFileName())).FullName;
        try
        {
            using var process = new OwnProcess(
                AsNobody(bench.Root, apart), [PlacingProcess.Name, bench.Root, apart]);
            var told = await process.Output();
            Assert.SkipWhen(
                told.Contains("one file: False", StringComparison.Ordinal) && SharesBlocks(bench.Root),
                "The folder for temporary files shares blocks, so nothing is linked.");
            told.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            [
                "built: Executed",
                "one file: True",
                "mode: OtherRead, GroupRead, UserRead",
                "mode elsewhere: OtherRead, GroupRead, UserWrite, UserRead",
                "left aside: 0",
                "idle: Reused, placed again: False",
                "written to as it is: False",
                "written to when made writable: True",
                "believed: False",
                "again: Executed, equal: True",
                "placed again: True, whole: True",
                "store whole: True",
                "elsewhere whole: True",
            ]);
        }
        finally
        {
            Directory.Delete(apart, recursive: true);
        }
    }

    /// <remarks>A link would do as well to save room, but an edit of it would cost the step.</remarks>
    [Theory, InlineData("xfs"), InlineData("btrfs")]
    public async Task WhereBlocksCanBeSharedAPersonGetsNoLinkAndMayEdit(string kind)
    {
        using var disk = LoopDisk.Mount(kind);
        using var outside = new Bench();
        var root = Directory.CreateDirectory(Path.Combine(disk.Folder, "p")).FullName;
        using var process = new OwnProcess(
            AsNobody(root, outside.Root), [PlacingProcess.Name, root, outside.Root]);

        (await process.Output()).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "built: Executed",
            "one file: False",
            "mode: OtherRead, GroupRead, UserWrite, UserRead",
            "mode elsewhere: OtherRead, GroupRead, UserWrite, UserRead",
            "left aside: 0",
            "idle: Reused, placed again: False",
            "written to as it is: True",
            "written to when made writable: True",
            "believed: True",
            "again: Reused, equal: True",
            "placed again: True, whole: True",
            "store whole: True",
            "elsewhere whole: True",
        ]);
    }

    static IReadOnlyList<string> AsNobody(params ReadOnlySpan<string> folders)
    {
        if (!Environment.IsPrivilegedProcess)
            return [];
        foreach (var folder in folders)
            Storing.SmallDisk.Run("chown", "-R", "65534:65534", folder).ShouldBeTrue();
        IReadOnlyList<string> nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        Assert.SkipUnless(
            Storing.SmallDisk.Run(
                nobody[0], [.. nobody.Skip(1), "test", "-r", typeof(LargeFileTests).Assembly.Location]),
            "There is no setpriv here, or another user may not read these tests.");
        return nobody;
    }

    static bool SharesBlocks(string folder) =>
        Directory.GetFiles(folder, "model.bin", SearchOption.AllDirectories)
            .All(path => Extents.Of(path).All(extent => extent.Shared));
}
