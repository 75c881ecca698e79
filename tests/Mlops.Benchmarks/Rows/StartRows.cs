namespace Mlops.Benchmarks.Rows;

/// <summary>What it takes to start, and to say what would be done, over the sample pipelines.</summary>
static class StartRows
{
    public static IEnumerable<Row> All(Playground playground)
    {
        SampleRows.Copy(playground, "start");
        playground.Settle("start");
        var hello = Hello(playground);
        Contender helloWorld = new(
            ".NET hello world", ["dotnet", Path.Combine(hello, "out", "hello.dll")], hello, "Hello");
        yield return new Row("help", "`--help`", [Ours("--help", "Targets"), helloWorld], 15);
        yield return new Row(
            "plan", "`--plan`, all 34 steps of the samples up to date",
            [Ours("--plan", @"(?m)(^  up to date .*\n){34}"), helloWorld], 15);
        yield return new Row(
            "full-plan",
            "`--plan` when nothing is known of an idle run: YAML read, graph drawn, "
            + "all keys made and looked up",
            [
                Ours("--plan", @"(?m)(^  up to date .*\n){34}") with { Before = _ => Forget(playground) },
                helloWorld,
            ], 15);
        playground.Settle("start");
        yield return new Row(
            "idle", "the default target with nothing to do, beside what a build that MSBuild starts costs",
            [
                playground.Ours("start", 0, null),
                helloWorld,
                new Contender("`dotnet build` with nothing to do",
                    ["dotnet", "build", "-nologo"], hello, "Build succeeded"),
            ], 7, ["nuke"]);

        Contender Ours(string argument, string expected) =>
            new($"`build.sh {argument}`", playground.Build("start", argument), playground.Root, expected);
    }

    static void Forget(Playground playground) =>
        Directory.Delete(playground.Folder("start", "workspace", "snapshots"), recursive: true);

    static string Hello(Playground playground)
    {
        var folder = playground.Folder("hello");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "hello.cs"), """System.Console.WriteLine("Hello");""");
        foreach (var arguments in new[] { new[] { "build", "-nologo" }, ["build", "-nologo", "-o", "out"] })
            if (ChildProcess.Run(["dotnet", .. arguments], folder) is { ExitCode: not 0 } failed)
                throw new InvalidOperationException(failed.Output);
        return folder;
    }
}
