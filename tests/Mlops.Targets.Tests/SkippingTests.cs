namespace Mlops.Targets.Tests;

public class SkippingTests
{
    [Fact]
    public void AFalseStaticConditionSkipsWhatOnlyItNeeds()
    {
        var trial = Trial.Run<Conditional>("Publish Other");
        trial.Outcome.ShouldBe("OnlyForPublish Skipped, Shared Succeeded, Publish Skipped, Other Succeeded");
        trial.Of("Publish", target => target.OnlyWhen).ShouldBe("IsRelease");
        trial.Of("OnlyForPublish", target => target.Skipped).ShouldBe("because of Publish");
        trial.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void AskedForTargetsAreNeverSkippedBecauseOfOthers() =>
        Trial.Run<Conditional>("Publish OnlyForPublish").Outcome
            .ShouldBe("OnlyForPublish Succeeded, Shared Skipped, Publish Skipped");

    [Fact]
    public void ARequirementOfASkippedTargetIsNotAsked()
    {
        Trial.Run<Conditional>("Publish").ExitCode.ShouldBe(0);
        var trial = Trial.Run<Conditional>("Publish --is-release");
        trial.ExitCode.ShouldBe(2);
        trial.Error.ShouldContain("error: Publish requires --token.\n");
        trial.Error.ShouldContain("error: Publish requires that Epochs > 0.\n");
        trial.Ran.ShouldBeEmpty();
    }

    [Fact]
    public void ADynamicConditionIsAskedAfterTheDependencies() =>
        Trial.Run<Conditional>("Late").Outcome.ShouldBe("Early Succeeded, Late Skipped, AfterLate Skipped");

    [Fact]
    public void AThrowingConditionFailsTheTarget()
    {
        var trial = Trial.Run<Conditional>("Throwing");
        trial.Outcome.ShouldBe("Throwing Failed");
        trial.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void SkipLeavesOutNamedTargetsAndWhatOnlyTheyNeed() =>
        Trial.Run<Conditional>("Other Gathering --skip Early").Outcome
            .ShouldBe("Shared Succeeded, Other Succeeded, Early Skipped, Gathering Succeeded");

    [Fact]
    public void SkipAloneLeavesOutAllThatWasNotAskedFor()
    {
        Trial.Run<Conditional>("Other --skip").Outcome.ShouldBe("Shared Skipped, Other Succeeded");
        Trial.Run(new Conditional(), ["--skip"], (Conditional x) => x.Other).Ran.ShouldBe("Other");
    }

    [Fact]
    public void WhatIsAskedForCannotBeSkippedToo() =>
        Trial.Run<Conditional>("Other --skip other").Error
            .ShouldContain("Other is both asked for and skipped.");

    sealed class Conditional : TargetBuild
    {
        [Parameter]
        public bool IsRelease { get; set; }

        [Parameter]
        public string? Token { get; set; }

        [Parameter]
        public int Epochs { get; set; }

        public Target OnlyForPublish => _ => _.Executes(() => { });

        public Target Shared => _ => _.Executes(() => { });

        public Target Publish => _ => _
            .DependsOn(OnlyForPublish, Shared)
            .OnlyWhenStatic(() => IsRelease)
            .Requires(() => Token)
            .Requires(() => Epochs > 0)
            .Executes(() => { });

        public Target Other => _ => _.DependsOn(Shared).Executes(() => { });

        public Target Early => _ => _.Executes(() => Epochs = -1);

        public Target Late => _ => _
            .DependsOn(Early).Triggers(AfterLate).OnlyWhenDynamic(() => Epochs >= 0).Executes(() => { });

        public Target AfterLate => _ => _.Executes(() => { });

        public Target Gathering => _ => _.DependsOn(Early).Executes(() => { });

        public Target Throwing => _ => _
            .OnlyWhenDynamic(() => Token!.Length > 0).Executes(() => { });
    }
}
