using System.Diagnostics;
using System.Text;

namespace Mlops.Targets;

/// <summary>What a finished program said.</summary>
/// <param name="Output">Standard output and standard error, line by line as they came.</param>
public sealed record ExternalProcessResult(string CommandLine, int ExitCode, string Output)
{
    /// <exception cref="InvalidOperationException">The exit code is not zero;
    /// with what the program said.</exception>
    public ExternalProcessResult AssertZeroExitCode() => ExitCode == 0
        ? this
        : throw new InvalidOperationException(
            $"{CommandLine} ended with exit code {ExitCode}.\n{Output.TrimEnd()}");
}

/// <summary>Runs other programs, without a shell and without standard input.</summary>
public static class ExternalProcess
{
    /// <param name="echo">Receives each line as it comes; null keeps the output to the result.</param>
    /// <param name="cancellation">Ends the program with all that it has started.</param>
    /// <exception cref="InvalidOperationException">There is no such program,
    /// or it may not be run.</exception>
    public static async Task<ExternalProcessResult> Run(
        string program, IReadOnlyList<string> arguments, AbsolutePath workingDirectory,
        Action<string>? echo = null, CancellationToken cancellation = default)
    {
        var commandLine = string.Join(' ', arguments.Prepend(program));
        var output = new StringBuilder();
        using var process = new Process { StartInfo = StartOf(program, arguments, workingDirectory) };
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        Start(process, commandLine);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return new ExternalProcessResult(commandLine, process.ExitCode, output.ToString());

        void Receive(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.Append(line).Append('\n');
            echo?.Invoke(line);
        }
    }

    static ProcessStartInfo StartOf(
        string program, IReadOnlyList<string> arguments, AbsolutePath workingDirectory) =>
        new(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

    static void Start(Process process, string commandLine)
    {
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception refused)
        {
            throw new InvalidOperationException(
                $"{commandLine} could not be started: {refused.Message}", refused);
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}
