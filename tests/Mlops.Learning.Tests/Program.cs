using Mlops.Learning.Tests.Training;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Mlops.Learning.Tests;

/// <summary>Runs the tests, or what a test asks a fresh process to do.</summary>
static class Program
{
    public const string FitAll = "fit-all";

    static async Task<int> Main(string[] args) => args switch
    {
        [FitAll] => FittedDigests.Print(Console.Out),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };
}
