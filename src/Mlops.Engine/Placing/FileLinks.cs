using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mlops.Engine;

/// <summary>
/// Puts a file of the store somewhere else as cheaply as the file systems allow: blocks shared until somebody
/// writes (a reflink), else a second name of the store's own, read-only file, else a copy.
/// </summary>
static partial class FileLinks
{
    /// <summary>Below this a copy costs next to nothing, and whoever may write to it harms nothing.</summary>
    const long SmallestLinkedBytes = 16 << 20;

    /// <summary>Linux's <c>FICLONE</c>.</summary>
    const nuint Clone = 0x40049409;

    const int CrossesFileSystems = 18;

    const UnixFileMode Ordinary =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void Place(string stored, string path, DateTime now)
    {
        var isLarge = new FileInfo(stored).Length >= SmallestLinkedBytes;
        if (!isLarge || !TryClone(stored, path))
        {
            if (isLarge && TryLink(stored, path))
                return;
            File.Copy(stored, path, overwrite: true);
        }
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Ordinary);
        File.SetLastWriteTimeUtc(path, now);
    }

    /// <summary>
    /// Whether the paths lie in different file systems, or under different mounts of one, as
    /// far as that is known.
    /// </summary>
    /// <param name="absent">A file that is not there: whether it could be renamed is refused before it is
    /// looked for.</param>
    public static bool AreApart(string absent, string path) => OperatingSystem.IsWindows()
        ? !string.Equals(Path.GetPathRoot(absent), Path.GetPathRoot(path), StringComparison.OrdinalIgnoreCase)
        : Rename(absent, path) != 0 && Marshal.GetLastPInvokeError() == CrossesFileSystems;

    /// <summary>Renames within one file system.</summary>
    /// <returns>False if the path lies in another one: then nothing has happened.</returns>
    /// <exception cref="IOException">It is refused for any other reason.</exception>
    public static bool TryRename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            if (AreApart(from, to))
                return false;
            File.Move(from, to, overwrite: true);
            return true;
        }
        if (Rename(from, to) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == CrossesFileSystems
            ? false
            : throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{to}'", error);
    }

    static bool TryClone(string stored, string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var source = File.OpenHandle(stored);
        using var target = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        if (Control(target, Clone, source) == 0)
            return true;
        File.Delete(path);
        return false;
    }

    /// <remarks>
    /// Fails across file systems, and where a file system knows no links. Not for those who may write
    /// whatever the file's mode: an editor of theirs would write through the second name into the store.
    /// </remarks>
    static bool TryLink(string stored, string path) =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        && !Environment.IsPrivilegedProcess && Link(stored, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport(
        "libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle target, nuint request, SafeFileHandle source);
}
