using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mlops.Engine;

/// <summary>
/// Bytes are written aside, synced and renamed: a reader sees the old file, the new one, or none.
/// </summary>
sealed class AtomicFiles
{
    readonly string directory;
    readonly Lazy<string> prefix = new(PrefixOfProcess);
    readonly Action<string> changing;
    readonly ConcurrentDictionary<string, bool> touchedFolders = new(StringComparer.Ordinal);
    int count;

    /// <param name="changing">Is told before every single change on disk:
    /// a test may end the process there.</param>
    public AtomicFiles(string directory, Action<string>? changing = null)
    {
        this.directory = Directory.CreateDirectory(directory).FullName;
        this.changing = changing ?? (_ => { });
    }

    /// <summary>
    /// A path of its own, in the same file system as the store; another engine in this process has others.
    /// </summary>
    public string Aside() =>
        Path.Combine(directory,
            prefix.Value + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// To be called by whoever changes something on disk without these methods, just before.
    /// </summary>
    public void Changing(string what) => changing(what);

    /// <exception cref="ProblemException">The workspace cannot be written to; Damaged.</exception>
    public void Write(string path, ReadOnlySpan<byte> content) => Publish(WriteAside(content), path);

    /// <summary>Writes a file that is not there yet; of several processes that try, one succeeds.</summary>
    /// <exception cref="ProblemException">The workspace cannot be written to; Damaged.</exception>
    public bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var aside = WriteAside(content);
        try
        {
            return TryName(aside, path);
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            Discard(aside);
            throw Failed(fault);
        }
    }

    bool TryName(string aside, string path)
    {
        var folder = FolderOf(path);
        changing($"create {path}");
        try
        {
            File.Move(aside, path, overwrite: false);
            touchedFolders[folder] = true;
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            changing($"delete {aside}");
            File.Delete(aside);
            return false;
        }
    }

    string WriteAside(ReadOnlySpan<byte> content)
    {
        var aside = Aside();
        changing($"create {aside}");
        try
        {
            using var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            changing($"write {aside}");
            file.Write(content);
            changing($"sync {aside}");
            file.Flush(flushToDisk: true);
            return aside;
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            Discard(aside);
            throw Failed(fault);
        }
    }

    ProblemException Failed(Exception fault) =>
        StoreFaults.OfWorkspace(Path.GetDirectoryName(directory)!, fault);

    /// <summary>Removes what could not be finished.</summary>
    /// <remarks>
    /// What went wrong is to be told, not that tidying up after it failed too: a later run does that.
    /// </remarks>
    public static void Discard(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>The bytes of a file; null where there is none, or it has just gone.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Moves a finished, synced file to its place.</summary>
    /// <exception cref="ProblemException">The workspace cannot be written to; Damaged.</exception>
    public void Publish(string aside, string path)
    {
        try
        {
            var folder = FolderOf(path);
            changing($"rename {path}");
            File.Move(aside, path, overwrite: true);
            touchedFolders[folder] = true;
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            Discard(aside);
            throw Failed(fault);
        }
    }

    /// <summary>
    /// Makes the names of all that was published last beyond a loss of power. The bytes were synced before
    /// they got their names, so what such a loss takes is at most work, never truth; once before the
    /// ledger speaks is enough.
    /// </summary>
    public void SyncFolders()
    {
        foreach (var folder in touchedFolders.Keys)
            if (touchedFolders.TryRemove(folder, out _))
            {
                changing($"sync {folder}");
                FolderSync.Sync(folder);
            }
    }

    /// <summary>
    /// The folder of a file, made if it is not there; the folder that it lies in is then synced too.
    /// </summary>
    string FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            changing($"create {folder}");
            Directory.CreateDirectory(folder);
            touchedFolders[Path.GetDirectoryName(folder)!] = true;
        }
        return folder;
    }

    /// <summary>Removes what processes left that no longer live.</summary>
    public void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
            if (!IsOfLivingProcess(Path.GetFileName(path)))
            {
                changing($"delete {path}");
                Remove(path);
            }
    }

    /// <remarks>
    /// A program may leave folders behind that nobody may write to, or still be writing: what cannot be
    /// removed now is tried again by the next process.
    /// </remarks>
    public static void Remove(string path)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
            try
            {
                if (Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
                return;
            }
            catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
            {
                Unlock(path);
            }
    }

    static void Unlock(string path)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path)
            || new DirectoryInfo(path).LinkTarget is not null)
            return;
        try
        {
            File.SetUnixFileMode(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var inner in Directory.EnumerateDirectories(path))
                Unlock(inner);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Somebody else's: it stays.
        }
    }

    /// <summary>
    /// Whether a file aside, by its name, is of a process that no longer lives; not so for other names.
    /// </summary>
    public static bool IsLeftover(string name) =>
        name.Split('-') is [_, _, { Length: 32 }, _]
        && name.All(letter => char.IsAsciiHexDigitLower(letter) || letter == '-')
        && !IsOfLivingProcess(name);

    static string PrefixOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{process.Id}-{process.StartTime.ToUniversalTime().Ticks}-{Guid.NewGuid():N}-");
    }

    static bool IsOfLivingProcess(string name)
    {
        var fields = name.Split('-');
        if (fields.Length < 2 || !int.TryParse(fields[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(fields[1], CultureInfo.InvariantCulture, out var started))
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            // The start of another process is read with the resolution of the system's tick.
            return Math.Abs(process.StartTime.ToUniversalTime().Ticks - started) < TimeSpan.TicksPerSecond;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
