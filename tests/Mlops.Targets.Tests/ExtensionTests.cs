namespace Mlops.Targets.Tests;

/// <summary>
/// Attributes on the build class that are called at what happens, and small words of the surface.
/// </summary>
public class ExtensionTests
{
    [Fact]
    public void ExtensionsAreCalledBeforeTheBuildItselfGreatestPriorityFirst()
    {
        var build = new Watched();
        Trial.Run(build, ["Bad", "--sequential"]).ExitCode.ShouldBe(1);
        build.Seen.ShouldBe(
        [
            "first created 3", "second created 3", "build created",
            "first initialized Good Skipped Bad",
            "first running Good", "build running Good", "first summary Good", "first succeeded Good",
            "first skipped Skipped", "first running Bad",
            "build running Bad", "first failed Bad", "first finished",
        ]);
    }

    [Fact]
    public void ArtifactsAndPartitionsAreKeptForServers()
    {
        var build = new Served();
        Trial.Run(build, ["Take"]).Ran.ShouldBe("Take");
        var take = build.ExecutionPlan.Single();
        take.Consumed.Select(one => $"{one.From} {string.Join('+', one.Artifacts)}")
            .ShouldBe(["Make *.zip", "Other "]);
        take.Consumed[0].From.ArtifactProducts.ShouldBe(["out/*.zip", "out/*.html"]);
        take.PartitionSize.ShouldBe(3);
        Trial.Run<BadlyServed>("Take").Error
            .ShouldStartWith("error: Take: Partition needs a size of at least 2, not 1.\n");
    }

    [Fact]
    public void APlanIsAskedWhetherItHasATarget()
    {
        var build = new Served();
        Trial.Run(build, ["Take"]);
        (build.InvokedTargets.Contains(build.Take), build.ExecutionPlan.Contains(build.Make))
            .ShouldBe((true, false));
    }

    [Fact]
    public void AnExtraAttemptMaySucceed()
    {
        var (attempts, said) = (0, new List<string>());
        ControlFlow.ExecuteWithRetry(
            () => Assert.True(++attempts == 2, "not yet"), () => said.Add("cleanup"), logAction: said.Add);
        said.ShouldBe(["Attempt 1 of 3 failed: not yet", "cleanup", "cleanup"]);
        Should.Throw<AssertionException>(() =>
            ControlFlow.ExecuteWithRetry(() => Assert.Fail("never"), retryAttempts: 2, logAction: said.Add));
        ControlFlow.SuppressErrors(() => Assert.Fail("no matter"), logWarning: false);
        ControlFlow.SuppressErrors(() => int.Parse("x"), 7, logWarning: false).ShouldBe(7);
    }

    [Fact]
    public void AssertionsSayWhatWasWritten()
    {
        string[] one = ["a"];
        string? missing = null;
        one.NotEmpty().Count(1).HasSingleItem().ShouldBeSameAs(one);
        Should.Throw<AssertionException>(() => one.Count(2)).Message
            .ShouldBe("one must have 2 items, not 1.");
        Should.Throw<AssertionException>(() => one[..0].NotEmpty(text: "part")).Message
            .ShouldBe("part must not be empty.");
        Should.Throw<AssertionException>(() => missing.NotNull()).Message
            .ShouldBe("missing must not be null.");
        Should.Throw<AssertionException>(() => missing.NotNullOrEmpty()).Message
            .ShouldBe("missing must not be empty.");
        Should.Throw<AssertionException>(() => Assert.True(one.Length == 2)).Message
            .ShouldBe("Expected: one.Length == 2");
        Should.Throw<AssertionException>(() => Assert.False(one.Length == 1)).Message
            .ShouldBe("Not expected: one.Length == 1");
    }

    [Fact]
    public void TheEnvironmentIsOneSystem()
    {
        new[] { EnvironmentInfo.IsLinux, EnvironmentInfo.IsOsx, EnvironmentInfo.IsWin }
            .Count(one => one).ShouldBe(1);
        EnvironmentInfo.IsUnix.ShouldBe(!EnvironmentInfo.IsWin);
        EnvironmentInfo.SetVariable("TARGETS_TESTS_VARIABLE", "x");
        (EnvironmentInfo.HasVariable("TARGETS_TESTS_VARIABLE"),
            EnvironmentInfo.GetVariable("TARGETS_TESTS_VARIABLE")).ShouldBe((true, "x"));
        EnvironmentInfo.HasVariable("TARGETS_TESTS_OTHER").ShouldBeFalse();
    }

    [Theory]
    [InlineData("CI", "true", true)]
    [InlineData("GITHUB_ACTIONS", "true", true)]
    [InlineData("CI", "false", false)]
    [InlineData("HOME", "/", false)]
    public void AServerIsKnownByItsVariables(string name, string value, bool server)
    {
        var build = new Served();
        Trial.Run(build, ["Take"], environment: new() { [name] = value });
        (build.IsServerBuild, build.IsLocalBuild).ShouldBe((server, !server));
    }

    sealed class WatchAttribute(string name, float priority)
        : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized,
            IOnTargetRunning, IOnTargetSkipped, IOnTargetSucceeded,
            IOnTargetFailed, IOnTargetSummaryUpdated, IOnBuildFinished
    {
        public override float Priority => priority;

        public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
            ((Watched)Build!).Seen.Add($"{name} created {executableTargets.Count}");

        public void OnBuildInitialized(
            IReadOnlyCollection<ExecutableTarget> executableTargets,
            IReadOnlyCollection<ExecutableTarget> executionPlan) =>
            See("initialized " + string.Join(' ', executionPlan));

        public void OnTargetRunning(ExecutableTarget target) => See($"running {target}");

        public void OnTargetSkipped(ExecutableTarget target) => See($"skipped {target}");

        public void OnTargetSucceeded(ExecutableTarget target) => See($"succeeded {target}");

        public void OnTargetFailed(ExecutableTarget target) => See($"failed {target}");

        public void OnTargetSummaryUpdated(ITargetBuild build, ExecutableTarget target) =>
            See($"summary {target}");

        public void OnBuildFinished() => See("finished");

        void See(string what)
        {
            if (name == "first")
                ((Watched)Build!).Seen.Add($"first {what}");
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    sealed class CountAttribute : BuildExtensionAttributeBase, IOnBuildCreated
    {
        public override float Priority => 1;

        public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
            ((Watched)Build!).Seen.Add($"second created {executableTargets.Count}");
    }

    [Count]
    [Watch("first", 2)]
    sealed class Watched : TargetBuild
    {
        public List<string> Seen { get; } = [];

        public Target Good => _ => _.Executes(() => ReportSummary(_ => _.AddPair("rows", 3)));

        public Target Skipped => _ => _
            .DependsOn(Good)
            .OnlyWhenDynamic(() => Seen.Count == 0)
            .Executes(() => { });

        public Target Bad => _ => _.DependsOn(Skipped).Executes(() => Assert.Fail("bad"));

        protected internal override void OnBuildCreated() => Seen.Add("build created");

        protected internal override void OnTargetRunning(string target) =>
            Seen.Add("build running " + target);
    }

    sealed class Served : TargetBuild
    {
        public Target Make => _ => _.Produces("out/*.zip", "out/*.html").Executes(() => { });

        public Target Other => _ => _.Executes(() => { });

        public Target Take => _ => _.Consumes(Make, "*.zip").Consumes(Other).Partition(3).Executes(() => { });
    }

    sealed class BadlyServed : TargetBuild
    {
        public Target Take => _ => _.Partition(1).Executes(() => { });
    }
}
