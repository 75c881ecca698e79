using System.Globalization;
using System.Text.RegularExpressions;

/// <summary>Targets about this repository itself: its build output, its tests, its format.</summary>
sealed partial class Build
{
    [Parameter("With Clean: also the store, and with it all that was ever made")]
    readonly bool All;

    [Parameter("With Test: only test methods whose full name fits, * standing for anything")]
    readonly string TestFilter = "";

    [Parameter("With Format and GenerateCi: change nothing, fail if something would change")]
    readonly bool Check;

    /// <summary>Test programs are mostly waiting or using both cores: two at a time suit both.</summary>
    const int TestProgramsAtOnce = 2;

    Target Clean => _ => _
        .Description("Remove reports and packages; with --all the store too")
        .Before(Ingest, Compile)
        .Executes(() =>
        {
            string[] folders = All ? [OutputDirectory, WorkspaceDirectory] : [OutputDirectory];
            foreach (var folder in folders.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
                Console.WriteLine($"removed {folder}");
            }
        });

    Target Compile => _ => _
        .Description("Compile every project, warnings being errors")
        .Executes(async () =>
        {
            var compiled = await DotNet(
                "build", "Mlops.Build.sln", "-c", "Release", "-warnaserror", "-nologo", "-v", "quiet",
                "--disable-build-servers");
            compiled.AssertZeroExitCode();
        });

    Target Test => _ => _
        .Description("Run every test project")
        .DependsOn(Compile)
        .Executes(RunTests);

    Target Format => _ => _
        .Description("Format the sources; with --check only say what is not formatted")
        .Before(Compile)
        .Executes(async () =>
        {
            var formatted = Check
                ? await DotNet("format", "Mlops.Build.sln", "--verify-no-changes")
                : await DotNet("format", "Mlops.Build.sln");
            formatted.AssertZeroExitCode();
        });

    async Task RunTests()
    {
        var projects = Directory.GetDirectories(RootDirectory / "tests", "*.Tests")
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal).ToList();
        using var places = new SemaphoreSlim(TestProgramsAtOnce);
        var runs = await Task.WhenAll(projects.Select(project => RunTestProgram(project, places)));
        foreach (var skipped in runs.SelectMany(run => run.SkippedTests))
            Console.WriteLine($"skipped {skipped}");
        var failed = runs.Sum(run => run.Failed);
        Console.WriteLine(
            $"{runs.Sum(run => run.Passed)} passed, {failed} failed, {runs.Sum(run => run.Skipped)} skipped");
        if (failed > 0)
        {
            var failing = runs.Where(run => run.Failed > 0).Select(run => run.Project);
            throw new InvalidOperationException($"Tests failed in {string.Join(", ", failing)}.");
        }
    }

    async Task<TestRun> RunTestProgram(string project, SemaphoreSlim places)
    {
        var program = RootDirectory / ".artifacts" / "bin" / project / "release" / $"{project}.dll";
        List<string> arguments = ["exec", program, "-noColor", "-noLogo"];
        if (TestFilter.Length > 0)
            arguments.AddRange(["-method", TestFilter.Contains('*') ? TestFilter : $"*{TestFilter}*"]);
        await places.WaitAsync(Stop);
        try
        {
            var run = TestRun.Of(project, await DotNet([.. arguments]));
            // Only the closing line counts in these words, so that whoever looks for it finds one.
            Console.WriteLine(
                run.Failed == 0 ? $"ok      {project} ({run.Passed})" : $"FAILED  {project}\n{run.Output}");
            return run;
        }
        finally
        {
            places.Release();
        }
    }

    Task<ExternalProcessResult> DotNet(params string[] arguments) =>
        ExternalProcess.Run("dotnet", arguments, RootDirectory, cancellation: Stop);
}

/// <summary>What a test program counted.</summary>
/// <param name="Failed">At least one if the program ended without a count or with an error
/// of its own.</param>
/// <param name="SkippedTests">Each with its reason.</param>
sealed partial record TestRun(
    string Project, int Passed, int Failed, int Skipped, IReadOnlyList<string> SkippedTests, string Output)
{
    public static TestRun Of(string project, ExternalProcessResult result)
    {
        var skippedTests = SkippedTest().Matches(result.Output)
            .Select(skip => $"{skip.Groups["test"].Value}: {skip.Groups["reason"].Value.Trim()}").ToList();
        var counts = Counts().Match(result.Output);
        if (!counts.Success)
            return new TestRun(project, 0, result.ExitCode == 0 ? 0 : 1, 0, skippedTests, result.Output);
        var (total, skipped) = (Count("total"), Count("skipped"));
        var failed = Count("errors") + Count("failed");
        var known = Math.Max(failed, result.ExitCode == 0 ? 0 : 1);
        return new TestRun(
            project, total - Count("failed") - skipped, known, skipped, skippedTests, result.Output);

        int Count(string group) => int.Parse(counts.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)")]
    private static partial Regex Counts();

    [GeneratedRegex(@"^\s*(?<test>\S.*) \[SKIP\]\r?\n\s*(?<reason>.*)$", RegexOptions.Multiline)]
    private static partial Regex SkippedTest();
}
