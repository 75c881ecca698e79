using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Mlops.Engine;

namespace Mlops.Learning.Packaging;

/// <summary>
/// The program that scores a package apart from the build: <see cref="PackageScoring.Run(string[])"/>.
/// </summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">What stands before the path of the package.</param>
public sealed record ScoringProcess(string FileName, IReadOnlyList<string> Arguments)
{
    const int MostErrorCharacters = 2000;

    /// <summary>The bits of each golden row's predictions.</summary>
    /// <exception cref="ProblemException">It cannot be started or fails (PACK-002, PACK-003).</exception>
    internal async Task<IReadOnlyDictionary<int, ScoredRow>> Score(
        string packagePath, CancellationToken cancellation)
    {
        using var process = Start(packagePath);
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw Failure($"It ended with exit code {process.ExitCode}: {Cut(await error)}");
            return Parse(output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    Process Start(string packagePath)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(FileName, [.. Arguments, packagePath])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception fault)
        {
            throw new ProblemException([new Problem(
                "PACK-002", "The process that scores packages cannot be started.",
                new Place(Path.GetFileName(FileName)), Actual: fault.Message)], inner: fault);
        }
    }

    static Dictionary<int, ScoredRow> Parse(string output)
    {
        try
        {
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize(line, ScoredRowJson.Default.ScoredRow)!)
                .ToDictionary(row => row.Row);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw Failure($"Its output cannot be read: {Cut(output)}");
        }
    }

    static ProblemException Failure(string actual) => new(new Problem(
        "PACK-003", "The package could not be scored in a separate process.", Actual: actual));

    static string Cut(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > MostErrorCharacters ? trimmed[..MostErrorCharacters] + "…" : trimmed;
    }
}
