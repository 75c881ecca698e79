using System.Runtime.InteropServices;

namespace Mlops.Engine;

/// <summary>
/// Puts a file of the store somewhere else as cheaply as the file systems allow: .NET's copy shares the blocks where
/// it can (a reflink); a large file that cannot be had that way is a second name of the store's own, read-only, file.
/// </summary>
static partial class FileLinks
{
    /// <summary>Below this a copy costs nothing, and has a time of its own that people can read.</summary>
    const long SmallestLinkedBytes = 1 << 20;

    public static void Place(string stored, string path, DateTime now)
    {
        if (new FileInfo(stored).Length >= SmallestLinkedBytes && TryLink(stored, path))
            return;
        File.Copy(stored, path, overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(path, now);
    }

    /// <remarks>Fails across file systems, and where a file system knows no links.</remarks>
    static bool TryLink(string stored, string path) =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && Link(stored, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);
}
