namespace Mlops.Engine;

/// <summary>
/// Of several processes over one workspace, one at a time executes a key: it holds a lock on <c>claims/&lt;key&gt;</c>.
/// The system drops the lock of a process that dies, however it dies, so nobody waits for the dead.
/// </summary>
sealed class Claims(string directory)
{
    /// <summary>How .NET tells of a lock that another process holds: by errno, on Windows by its own code.</summary>
    const int EAgain = 11, EAgainOfMac = 35, SharingViolation = unchecked((int)0x80070020);

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
            pause = pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>Removes the files of claims that nobody holds: processes that were killed left them.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(directory))
            foreach (var path in Directory.EnumerateFiles(directory))
                TryTake(path)?.Dispose();
    }

    FileStream? TryTake(string path)
    {
        Directory.CreateDirectory(directory);
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException held) when (held.HResult is EAgain or EAgainOfMac or SharingViolation)
        {
            return null;
        }
    }

    /// <summary>As the kernel's list of locks tells it, a line each: kind, mode, process, device and inode.</summary>
    static string HolderOf(string path)
    {
        if (!OperatingSystem.IsLinux() || FileStamp.Of(path) is not { } stamp || !File.Exists("/proc/locks"))
            return "another process";
        var inode = FormattableString.Invariant($":{stamp.Inode}");
        foreach (var line in File.ReadLines("/proc/locks"))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "FLOCK", _, "WRITE", var process, var file, ..]
                && file.EndsWith(inode, StringComparison.Ordinal))
                return $"process {process}";
        return "another process";
    }
}
