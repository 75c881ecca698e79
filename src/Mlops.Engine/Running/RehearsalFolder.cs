namespace Mlops.Engine;

/// <summary>
/// A rehearsal's folder in the system's folder for temporary files. While its process lives that holds a lock
/// of the system on a file in it, which others see whatever container they are in: an id of a process
/// would tell them nothing there.
/// </summary>
sealed class RehearsalFolder : IDisposable
{
    const string Prefix = "mlops-rehearsal-";
    const string LockName = "held";

    readonly FileStream held;

    RehearsalFolder(string path, FileStream held) => (Location, this.held) = (path, held);

    public string Location { get; }

    public static RehearsalFolder Create()
    {
        var path = Directory.CreateTempSubdirectory(Prefix).FullName;
        try
        {
            return new RehearsalFolder(path, Lock(path, FileMode.CreateNew));
        }
        catch
        {
            AtomicFiles.Remove(path);
            throw;
        }
    }

    /// <summary>Removes the folders of this user's processes that are gone.</summary>
    /// <remarks>
    /// Never somebody else's: who may exchange what is in a folder while it is removed could have other files
    /// removed. Nor one without the file, whose process may be about to make it.
    /// </remarks>
    public void RemoveLeftovers(CancellationToken cancellation)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            cancellation.ThrowIfCancellationRequested();
            if (FileOwner.IsOfSame(folder, Location) && IsLeft(folder))
                AtomicFiles.Remove(folder);
        }
    }

    static bool IsLeft(string folder)
    {
        try
        {
            Lock(folder, FileMode.Open).Dispose();
            return true;
        }
        catch (Exception kept) when (StoreFaults.IsOfDisk(kept))
        {
            return false;
        }
    }

    static FileStream Lock(string folder, FileMode mode) => new(
        Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None, 1);

    /// <remarks>Windows removes nothing that is open.</remarks>
    public void Dispose()
    {
        held.Dispose();
        AtomicFiles.Remove(Location);
    }
}
