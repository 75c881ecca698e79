using System.Diagnostics;

namespace Mlops.Learning.Tests;

/// <summary>This executable once more, to see what does not outlive a process.</summary>
static class FreshProcess
{
    public static string Dotnet => Environment.ProcessPath!;

    /// <summary>
    /// What stands between <see cref="Dotnet"/> and the arguments; nothing where it is the app itself.
    /// </summary>
    public static IReadOnlyList<string> Prefix =>
        Path.GetFileNameWithoutExtension(Dotnet) == "dotnet" ? [typeof(FreshProcess).Assembly.Location] : [];

    public static async Task<string> Output(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Dotnet, [.. Prefix, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
