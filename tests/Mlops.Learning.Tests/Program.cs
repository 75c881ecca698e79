using Mlops.Learning.Packaging;
using Mlops.Learning.Tests.Training;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Mlops.Learning.Tests;

/// <summary>Runs the tests, or what a test asks a fresh process to do.</summary>
static class Program
{
    public const string FitAll = "fit-all";
    public const string ScorePackage = "score-package";
    public const string ScorePackageWrongly = "score-package-wrongly";

    static async Task<int> Main(string[] args) => args switch
    {
        [FitAll] => FittedDigests.Print(Console.Out),
        [ScorePackage, .. var rest] => PackageScoring.Run(rest),
        [ScorePackageWrongly, _] => PrintZeros(),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };

    static int PrintZeros()
    {
        Console.WriteLine("""{"row":0,"bits":["0000000000000000"]}""");
        return 0;
    }
}
