using System.ComponentModel;
using System.Diagnostics;

namespace Mlops.Engine;

/// <summary>
/// Starts a program, reads what it says, and ends it with all that it started if it takes too long.
/// </summary>
static class ProgramProcess
{
    /// <summary>
    /// A file that is being executed while some other process, just forked, still has it open for writing.
    /// </summary>
    const int TextFileBusy = 26;
    const int MostAttempts = 100;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// After the program's end nothing more comes from it; what it left running may hold its streams open.
    /// </summary>
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code; null if it was ended because its time was over.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static async Task<int?> Run(
        ProcessStartInfo start, TimeSpan? timeout, CapturedOutput output,
        CapturedOutput errors, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var process = await Start(start, cancellation);
        process.StandardInput.Close();
        if (timeout is { } limit)
            stop.CancelAfter(limit);
        using var reading = new CancellationTokenSource();
        var read = Task.WhenAll(
            output.Read(process.StandardOutput.BaseStream, reading.Token),
            errors.Read(process.StandardError.BaseStream, reading.Token));
        var ended = await Wait(process, stop.Token);
        await Drain(read, () => output.TotalBytes + errors.TotalBytes, reading);
        cancellation.ThrowIfCancellationRequested();
        return ended ? process.ExitCode : null;
    }

    static async Task<Process> Start(ProcessStartInfo start, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception busy) when (busy.NativeErrorCode == TextFileBusy && attempt < MostAttempts)
            {
                await Task.Delay(Pause, cancellation);
            }
    }

    static async Task<bool> Wait(Process process, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    static async Task Drain(Task read, Func<long> total, CancellationTokenSource reading)
    {
        for (var before = -1L; !read.IsCompleted && total() is var now && now != before; before = now)
            await Task.WhenAny(read, Task.Delay(Quiet));
        await reading.CancelAsync();
        await Task.WhenAny(read, Task.Delay(Quiet));
    }
}
