using System.Diagnostics;
using System.Text.Json;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What <c>build/AheadOfTime.targets</c> takes for what, asked of MSBuild without compiling anything:
/// a package that counts as a library is compiled with each edit, a library left out of another's needs never again.
/// </summary>
public sealed class AheadOfTimeTests
{
    const string Build = "build/Build.csproj";

    [Fact]
    public void OnlyWhatIsOursCountsAsALibrary() =>
        Names(Ask(Build, "SortAhead", "-getItem:AheadLibrary", "-getItem:AheadPackage"), "AheadLibrary").ShouldBe(
        [
            "Mlops.Data", "Mlops.Engine", "Mlops.Learning", "Mlops.Pipelines", "Mlops.Reporting", "Mlops.Targets",
        ]);

    [Fact]
    public void WhatIsCompiledOfPackagesIsKeptUnderAllThatItComesOf()
    {
        var key = Key();

        Key().ShouldBe(key);
        Key("-p:AheadGeneric=%3BParquet%3B").ShouldNotBe(key);
        Key("-p:AheadFramework=" + Path.GetTempPath()).ShouldNotBe(key);
    }

    [Theory]
    [InlineData("src/Mlops.Engine/Mlops.Engine.csproj")]
    [InlineData("src/Mlops.Targets/Mlops.Targets.csproj")]
    [InlineData("src/Mlops.Reporting/Mlops.Reporting.csproj", "Mlops.Data", "Mlops.Engine", "Mlops.Learning")]
    public void ALibraryIsCompiledAgainWithThoseThatItRefersToAlone(string project, params string[] needed) =>
        Names(Ask(project, "DescribeAhead", "-getItem:AheadNeeded", "-getItem:AheadLine"), "AheadNeeded")
            .ShouldBe(needed);

    static string? Key(params string[] properties) =>
        Ask(Build, "SortAhead", ["-getProperty:AheadKey", "-getProperty:AheadMoment", .. properties])
            .GetProperty("Properties").GetProperty("AheadKey").GetString();

    static IEnumerable<string?> Names(JsonElement answer, string items) =>
        answer.GetProperty("Items").GetProperty(items).EnumerateArray()
            .Select(item => item.GetProperty("Filename").GetString()).Order(StringComparer.Ordinal);

    static JsonElement Ask(string project, string target, params string[] questions)
    {
        var output = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", project, "-t:ResolveReferences", "-t:" + target, "-p:AheadOfTime=true",
            "-p:BuildProjectReferences=false", "-p:Configuration=" + output, "-nodeReuse:false", .. questions,
        ])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, answer);
        return JsonDocument.Parse(answer).RootElement;
    }
}
