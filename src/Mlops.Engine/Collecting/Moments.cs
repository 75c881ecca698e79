namespace Mlops.Engine;

/// <summary>
/// Builds use a workspace together; a collection needs a moment in which none does. Locks of the system, so
/// that nobody waits for the dead.
/// </summary>
/// <remarks>
/// While it waits for that moment, a collection lets no build begin for a second and then all for a second:
/// short builds cannot keep it waiting for ever by overlapping, and no build waits for longer than a second
/// and the moment itself.
/// </remarks>
sealed class Moments(string directory)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    string Builds => Path.Combine(directory, "builds");

    string Gate => Path.Combine(directory, "gate");

    /// <summary>From now until disposal nothing is collected.</summary>
    /// <param name="waiting">Told once, if a collection is under way.</param>
    public IDisposable Share(Action waiting)
    {
        Directory.CreateDirectory(directory);
        var isTold = false;
        using var gate = Wait(Gate, Tell);
        return Wait(Builds, Tell);

        void Tell()
        {
            if (!isTold)
                waiting();
            isTold = true;
        }
    }

    /// <summary>Waits until no build uses the workspace.</summary>
    /// <param name="waiting">Told once, if one does.</param>
    /// <returns>Null if there was none such moment in time.</returns>
    public async Task<IDisposable?> Alone(TimeSpan patience, Action waiting, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        for (var waited = TimeSpan.Zero; ; waited += 2 * Turn)
        {
            using (TryLock(Gate, FileAccess.ReadWrite, FileShare.None))
                for (var turn = TimeSpan.Zero; turn < Turn; turn += Pause)
                {
                    if (TryLock(Builds, FileAccess.ReadWrite, FileShare.None) is { } alone)
                        return alone;
                    if (waited == TimeSpan.Zero && turn == TimeSpan.Zero)
                        waiting();
                    await Task.Delay(Pause, cancellation);
                }
            if (waited >= patience)
                return null;
            await Task.Delay(Turn, cancellation);
        }
    }

    static FileStream Wait(string path, Action waiting)
    {
        for (var first = true; ; first = false)
        {
            if (TryLock(path, FileAccess.Read, FileShare.Read) is { } shared)
                return shared;
            if (first)
                waiting();
            Thread.Sleep(Pause);
        }
    }

    static FileStream? TryLock(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share, 1);
        }
        catch (IOException held) when (FileLocks.IsHeld(held))
        {
            return null;
        }
    }
}
