using System.Diagnostics;
using System.Globalization;

namespace Mlops.Engine;

/// <summary>Bytes are written aside, synced and renamed: a reader sees the old file, the new one, or none.</summary>
sealed class AtomicFiles
{
    readonly string directory;
    readonly string prefix;
    int count;

    public AtomicFiles(string directory)
    {
        this.directory = Directory.CreateDirectory(directory).FullName;
        using var process = Process.GetCurrentProcess();
        prefix = string.Create(
            CultureInfo.InvariantCulture, $"{process.Id}-{process.StartTime.ToUniversalTime().Ticks}-{Guid.NewGuid():N}-");
    }

    /// <summary>A path of its own, in the same file system as the store; another engine in this process has others.</summary>
    public string Aside() =>
        Path.Combine(directory, prefix + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));

    public void Write(string path, ReadOnlySpan<byte> content) => Publish(WriteAside(content), path);

    /// <summary>Writes a file that is not there yet; of several processes that try, one succeeds.</summary>
    public bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var aside = WriteAside(content);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            File.Move(aside, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
            return false;
        }
    }

    string WriteAside(ReadOnlySpan<byte> content)
    {
        var aside = Aside();
        using var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        file.Write(content);
        file.Flush(flushToDisk: true);
        return aside;
    }

    /// <summary>Moves a finished, synced file to its place.</summary>
    public static void Publish(string aside, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Removes what processes left that no longer live.</summary>
    public void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
            if (!IsOfLivingProcess(Path.GetFileName(path)))
                Remove(path);
    }

    /// <remarks>
    /// A program may leave folders behind that nobody may write to, or still be writing: what cannot be removed now is
    /// tried again by the next process.
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
        if (OperatingSystem.IsWindows() || !Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
            return;
        try
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var inner in Directory.EnumerateDirectories(path))
                Unlock(inner);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Somebody else's: it stays.
        }
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
