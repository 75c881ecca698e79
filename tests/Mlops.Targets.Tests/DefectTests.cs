namespace Mlops.Targets.Tests;

/// <summary>
/// Twenty-four things that were found wrong in NUKE 10.1, and how each is here. In the order of that list.
/// </summary>
public class DefectTests
{
    /// <remarks>1: a warning, the default value, exit code 0.</remarks>
    [Theory]
    [InlineData("Train --epochs abc")]
    [InlineData("Train --verbosity loud")]
    [InlineData("Train --optimizer sgdd")]
    public void AnInvalidValueEndsTheBuild(string commandLine) =>
        Trial.Run<Sample>(commandLine).ExitCode.ShouldBe(2);

    /// <remarks>2: nobody said anything.</remarks>
    [Theory]
    [InlineData("Train --epohcs 5", "error: Unknown parameter --epohcs. Did you mean --epochs?")]
    [InlineData("Train --skip Lnit", "error: Unknown target Lnit. Did you mean Lint?")]
    [InlineData("Trian", "error: Unknown target Trian. Did you mean Train?")]
    [InlineData("--help Trian", "error: Unknown target Trian. Did you mean Train?")]
    public void AnUnknownNameIsSaidWithItsNeighbours(string commandLine, string expected)
    {
        var trial = Trial.Run<Sample>(commandLine);
        trial.Error.ShouldStartWith(expected);
        trial.ExitCode.ShouldBe(2);
    }

    /// <remarks>3: both were lost, and the defaults used.</remarks>
    [Fact]
    public void EqualsSignsAndNegativeNumbersAreRead()
    {
        Given("Train --epochs=5").Epochs.ShouldBe(5);
        Given("Train --rate -0.5").Rate.ShouldBe(-0.5);
        Given("Train --rate=-.5").Rate.ShouldBe(-0.5);
    }

    /// <remarks>4: the target was taken for the switch's value, and the default target ran.</remarks>
    [Fact]
    public void ATargetAfterASwitchIsATarget()
    {
        var build = Given("--gpu Lint");
        (build.Gpu, build.Ran).ShouldBe((true, "Lint"));
    }

    /// <remarks>5: what depended on it ran before it had finished, and its exception was lost.</remarks>
    [Fact]
    public void ATaskWithAValueIsAwaited()
    {
        var trial = Trial.Run<Sample>("AfterAsync");
        trial.Outcome.ShouldBe("Async Failed, AfterAsync NotRun");
        trial.Output.ShouldContain("Async failed:\n  later\n");
    }

    /// <remarks>6: 1.1 MB were written, a browser was not found, exit code 255.</remarks>
    [Fact]
    public void APlanNeedsNoBrowser()
    {
        var trial = Trial.Run<Sample>("Train --plan --format html");
        trial.Output.ShouldBe("The plan is in .mlops/plan.html\n");
        trial.ExitCode.ShouldBe(0);
        trial.PlanPage.ShouldContain("<title>Plan</title>");
        trial.PlanPage.ShouldNotContain("http");
        trial.PlanPage.ShouldNotContain("<script");
        trial.PlanPage.Length.ShouldBeLessThan(5000);
        Trial.Run<Sample>("Train --dry-run").Output.ShouldBe("Targets, in order:\n  Lint\n  Train\n");
    }

    /// <remarks>7: the prompt crashed on a cursor position of -1.</remarks>
    [Fact]
    public void WhatIsMissingIsSaidWithoutAsking()
    {
        var trial = Trial.Run<Sample>("Package");
        trial.Error.ShouldBe(
            "error: Package requires --api-token.\nNothing was executed. See --help for all targets and "
            + "parameters.\n");
        trial.ExitCode.ShouldBe(2);
    }

    /// <remarks>8: it skipped by names that had succeeded once, whatever had changed since.</remarks>
    [Fact]
    public void ContinueSkipsNothing()
    {
        Given("Train").Ran.ShouldBe("Lint Train");
        var trial = Trial.Run<Sample>("Train --continue");
        trial.Ran.ShouldBe("Lint → Train");
        trial.Output.ShouldStartWith(
            "--continue: nothing to continue from is kept. What is up to date is not done "
            + "again; the rest runs.\n");
    }

    /// <remarks>9: a default target did not count as asked for.</remarks>
    [Fact]
    public void SkipAloneKeepsTheDefaultTarget() =>
        Trial.Run(new Sample(), ["--skip"], (Sample x) => x.Train).Ran.ShouldBe("Train");

    /// <remarks>10: it failed although it would have been skipped.</remarks>
    [Fact]
    public void ASkippedTargetRequiresNothing() => Letters.Run("A never, A lacks", "A").ShouldBe("A skipped");

    /// <remarks>11: an unhandled exception in a static constructor, exit code 134.</remarks>
    [Theory]
    [InlineData("Train --host bogus", "error: Unknown parameter --host.")]
    [InlineData("Train --verbosity loud",
        "error: --verbosity: expected Verbose, Normal, Minimal, Quiet, not 'loud'.")]
    public void ABadOptionOfTheHostIsAMistakeLikeAnyOther(string commandLine, string expected) =>
        Trial.Run<Sample>(commandLine).Error.ShouldStartWith(expected);

    /// <remarks>12: the same stack trace once for each parameter.</remarks>
    [Fact]
    public void AMissingProfileIsOneLine()
    {
        var trial = Trial.Run<Sample>("Train --profile nope");
        trial.Error.ShouldBe("error: There is no profile nope: build/parameters.nope.json does not exist.\n"
            + "Nothing was executed. See --help for all targets and parameters.\n");
    }

    /// <remarks>13: assured targets ran on the signal's thread while the target went on.</remarks>
    [Fact]
    public void CleaningUpWaitsForWhatRuns()
    {
        var build = new Stopping();
        var trial = Trial.Run(build, ["Slow", "Beside", "Tidy"],
            started: interruption => build.Interrupt = interruption.Cancel);
        build.Seen.ShouldBe(["slow ends", "tidy, not cancelled"]);
        trial.Outcome.ShouldBe("Slow Aborted, Beside Aborted, Tidy Succeeded");
        trial.ExitCode.ShouldBe(130);
    }

    /// <remarks>
    /// 14: it died at once. <see cref="ProcessTests"/> sends the signal; here what it leads to.
    /// </remarks>
    [Fact]
    public void ASummaryIsPrintedAlsoWhenCancelled()
    {
        var build = new Stopping();
        var trial = Trial.Run(
            build, ["Slow", "Beside"], started: interruption => build.Interrupt = interruption.Cancel);
        trial.Output.ShouldContain("\nTarget  Status ");
        trial.Output.ShouldContain("\nBuild cancelled after ");
    }

    /// <remarks>15: it came out without its form, and not in the log files.</remarks>
    [Fact]
    public void WhatIsSaidAtTheEndIsSaidLikeTheRest() =>
        Trial.Run<Sample>("Train").Output.ShouldContain("== Train\nfinished\n\nTarget  Status");

    /// <remarks>16: nothing ran at all.</remarks>
    [Fact]
    public void ACircleElsewhereDoesNotStopOthers() =>
        Letters.Run("A runs, B needs C, C needs B", "A").ShouldBe("A");

    /// <remarks>
    /// 17: "press any key", and prompts. The process has an input that never says anything.
    /// </remarks>
    [Theory]
    [InlineData("Demand", 2)]
    [InlineData("Demand --word x", 0)]
    [InlineData("Demand --plan", 0)]
    [InlineData("--help", 0)]
    public async Task NothingWaitsForAKey(string commandLine, int exitCode)
    {
        using var process = ProcessTests.Start(commandLine.Split(' '));
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(exitCode);
    }

    /// <remarks>
    /// 18: escape codes, zero-width and no-break spaces in files: <c>grep '^Target '</c> found nothing.
    /// </remarks>
    [Fact]
    public void OutputThatIsNoTerminalIsPlainText()
    {
        var output = Trial.Run<Sample>("Train Umbrella").Output;
        output.ShouldAllBe(letter => letter == '\n' || (letter >= ' ' && letter <= '~'));
        output.Split('\n').ShouldContain(line => line.StartsWith("Target "));
    }

    /// <remarks>19: the annotation said that a target had thrown, not what.</remarks>
    [Fact]
    public void AFailureCarriesItsMessage() =>
        Trial.Run<Sample>("Async").Output.ShouldContain("Async failed:\n  later\n");

    /// <remarks>20: in clear.</remarks>
    [Fact]
    public void ASecretIsNeverPrinted()
    {
        var trial = Trial.Run<Sample>("Package --api-token s3cret");
        trial.Output.ShouldContain("token ****\n");
        (trial.Output + trial.Error).ShouldNotContain("s3cret");
        trial.Build.TypedCommand.ShouldBe("Package --api-token ****");
    }

    /// <remarks>21: the other way round.</remarks>
    [Fact]
    public void WithoutConstraintsTargetsRunAsDeclared() =>
        Letters.Run("A runs", "D B A C --sequential").ShouldBe("A → B → C → D");

    /// <remarks>22: it looked through all targets for each one; these would take it hours.</remarks>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PlanningIsLinear(bool chained)
    {
        const int Count = 50_000;
        var targets = Enumerable.Range(0, Count).Select(i => new ExecutableTarget($"T{i}", i)).ToList();
        for (var i = 1; i < Count; i++)
        {
            var (dependent, dependency) = chained ? (targets[i - 1], targets[i]) : (targets[0], targets[i]);
            dependent.DependencyList.Add(dependency);
            dependency.DependentList.Add(dependent);
        }
        targets[0].Invoked = true;
        var plan = Planner.Plan(targets, [targets[0]]);
        new Selection([targets[0]], [], "via --skip", []).ApplyTo(plan);
        plan.Count.ShouldBe(Count);
        plan[^1].ShouldBeSameAs(targets[0]);
        plan.Count(target => target.Status == ExecutionStatus.Skipped).ShouldBe(Count - 1);
    }

    /// <remarks>23: the schema said array, the binder refused.</remarks>
    [Fact]
    public void AListIsBound() => Given("Train --tags a b").Tags.ShouldBe(["a", "b"]);

    /// <remarks>24: <c>(value(Build).Epochs > 0)</c>.</remarks>
    [Fact]
    public void ARequirementIsSaidAsItWasWritten()
    {
        Trial.Run<Sample>("Train --epochs 0").Error
            .ShouldStartWith("error: Train requires that Epochs > 0.\n");
        Trial.Run<Sample>("Several --epochs 0 --rate 2").Error
            .ShouldStartWith(
                "error: Several requires that Epochs > 0.\nerror: Several requires that Rate < 1.\n");
    }

    static Sample Given(string commandLine)
    {
        var build = new Sample();
        Trial.Run(build, commandLine.Split(' ')).ExitCode.ShouldBe(0);
        return build;
    }

    enum Optimizer
    {
        Adam,
        Sgd,
    }

    sealed class Sample : TargetBuild, IPrinting
    {
        [Parameter]
        public int Epochs { get; set; } = 3;

        [Parameter]
        public double Rate { get; set; } = 0.1;

        [Parameter]
        public bool Gpu { get; set; }

        [Parameter]
        public List<string> Tags { get; set; } = [];

        [Parameter, Secret]
        public string ApiToken { get; set; } = "";

        [Parameter]
        readonly Optimizer optimizer = Optimizer.Adam;

        public Action<string> Print { get; set; } = _ => { };

        public string Ran => string.Join(' ', SucceededTargets);

        public Target Lint => _ => _.Executes(() => { });

        public Target Train => _ => _
            .DependsOn(Lint)
            .Requires(() => Epochs > 0)
            .Executes(() => optimizer.ToString());

        public Target Several => _ => _.Requires(() => Epochs > 0, () => Rate < 1).Executes(() => { });

        public Target Async => _ => _.Executes(async () =>
        {
            await Task.Delay(20);
            Assert.Fail("later");
            return 5;
        });

        public Target AfterAsync => _ => _.DependsOn(Async).Executes(() => { });

        public Target Package => _ => _.Requires(() => ApiToken).Executes(() => Print($"token {ApiToken}"));

        public Target Umbrella => _ => _.DependsOn(Lint);

        protected internal override void OnBuildFinished() => Print("finished");
    }

    sealed class Stopping : TargetBuild
    {
        readonly TaskCompletionSource beside = new();

        public List<string> Seen { get; } = [];

        public Action Interrupt { get; set; } = () => { };

        public Target Slow => _ => _.Executes(async () =>
        {
            await beside.Task;
            Interrupt();
            await Task.Delay(50);
            lock (Seen)
                Seen.Add("slow ends");
            Cancellation.ThrowIfCancellationRequested();
        });

        public Target Beside => _ => _.Executes(async () =>
        {
            beside.SetResult();
            await Task.Delay(Timeout.Infinite, Cancellation);
        });

        public Target Tidy => _ => _.AssuredAfterFailure().Executes(() =>
        {
            lock (Seen)
                Seen.Add(Cancellation.IsCancellationRequested ? "tidy, cancelled" : "tidy, not cancelled");
        });
    }
}
