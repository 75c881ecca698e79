using System.Runtime.InteropServices;

namespace Mlops.Engine;

/// <summary>Syncs a folder, so that the names in it outlive a loss of power. .NET opens no folders.</summary>
static partial class FolderSync
{
    const int ReadOnly = 0;

    /// <remarks>
    /// Where the system has no such call, or the file system refuses it, renaming is all that can be done.
    /// </remarks>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var opened = Open(folder, ReadOnly);
        if (opened < 0)
            return;
        _ = Synchronize(opened);
        _ = Close(opened);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int opened);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int opened);
}
