namespace Mlops.Engine;

/// <summary>Whose a file or folder is.</summary>
static class FileOwner
{
    /// <summary>
    /// Whether both are of one user; of a symbolic link that counts itself, not what it leads to. Elsewhere
    /// than on Linux it is taken to be so: there temporary files are in a folder of each user's own.
    /// </summary>
    public static bool IsOfSame(string one, string other) =>
        !OperatingSystem.IsLinux()
        || (LinuxFileStamp.OwnerOf(one) is { } owner && owner == LinuxFileStamp.OwnerOf(other));
}
