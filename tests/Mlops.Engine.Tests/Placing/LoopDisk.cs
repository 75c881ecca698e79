using Mlops.Engine.Tests.Storing;

namespace Mlops.Engine.Tests.Placing;

/// <summary>A file system of some kind in a file, mounted over a folder; needs the right to mount.</summary>
sealed class LoopDisk : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-disk-").FullName;

    LoopDisk()
    {
    }

    public string Folder => Path.Combine(root, "mounted");

    /// <param name="kind">As <c>mkfs</c> and <c>mount</c> call it.</param>
    public static LoopDisk Mount(string kind)
    {
        var disk = new LoopDisk();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(disk.root, (UnixFileMode)Convert.ToInt32("755", 8));
        var image = Path.Combine(disk.root, "image");
        using (var file = File.Create(image))
            file.SetLength(512L << 20);
        Directory.CreateDirectory(disk.Folder);
        var (isMade, isMounted) = (SmallDisk.Run($"mkfs.{kind}", "-q", image), false);
        if (isMade)
            isMounted = SmallDisk.Run("mount", "-t", kind, "-o", "loop", image, disk.Folder);
        if (!isMounted)
            Directory.Delete(disk.root, recursive: true);
        Assert.SkipUnless(isMade, $"There is no mkfs.{kind} here.");
        Assert.SkipUnless(isMounted, $"This user may not mount a file system of kind {kind}.");
        return disk;
    }

    public void Dispose()
    {
        SmallDisk.Run("umount", "-l", Folder);
        Directory.Delete(root, recursive: true);
    }
}
