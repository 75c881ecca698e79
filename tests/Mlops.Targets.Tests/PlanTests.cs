namespace Mlops.Targets.Tests;

public class PlanTests
{
    [Fact]
    public void DependenciesRunFirstAndOnlyWhatIsNeeded() =>
        Trial.Run<Diamond>("Bottom").Ran.ShouldBe("Top → Left → Right → Bottom");

    [Fact]
    public void AskingForLessKeepsTheOrderOfTheRest() =>
        Trial.Run<Diamond>("Right Left").Ran.ShouldBe("Top → Left → Right");

    [Fact]
    public void NamesIgnoreCaseAndDashesAndMayBeJoined() =>
        Trial.Run<Diamond>("RIGHT+l-e-f-t").Ran.ShouldBe("Top → Left → Right");

    [Fact]
    public void TheDefaultRunsWhereNothingIsNamed() =>
        Trial.Run(new Diamond(), [], (Diamond x) => x.Left).Ran.ShouldBe("Top → Left");

    [Fact]
    public void DependentForBeforeAndAfterMakeTheSameOrders()
    {
        Trial.Run<OtherSide>("Last").Ran.ShouldBe("First → Last");
        Trial.Run<OtherSide>("Early Late").Ran.ShouldBe("Early → Late");
        Trial.Run<OtherSide>("Late").Ran.ShouldBe("Late");
    }

    [Fact]
    public void TriggeredTargetsComeAfterWithTheirOwnDependencies()
    {
        Trial.Run<Triggering>("Source").Ran.ShouldBe("Source → Needed → Triggered → AlsoTriggered");
        Trial.Run<Triggering>("Triggered").Ran.ShouldBe("Needed → Triggered");
    }

    [Fact]
    public void ACycleIsShownAsItGoes()
    {
        var trial = Trial.Run<Circular>("A Self");
        trial.ExitCode.ShouldBe(2);
        trial.Error.ShouldContain("error: Targets go in a circle, each after the next: A → B → C → A "
            + "(A depends on B, B comes after C, C is triggered by A).\n");
        trial.Error.ShouldContain(
            "error: Targets go in a circle, each after the next: Self → Self (Self depends on Self).\n");
        trial.Output.ShouldBeEmpty();
    }

    [Fact]
    public void ACircleElsewhereIsAWarning()
    {
        var trial = Trial.Run<Circular>("Innocent");
        trial.Ran.ShouldBe("Innocent");
        trial.Error.ShouldStartWith("warning: Targets go in a circle, each after the next: A → B → C → A ");
    }

    [Fact]
    public void PartOfACircleThroughATargetThatIsNotInThePlanIsOrderedByWhatIsLeft()
    {
        Trial.Run<HalfCircular>("Last").Ran.ShouldBe("First → Last");
        Trial.Run<HalfCircular>("Last Other").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void AChainOfFiveThousandTargetsIsPlanned()
    {
        var chain = Enumerable.Range(0, 5000).Select(i => new ExecutableTarget($"T{i}", i)).ToList();
        foreach (var (needed, target) in chain.Skip(1).Zip(chain))
            target.DependencyList.Add(needed);
        Planner.Plan(chain, [chain[0]]).Select(target => target.Index)
            .ShouldBe(Enumerable.Range(0, 5000).Reverse());
    }

    [Fact]
    public void TwoTargetsOfOneNameAreAMistake() =>
        Trial.Run<Twins>("Twin").Error.ShouldStartWith("error: Targets Twin and TWIN have one name.\n");

    sealed class Twins : TargetBuild
    {
        public Target Twin => _ => _.Executes(() => { });

        public Target TWIN => _ => _.Executes(() => Assert.Fail("the other"));
    }

    sealed class Diamond : TargetBuild
    {
        public Target Bottom => _ => _.DependsOn(Left, Right).Executes(() => { });

        public Target Top => _ => _.Executes(() => { });

        public Target Left => _ => _.DependsOn(Top).Executes(() => { });

        public Target Right => _ => _.DependsOn(Top).Executes(() => { });
    }

    sealed class OtherSide : TargetBuild
    {
        public Target Last => _ => _.Executes(() => { });

        public Target First => _ => _.DependentFor(Last).Executes(() => { });

        public Target Late => _ => _.After(Early).Executes(() => { });

        public Target Early => _ => _.Before(Late).Executes(() => { });
    }

    sealed class Triggering : TargetBuild
    {
        public Target Needed => _ => _.After(Source).Executes(() => { });

        public Target Triggered => _ => _.DependsOn(Needed).Executes(() => { });

        public Target AlsoTriggered => _ => _.TriggeredBy(Source).Executes(() => { });

        public Target Source => _ => _.Triggers(Triggered).Executes(() => { });
    }

    sealed class HalfCircular : TargetBuild
    {
        public Target First => _ => _.After(Other).Executes(() => { });

        public Target Other => _ => _.After(Last).Executes(() => { });

        public Target Last => _ => _.DependsOn(First).Executes(() => { });
    }

    sealed class Circular : TargetBuild
    {
        public Target Innocent => _ => _.Executes(() => { });

        public Target A => _ => _.DependsOn(B);

        public Target B => _ => _.After(C);

        public Target C => _ => _.TriggeredBy(A);

        public Target Self => _ => _.DependsOn(Self);
    }
}
