using System.Diagnostics;

namespace Mlops.Engine;

/// <summary>
/// Has steps executed by another process, here or on another machine, that shares nothing with this
/// one but the store.
/// </summary>
/// <param name="template">A command for the system's shell, with <c>{key}</c> where the key goes.</param>
public sealed class StepCommand(string template, Workspace workspace)
{
    /// <summary>
    /// Set for the command: whoever executes the step need not write it into the ledger, for the run does.
    /// </summary>
    public const string RecordedVariable = "MLOPS_STEP_IS_RECORDED";

    const int LinesShown = 20;

    /// <exception cref="ProblemException">The command failed.</exception>
    public async Task Run(ActionKey key, Action<string> progress, CancellationToken cancellation)
    {
        await Actions.Publish(workspace, key, cancellation);
        var command = template.Replace("{key}", key.Digest.ToString(), StringComparison.Ordinal);
        using var process = Process.Start(Start(command))!;
        process.StandardInput.Close();
        var lines = new Queue<string>();
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new ProblemException(new Problem(
                "ENGINE-013",
                $"The command that was to execute {key.Stage} ended with exit code {process.ExitCode}.",
                Actual: $"{command}\n{string.Join('\n', lines)}".TrimEnd(),
                Next: "Read what it said; then run again."));

        void Receive(string? line)
        {
            if (line is null)
                return;
            progress(line);
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > LinesShown)
                    lines.Dequeue();
            }
        }
    }

    static ProcessStartInfo Start(string command)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.Environment[RecordedVariable] = "1";
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }
}
