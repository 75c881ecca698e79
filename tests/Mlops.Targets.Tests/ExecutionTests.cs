namespace Mlops.Targets.Tests;

public class ExecutionTests
{
    [Fact]
    public void AfterAFailureOnlyAssuredTargetsRun()
    {
        var trial = Trial.Run<Failing>("All --sequential");
        trial.Outcome.ShouldBe(
            "Before Succeeded, Broken Failed, Dependent NotRun, Independent NotRun, Cleanup "
            + "Succeeded, All NotRun");
        trial.ExitCode.ShouldBe(1);
        trial.Build.IsFailing.ShouldBeTrue();
    }

    [Fact]
    public void AnAssuredTargetRunsThoughWhatItNeedsHasFailed() =>
        Trial.Run<Failing>("Cleanup").Outcome.ShouldBe("Broken Failed, Cleanup Succeeded");

    [Fact]
    public void APersonSeesTheMessageAndTheFileHasTheRest()
    {
        var trial = Trial.Run<Failing>("Broken");
        trial.Output.ShouldContain("Broken failed:\n  first line\n  second line\n");
        trial.Output.ShouldNotContain("   at ");
        trial.FailureLog.ShouldContain("InvalidOperationException");
        trial.FailureLog.ShouldContain("   at ");
    }

    [Fact]
    public void AToleratedFailureStopsNothingAndStillFailsTheBuild()
    {
        var trial = Trial.Run<Failing>("AfterTolerated");
        trial.Outcome.ShouldBe("Tolerated Failed, AfterTolerated Succeeded");
        trial.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void TasksAndTasksWithAValueAreAwaited()
    {
        var build = new Awaiting();
        Trial.Run(build, ["After"]).Ran.ShouldBe("Value → Plain → After");
        build.Order.ShouldBe(["Value", "Plain", "After"]);
    }

    [Fact]
    public void AFailedTaskFailsItsTargetWithItsOwnMessage()
    {
        var trial = Trial.Run<Awaiting>("Throwing");
        trial.Outcome.ShouldBe("Throwing Failed");
        trial.Output.ShouldContain("Throwing failed:\n  too late\n");
    }

    [Fact]
    public void MethodGroupsKeepTheirObject()
    {
        var build = new Marked();
        Trial.Run(build, ["Marker"]);
        build.Found.ShouldBeSameAs(build.Mark);
        build.Mark.Runs.ShouldBe(1);
    }

    [Fact]
    public void HooksSeeEveryTurn()
    {
        var build = new Hooked();
        Trial.Run(build, ["Bad"]).ExitCode.ShouldBe(7);
        build.Seen.ShouldBe(
        [
            "created", "initialized Good Skipped Bad", "running Good", "succeeded Good", "skipped Skipped",
            "running Bad", "failed Bad", "finished",
        ]);
    }

    [Fact]
    public void CancellationAbortsTheRunningTargetAndReachesAssuredOnes()
    {
        var build = new Cancelled();
        var trial = Trial.Run(build, ["All"], started: interruption => build.Interrupt = interruption.Cancel);
        trial.Outcome.ShouldBe("Endless Aborted, Next NotRun, Tidy Succeeded, All NotRun");
        trial.ExitCode.ShouldBe(130);
        trial.Output.ShouldEndWith("Build cancelled after 1.25 s. 2 targets did not run.\n");
    }

    sealed class Failing : TargetBuild
    {
        public Target Before => _ => _.Executes(() => { });

        public Target Broken => _ => _
            .Executes(() => throw new InvalidOperationException("first line\nsecond line"));

        public Target Dependent => _ => _.DependsOn(Broken).Executes(() => { });

        public Target Independent => _ => _.Executes(() => { });

        public Target Cleanup => _ => _.DependsOn(Broken).AssuredAfterFailure().Executes(() => { });

        public Target All => _ => _.DependsOn(Before, Dependent, Independent, Cleanup);

        public Target Tolerated => _ => _
            .ProceedAfterFailure()
            .Executes(() => throw new IOException("tolerated"));

        public Target AfterTolerated => _ => _.DependsOn(Tolerated).Executes(() => { });
    }

    sealed class Awaiting : TargetBuild
    {
        public List<string> Order { get; } = [];

        public Target Value => _ => _.Executes(async () =>
        {
            await Task.Delay(20);
            Order.Add("Value");
            return 5;
        });

        public Target Plain => _ => _.DependsOn(Value).Executes(async () =>
        {
            await Task.Delay(20);
            Order.Add("Plain");
        });

        public Target After => _ => _.DependsOn(Plain).Executes(() => Order.Add("After"));

        public Target Throwing => _ => _.Executes(async () =>
        {
            await Task.Yield();
            throw new IOException("too late");
        });
    }

    sealed class Marked : TargetBuild
    {
        public Marker Mark { get; } = new();

        public object? Found { get; private set; }

        public Target Marker => _ => _.Executes(Mark.Run);

        protected internal override void OnBuildInitialized() =>
            Found = ExecutionPlan.Single().Actions[0].Target;
    }

    sealed class Marker
    {
        public int Runs { get; private set; }

        public void Run() => Runs++;
    }

    sealed class Hooked : TargetBuild
    {
        public List<string> Seen { get; } = [];

        public Target Good => _ => _.Executes(() => { });

        public Target Skipped => _ => _
            .DependsOn(Good)
            .OnlyWhenDynamic(() => Seen.Count == 0)
            .Executes(() => { });

        public Target Bad => _ => _.DependsOn(Skipped).Executes(() => Assert.Fail("bad"));

        protected internal override void OnBuildCreated() => Seen.Add("created");

        protected internal override void OnBuildInitialized() =>
            Seen.Add("initialized " + string.Join(' ', ExecutionPlan));

        protected internal override void OnTargetRunning(string target) => Seen.Add("running " + target);

        protected internal override void OnTargetSucceeded(string target) => Seen.Add("succeeded " + target);

        protected internal override void OnTargetSkipped(string target) => Seen.Add("skipped " + target);

        protected internal override void OnTargetFailed(string target) => Seen.Add("failed " + target);

        protected internal override void OnBuildFinished()
        {
            Seen.Add("finished");
            ExitCode = 7;
        }
    }

    sealed class Cancelled : TargetBuild
    {
        public Action Interrupt { get; set; } = () => { };

        public Target Endless => _ => _.Executes(async () =>
        {
            Interrupt();
            await Task.Delay(Timeout.Infinite, Cancellation);
        });

        public Target Next => _ => _.DependsOn(Endless).Executes(() => { });

        public Target Tidy => _ => _.DependsOn(Next).AssuredAfterFailure().Executes(() => { });

        public Target All => _ => _.DependsOn(Tidy);
    }
}
