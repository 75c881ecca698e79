using System.Diagnostics;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The real <c>build.sh</c> in a repository of its own, whose compiler and framework are scripts
/// that say what they were asked for: what it compiles when, and by what it starts the build.
/// </summary>
public sealed class BootstrapperTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-bootstrapper-").FullName;

    public BootstrapperTests()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        File.Copy(Path.Combine(Repository.Root, "build.sh"), Path.Combine(root, "build.sh"));
        Write("src/Some.cs", "");
        Write("build/Build.cs", "");
        Write("global.json", "{}");
        Directory.CreateDirectory(Framework);
        // Publishes a build that fits the framework which lies beside it.
        WriteScript("sdk/dotnet", $$"""
            #!/usr/bin/env bash
            if [[ $1 == --version ]]; then echo 10.0; exit; fi
            if [[ $1 != publish ]]; then echo "sdk: $*"; exit; fi
            while [[ $1 != -o ]]; do shift; done
            : > "$2/mlops-build.dll"
            printf '%s\n' '{{Host}}' '{{Framework}}' > "$2/.framework"
            """);
        WriteScript("host/dotnet", """
            #!/usr/bin/env bash
            echo "host: ${1##*/} ${*:2} roll forward: ${DOTNET_ROLL_FORWARD-unset}"
            """);
        foreach (var path in Directory.GetFileSystemEntries(root, "*", SearchOption.AllDirectories))
            MakeOld(path);
    }

    string Host => Path.Combine(root, "host", "dotnet");

    string Framework => Path.Combine(root, "host", "shared", "10.0.1");

    [Fact]
    public void CompilesOnceAndStartsWithTheHostThatHasItsFramework()
    {
        var first = Run("Train", "--plan");
        var second = Run("Train", "--plan");

        first.ShouldBe("Compiling the build ...\nhost: mlops-build.dll Train --plan roll forward: unset\n");
        second.ShouldBe("host: mlops-build.dll Train --plan roll forward: unset\n");
    }

    [Fact]
    public void CompilesAgainWhenASourceIsNewerOrGone()
    {
        Run();
        Write("src/Some.cs", "edited");
        var edited = Run();
        Directory.SetLastWriteTimeUtc(Path.Combine(root, "src"), DateTime.UtcNow.AddHours(-1));
        var settled = Run();
        File.Delete(Path.Combine(root, "src", "Some.cs"));
        var removed = Run();

        edited.ShouldStartWith("Compiling");
        settled.ShouldStartWith("host:");
        removed.ShouldStartWith("Compiling");
    }

    [Fact]
    public void CompilesAgainWhenItsFrameworkIsGoneOrWasReplaced()
    {
        Run();
        Directory.SetLastWriteTimeUtc(Framework, DateTime.UtcNow.AddMinutes(1));
        var replaced = Run();
        MakeOld(Framework);
        Run();
        Directory.Delete(Framework);
        var gone = Run();

        replaced.ShouldStartWith("Compiling");
        gone.ShouldStartWith("Compiling");
    }

    [Fact]
    public void CompilesAgainWhenItsHostIsGone()
    {
        Run();
        var sdk = Path.Combine(root, "sdk", "dotnet");
        var moved = Path.Combine(root, "sdk", "moved");
        File.WriteAllText(sdk, File.ReadAllText(sdk).Replace(Host, moved, StringComparison.Ordinal));
        File.Move(Host, moved);

        Run("--help").ShouldBe("Compiling the build ...\nhost: mlops-build.dll --help roll forward: unset\n");
    }

    [Fact]
    public void CompilesAheadAgainWhatSomethingElseCompiledMeanwhile()
    {
        CompileBeside(times: 1);

        Run("--help").ShouldBe("Compiling the build ...\nhost: mlops-build.dll --help roll forward: unset\n");
        Publications.ShouldBe(2);
    }

    [Fact]
    public void GivesUpWhereSomethingElseGoesOnCompiling()
    {
        CompileBeside(times: 9);

        Run("--help").ShouldBe("""
            Compiling the build ...
            Something else keeps compiling the projects below src and build. Start again when it has ended.

            """);
        Publications.ShouldBe(3);
    }

    int Publications => File.ReadAllLines(Path.Combine(root, "publications")).Length;

    /// <summary>So many times something else replaces what is compiled ahead, after that has begun.</summary>
    void CompileBeside(int times)
    {
        var sdk = Path.Combine(root, "sdk", "dotnet");
        File.AppendAllText(sdk, $"""

            objects={root}/.artifacts/obj
            mkdir -p $objects/ahead $objects/Build/release
            : > $objects/ahead/mlops-build.dll
            touch -t 200001010000 $objects/ahead/.began
            echo published >> {root}/publications
            moment=199901010000
            (( $(grep -c . {root}/publications) > {times} )) || moment=200101010000
            touch -t $moment $objects/Build/release/mlops-build.dll

            """);
    }

    void Write(string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    void WriteScript(string path, string text)
    {
        Write(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(root, path), (UnixFileMode)0b111_101_101);
    }

    static void MakeOld(string path) => File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));

    /// <returns>What was said, mistakes of the script first.</returns>
    string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(root, "build.sh"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path.Combine(root, "sdk") + ":" + start.Environment["PATH"];
        start.Environment["DOTNET_ROLL_FORWARD"] = "LatestMajor";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return errors.Result + output;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
