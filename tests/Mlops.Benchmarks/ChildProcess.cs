using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mlops.Benchmarks;

/// <param name="Cpu">Of the process and of all that it started and waited for.</param>
/// <param name="PeakBytes">Largest memory of any one of them;
/// null where <c>/usr/bin/time</c> is not there to say it.</param>
sealed record Sample(TimeSpan Wall, TimeSpan Cpu, long? PeakBytes, int ExitCode, string Output);

/// <summary>
/// Runs a command and measures it. One at a time: the system sums CPU time over all children.
/// </summary>
static partial class ChildProcess
{
    const string Time = "/usr/bin/time";

    public static Sample Run(IReadOnlyList<string> command, string directory)
    {
        var report = File.Exists(Time) ? Path.GetTempFileName() : null;
        var start = new ProcessStartInfo(report is null ? command[0] : Time)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var arguments = report is null ? command.Skip(1) : ["-q", "-f", "%M", "-o", report, .. command];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var (cpu, wall) = (CpuOfChildren(), Stopwatch.GetTimestamp());
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        var sample = new Sample(
            Stopwatch.GetElapsedTime(wall), CpuOfChildren() - cpu, PeakOf(report), process.ExitCode, output);
        if (report is not null)
            File.Delete(report);
        return sample;
    }

    static long? PeakOf(string? report) =>
        report is not null && long.TryParse(File.ReadAllText(report).Trim(), out var kibibytes)
            ? kibibytes * 1024
            : null;

    static TimeSpan CpuOfChildren() => GetResourceUsage(-1, out var usage) == 0
        ? TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
            + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds)
        : default;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    /// <summary>The two times of <c>struct rusage</c>; the rest is not read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 160)]
    readonly struct ResourceUsage
    {
        public readonly nint UserSeconds;
        public readonly nint UserMicroseconds;
        public readonly nint SystemSeconds;
        public readonly nint SystemMicroseconds;
    }
}
