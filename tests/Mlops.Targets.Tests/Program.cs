using Microsoft.Testing.Platform.Builder;
using Mlops.Targets.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The same executable is the test program and, asked by this variable, a build to be tested as a process.
if (Environment.GetEnvironmentVariable("TARGETS_TESTS_AS_BUILD") is { } build)
    return build == nameof(ShownBuild) ? ShownBuild.Start() : ProcessBuild.Start();
if (args.Contains("--server") || args.Contains("--internal-msbuild-node"))
    return await TestPlatformTestFramework.RunAsync(args, Register);
return await ConsoleRunner.Run(args);

static void Register(ITestApplicationBuilder builder, string[] arguments) =>
    builder.AddSelfRegisteredExtensions(arguments);
