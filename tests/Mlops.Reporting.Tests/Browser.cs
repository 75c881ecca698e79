using System.Diagnostics;

namespace Mlops.Reporting.Tests;

/// <summary>
/// A real browser without a window, started fresh for each page. Tests skip where there is none.
/// </summary>
static class Browser
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--enable-logging=stderr", "--allow-file-access-from-files",
    ];

    public static async Task<(string Output, string Log)> Run(string page, params string[] arguments)
    {
        var program = Find();
        Assert.SkipWhen(program is null,
            "No browser was found on the PATH (chromium, chromium-browser, google-chrome).");
        var profile = Directory.CreateTempSubdirectory("mlops-browser-").FullName;
        try
        {
            var start = new ProcessStartInfo(program!)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            foreach (var argument in (string[])[.. Quiet, $"--user-data-dir={profile}", .. arguments,
                new Uri(page).AbsoluteUri])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var log = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, await log);
            return (await output, await log);
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name
            + ".exe" : name)))
        .FirstOrDefault(File.Exists);
}
