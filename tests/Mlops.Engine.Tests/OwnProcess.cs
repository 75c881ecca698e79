using System.Diagnostics;
using System.Text;

namespace Mlops.Engine.Tests;

/// <summary>This test program once more, to do something in a process of its own.</summary>
sealed class OwnProcess : IDisposable
{
    readonly Process process;
    readonly Task<string> output;
    readonly Task<string> error;
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OwnProcess(params string[] arguments) : this([], arguments)
    {
    }

    /// <param name="before">What starts it, as <c>setpriv</c> with its options; empty for nothing.</param>
    public OwnProcess(IReadOnlyList<string> before, IReadOnlyList<string> arguments)
    {
        string[] command = [.. before, .. Command, .. arguments];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        output = Read(process.StandardOutput);
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What starts this program.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.ProcessPath!, typeof(OwnProcess).Assembly.Location]
            : [Environment.ProcessPath!];

    public int Id => process.Id;

    public void Kill() => process.Kill();

    /// <summary>What it printed, once it has ended well.</summary>
    public async Task<string> Output()
    {
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }

    /// <summary>Ends when it has printed its first line, or nothing and ended.</summary>
    public Task Begun() => begun.Task;

    /// <summary>What it printed, however it ended.</summary>
    public Task<string> Printed() => output;

    async Task<string> Read(StreamReader lines)
    {
        var text = new StringBuilder();
        while (await lines.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            begun.TrySetResult();
        }
        begun.TrySetResult();
        return text.ToString();
    }

    public async Task Ended() => await process.WaitForExitAsync();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
