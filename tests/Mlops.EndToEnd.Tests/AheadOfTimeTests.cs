using System.Diagnostics;
using System.Text.Json;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What <c>build/AheadOfTime.targets</c> takes for what and compiles when, asked of MSBuild without compiling
/// anything: a package that counts as a library is compiled with each edit, a library left out of another's
/// needs never again.
/// </summary>
public sealed class AheadOfTimeTests : IDisposable
{
    const string Build = "build/Build.csproj";

    readonly string root = Directory.CreateTempSubdirectory("mlops-ahead-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

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

    /// <summary>A hook is of the build's assembly, which nothing refers to.</summary>
    [Theory]
    [InlineData("mlops-build", "mlops-build.dll")]
    [InlineData("Mlops.Reporting", "Mlops.Pipelines.dll", "Mlops.Reporting.dll", "mlops-build.dll")]
    public void OnlyWhatWasEditedAndWhatRefersToItIsCompiledAgain(string edited, params string[] compiled)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        WriteCompiler();
        var all = Compiled(edited);
        var nothing = Compiled(edited);
        Directory.CreateDirectory(Path.Combine(root, "edited"));
        File.WriteAllText(Path.Combine(root, "edited", edited + ".dll"), "");
        var again = Compiled(edited);

        all.ShouldContain("Parquet.dll");
        all.Count(name => name.StartsWith("Mlops.", StringComparison.Ordinal)).ShouldBe(6);
        nothing.ShouldBeEmpty();
        again.ShouldBe(compiled);
    }

    [Fact]
    public void WhatIsReplacedWhileTheCompilerRunsIsCompiledAgain()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        Directory.CreateDirectory(Path.Combine(root, "edited"));
        var edited = Path.Combine(root, "edited", "mlops-build.dll");
        File.WriteAllText(edited, "");
        WriteCompiler(edited + "\n");
        Compiled("mlops-build");
        WriteCompiler("");

        Compiled("mlops-build").ShouldBe(["mlops-build.dll"]);
        Compiled("mlops-build").ShouldBeEmpty();
    }

    [Fact]
    public void WhatWasCompiledOfOtherPackagesGoesWhenNoBuildHasUsedItForADay()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        WriteCompiler();
        MakeFolder("0123456789abcdef", usedDaysAgo: 2);
        MakeFolder("00112233aabbccdd", usedDaysAgo: null);
        MakeFolder("fedcba9876543210", usedDaysAgo: 0.5);
        MakeFolder("somebodys", usedDaysAgo: 2);

        Compiled("mlops-build").ShouldContain("Parquet.dll");
        var own = Key()!;
        MakeFolder(own, usedDaysAgo: 2);
        Compiled("mlops-build").ShouldBeEmpty();

        Directory.GetDirectories(root).Select(Path.GetFileName).Except(["published"])
            .ShouldBe([own, "fedcba9876543210", "somebodys"], ignoreOrder: true);
    }

    /// <param name="usedDaysAgo">Null where nothing says when.</param>
    void MakeFolder(string name, double? usedDaysAgo)
    {
        var used = Path.Combine(Directory.CreateDirectory(Path.Combine(root, name)).FullName, ".used");
        if (usedDaysAgo is not { } days)
            return;
        File.WriteAllText(used, "");
        File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddDays(-days));
    }

    /// <summary>
    /// A script in the compiler's place, which says what it is asked for, and a file in the edited
    /// assembly's, once there is one.
    /// </summary>
    /// <param name="meanwhile">A file that somebody writes to while the compiler runs, if there is one.</param>
    void WriteCompiler(string meanwhile = "")
    {
        File.WriteAllText(Path.Combine(root, "meanwhile"), meanwhile);
        var compiler = Path.Combine(root, "compiler");
        File.WriteAllText(compiler, """
            #!/usr/bin/env bash
            echo "${1##*/}" >> "${0%/*}/compiled"
            read -r meanwhile < "${0%/*}/meanwhile" && touch "$meanwhile"
            : > "${2#-o:}"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(compiler, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(root, "edit.targets"), """
            <Project>
              <Target Name="Resolve" BeforeTargets="DescribeAhead" DependsOnTargets="ResolveReferences" />
              <Target Name="Edit" AfterTargets="DescribeAhead" Condition="Exists('$(Edited)')">
                <ItemGroup>
                  <AheadNeeded Include="$(Edited)" Condition="'%(Filename)' == '$(EditedName)'" />
                </ItemGroup>
                <ItemGroup Condition="'$(AssemblyName)' == '$(EditedName)'">
                  <IntermediateAssembly Remove="@(IntermediateAssembly)" />
                  <IntermediateAssembly Include="$(Edited)" />
                </ItemGroup>
              </Target>
            </Project>
            """);
    }

    IReadOnlyList<string> Compiled(string edited)
    {
        var told = Path.Combine(root, "compiled");
        File.WriteAllText(told, "");
        Ask(Build, "PrepareAhead",
            "-p:AheadCompiler=" + Path.Combine(root, "compiler"), "-p:AheadFolder=" + root + "/",
            "-p:PublishDir=" + Path.Combine(root, "published") + "/",
            "-p:CustomAfterMicrosoftCommonTargets=" + Path.Combine(root, "edit.targets"),
            "-p:EditedName=" + edited, "-p:Edited=" + Path.Combine(root, "edited", edited + ".dll"),
            "-getProperty:AheadReady", "-getProperty:AheadKey");
        return [.. File.ReadAllLines(told).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("-O --mibc:fit.mibc", Build, "-p:AheadProfile=fit.mibc")]
    [InlineData("-O", Build, "-p:AheadProfile=broken.mibc")]
    [InlineData("-O", "src/Mlops.Engine/Mlops.Engine.csproj")]
    public void AProfileIsTheBuildsAndDoneWithoutWhereItCannotBeRead(
        string expected, string project, params string[] properties)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The compiler's stand-in is a shell script.");
        var compiler = Path.Combine(root, "compiler");
        File.WriteAllText(compiler, """
            #!/bin/sh
            for word in "$@"; do
              case $word in -o:*) out=${word#-o:} ;; *broken.mibc) exit 1 ;; esac
            done
            echo "$@" > "$out"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(compiler, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var answer = Ask(
            project, "CompileAhead",
            [
                "-getProperty:AheadCompiled", "-getProperty:AheadProfiled",
                $"-p:AheadCompiler={compiler}", $"-p:AheadFolder={root}/", .. properties,
            ]);

        File.ReadAllText(answer.GetProperty("Properties").GetProperty("AheadCompiled").GetString()!)
            .ShouldEndWith($".rsp {expected}\n");
    }

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
