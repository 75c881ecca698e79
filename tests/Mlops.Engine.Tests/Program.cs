using Mlops.Engine.Tests.Collecting;
using Mlops.Engine.Tests.Crashing;
using Mlops.Engine.Tests.Laws;
using Mlops.Engine.Tests.Ledgers;
using Mlops.Engine.Tests.Placing;
using Mlops.Engine.Tests.Scheduling;
using Mlops.Engine.Tests.Steps;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Mlops.Engine.Tests;

/// <summary>Runs the tests, or what a test asks a process of its own to do.</summary>
static class Program
{
    static async Task<int> Main(string[] args) => args switch
    {
        [AppendingProcess.Name, .. var rest] => AppendingProcess.Run(rest),
        [ExecutingProcess.Name, var workspace, var key] => await ExecutingProcess.Run(workspace, key),
        [RunningProcess.Name, var file] => await RunningProcess.Run(file),
        [ClaimingProcess.Name, .. var rest] => await ClaimingProcess.Run(rest),
        [PlacingProcess.Name, var root, var apart] when !OperatingSystem.IsWindows() =>
            PlacingProcess.Run(root, apart),
        [CollectingProcess.Name, var root, var times] => await CollectingProcess.Run(root, times),
        [RehearsingProcess.Name, var file] => await RehearsingProcess.Run(file),
        [BuildingProcess.Name, .. var rest] => await BuildingProcess.Run(rest),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            await TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };
}
