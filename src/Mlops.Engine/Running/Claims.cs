namespace Mlops.Engine;

/// <summary>
/// Of several processes over one workspace, one at a time executes a key: it holds a lock on
/// <c>claims/&lt;key&gt;</c>. The system drops the lock of a process that dies, however it dies, so nobody
/// waits for the dead.
/// </summary>
sealed class Claims(string directory)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process executes the key. To be released by disposal.</summary>
    /// <param name="waiting">Told once, with who holds it, when there is something to wait for.</param>
    public async Task<IDisposable> Take(Digest key, Action<string> waiting, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, key.ToString());
        var pause = TimeSpan.Zero;
        while (true)
        {
            if (TryTake(path) is { } claim)
                return claim;
            if (pause == TimeSpan.Zero)
                waiting(HolderOf(path));
            pause = pause == TimeSpan.Zero
                ? FirstPause
                : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>
    /// Removes the files of claims that nobody holds: processes that were killed left them.
    /// </summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(directory))
            foreach (var path in Directory.EnumerateFiles(directory))
                TryTake(path)?.Dispose();
    }

    Claim? TryTake(string path)
    {
        Directory.CreateDirectory(directory);
        try
        {
            while (true)
            {
                // Windows lets nobody open a file that somebody else has open, so it has to
                // remove it by itself.
                var file = new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                    OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
                if (OperatingSystem.IsWindows() || IsStillNamed(file, path))
                    return new Claim(file);
                file.Dispose();
            }
        }
        catch (IOException held) when (FileLocks.IsHeld(held))
        {
            return null;
        }
    }

    /// <summary>
    /// Whoever held the claim before may have removed its name between the opening and the locking: then this
    /// is the lock of a file that nobody else can find any more, and holds nobody off. A time that is set
    /// through the open file and seen again under its name tells.
    /// </summary>
    static bool IsStillNamed(FileStream file, string path)
    {
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(Random.Shared.Next()));
        return File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    /// <summary>
    /// As the kernel's list of locks tells it, a line each: kind, mode, process, device and inode.
    /// </summary>
    static string HolderOf(string path)
    {
        if (!OperatingSystem.IsLinux() || FileStamp.Of(path) is not { } stamp || !File.Exists("/proc/locks"))
            return "another process";
        var inode = FormattableString.Invariant($":{stamp.Inode}");
        foreach (var line in File.ReadLines("/proc/locks"))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                is [_, "FLOCK", _, "WRITE", var process, var file, ..]
                && file.EndsWith(inode, StringComparison.Ordinal))
                return $"process {process}";
        return "another process";
    }

    /// <summary>Takes the name away while the lock is held, then lets go of the lock.</summary>
    sealed class Claim(FileStream file) : IDisposable
    {
        public void Dispose()
        {
            if (!OperatingSystem.IsWindows())
                File.Delete(file.Name);
            file.Dispose();
        }
    }
}
