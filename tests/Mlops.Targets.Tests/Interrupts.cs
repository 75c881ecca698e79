using System.Diagnostics;

namespace Mlops.Targets.Tests;

/// <summary>
/// Processes that can be interrupted also where the tests run in the background: a shell starts those with
/// SIGINT ignored, and what is ignored stays so in all that they start.
/// </summary>
static class Interrupts
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static readonly string[] ByEnv = ["env", "--default-signal=INT"];

    /// <summary>What has to stand before a command; null where nothing helps.</summary>
    static readonly Lazy<string[]?> Prefix = new(() =>
        OperatingSystem.IsWindows() || Ends([]) ? [] : Ends(ByEnv) ? ByEnv : null);

    public static void SkipWhereIgnored()
    {
        Xunit.Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        Xunit.Assert.SkipWhen(Prefix.Value is null,
            "SIGINT is ignored by what runs the tests, and its env cannot give it back (coreutils 8.31 can)");
    }

    public static Process Start(ProcessStartInfo start)
    {
        if (Prefix.Value is [var program, .. var options])
        {
            string[] rest = [.. options, start.FileName, .. start.ArgumentList];
            start.FileName = program;
            start.ArgumentList.Clear();
            foreach (var argument in rest)
                start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }

    /// <summary>
    /// Sends a signal to a process. What has not ended a minute later is killed with all that it started, so
    /// that a test that waits for it fails and does not hang.
    /// </summary>
    public static void Send(Process process, string signal)
    {
        using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]))
            kill.WaitForExit();
        _ = EndLater(process.Id);
    }

    static async Task EndLater(int id)
    {
        try
        {
            // Of its own: a test disposes of the one that it has.
            using var process = Process.GetProcessById(id);
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (ArgumentException)
        {
            // It ended at once.
        }
    }

    /// <summary>Whether a process that is started so ends by the signal.</summary>
    static bool Ends(string[] prefix)
    {
        string[] command = [.. prefix, "sh", "-c", "kill -INT $$; exit 0"];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        return process.ExitCode == 130;
    }
}
