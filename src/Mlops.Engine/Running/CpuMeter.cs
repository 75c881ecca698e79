using System.Runtime.InteropServices;

namespace Mlops.Engine;

/// <summary>
/// Shares out the CPU time of this process and of the processes it started among the bodies that run: what
/// was used between two events belongs to those that ran in between, in equal parts. No body is charged for
/// what ran before or after it, and the sum of all is what was used.
/// </summary>
sealed partial class CpuMeter
{
    readonly Lock measuring = new();
    readonly HashSet<Account> running = [];
    TimeSpan last = Used();

    public void Enter(Account account)
    {
        lock (measuring)
        {
            Share();
            running.Add(account);
        }
    }

    public void Leave(Account account)
    {
        lock (measuring)
        {
            Share();
            running.Remove(account);
        }
    }

    void Share()
    {
        var now = Used();
        var share = running.Count == 0 ? default : (now - last) / running.Count;
        foreach (var account in running)
            account.Used += share;
        last = now;
    }

    /// <summary>The largest working set that this process ever had.</summary>
    /// <remarks>
    /// Asked of the system itself: .NET reads a file for each thread to find out, for every step that runs.
    /// </remarks>
    public static long PeakMemoryBytes()
    {
        if ((OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            && GetResourceUsage(Self, out var usage) == 0)
            return usage.LargestResident * (OperatingSystem.IsLinux() ? 1024L : 1L);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    static TimeSpan Used() => Environment.CpuUsage.TotalTime + OfChildren();

    /// <summary>
    /// Of processes that were started here and have ended; nothing where the system does not say.
    /// </summary>
    static TimeSpan OfChildren()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return default;
        return GetResourceUsage(Children, out var usage) == 0 ? usage.User.Time + usage.System.Time : default;
    }

    /// <summary>What one body used.</summary>
    public sealed class Account
    {
        public TimeSpan Used { get; set; }
    }

    const int Self = 0;
    const int Children = -1;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential)]
    readonly struct Moment
    {
        readonly nint seconds;
        readonly nint microseconds;

        public TimeSpan Time => TimeSpan.FromSeconds(seconds) + TimeSpan.FromMicroseconds((int)microseconds);
    }

    /// <summary>
    /// The system's <c>struct rusage</c>, 144 bytes where pointers have 64 bits; the two times and the
    /// memory stand first.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = 160)]
    readonly struct ResourceUsage
    {
        public readonly Moment User;
        public readonly Moment System;
        public readonly nint LargestResident;
    }
}
