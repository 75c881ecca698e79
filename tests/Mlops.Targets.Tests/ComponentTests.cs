namespace Mlops.Targets.Tests;

/// <summary>Builds composed of interfaces, and what targets take over from others.</summary>
public class ComponentTests
{
    [Fact]
    public void TargetsOfInterfacesAreTargetsOfTheBuild() =>
        Trial.Run<Composed>("Publish").Ran.ShouldBe("Pack → Publish");

    [Fact]
    public void EveryVerbNamesTargetsOfComponents()
    {
        Trial.Run<Composed>("NeedsOnly").Ran.ShouldBe("Pack → NeedsOnly");
        Trial.Run<Composed>("NeedsNamed").Ran.ShouldBe("Pack → NeedsNamed");
        Trial.Run<Composed>("After Pack").Ran.ShouldBe("Pack → After");
        Trial.Run<Composed>("Before Pack").Ran.ShouldBe("Before → Pack");
        Trial.Run<Composed>("Triggers").Ran.ShouldBe("Triggers → Pack");
    }

    [Fact]
    public void WhatIsTriedOfAComponentThatTheBuildHasNotIsNothing() =>
        Trial.Run<Composed>("Tries").Ran.ShouldBe("Tries");

    [Fact]
    public void WhatIsNeededOfAComponentThatTheBuildHasNotIsAMistake() =>
        Trial.Run<Wrong>("Go").Error.ShouldBe(
            "error: Go: the build does not implement ISign.\n"
            + "error: Go: ITwo has 2 Target properties, not one of the build.\n"
            + "error: Go: there is no target to take over from.\n"
            + "Nothing was executed. See --help for all targets and parameters.\n");

    [Fact]
    public void AnOverrideTakesOverWhatItOverrides()
    {
        var build = new Derived();
        Trial.Run(build, ["Work"]).Ran.ShouldBe("Prepare → Work");
        build.Done.ShouldBe(["base", "derived"]);
    }

    [Fact]
    public void AnExplicitImplementationTakesOverTheDefaultOne()
    {
        var build = new Explicit();
        Trial.Run(build, ["Pack"]).ExitCode.ShouldBe(0);
        build.Packed.ShouldBe("default, then explicit");
        build = new Explicit();
        Trial.Run(build, ["Copy"]).ExitCode.ShouldBe(0);
        build.Packed.ShouldBe("default");
    }

    [Fact]
    public void AnotherTargetsDefinitionIsInherited()
    {
        var build = new Derived();
        Trial.Run(build, ["Same"]).Ran.ShouldBe("Prepare → Same");
        build.Done.ShouldBe(["base", "derived"]);
    }

    [Fact]
    public void AContextIsSetUpAndCleanedUpWhateverHappens()
    {
        Trial.Run<WithContext>("Inside").Outcome.ShouldBe("Begin Succeeded, Inside Failed, End Succeeded");
        Trial.Run<WithContext>("Outside").Ran.ShouldBe("Outside");
        Trial.Run<WithContext>("Begin").Ran.ShouldBe("Begin → End");
    }

    [Fact]
    public void AComponentsParameterHasItsDefaultUntilItIsGiven()
    {
        Values("Pack").ShouldBe("out 1");
        Values("Pack --pack-folder there --pack-level 9").ShouldBe("there 9");
        Trial.Run<Composed>("Pack --pack-level x").Error
            .ShouldStartWith("error: --pack-level: expected a whole number, not 'x'.");
    }

    static string Values(string commandLine)
    {
        var build = new Composed();
        var trial = Trial.Run(build, commandLine.Split(' '));
        trial.ExitCode.ShouldBe(0);
        return build.Packed;
    }

    [ParameterPrefix("Pack")]
    interface IPack : ITargetBuild
    {
        string Packed { get; set; }

        [Parameter("Where to")]
        string Folder => TryGetValue(() => Folder) ?? "out";

        [Parameter]
        int Level => TryGetValue<int?>(() => Level) ?? 1;

        Target Pack => _ => _.Executes(() => Packed = $"{Folder} {Level}");
    }

    interface ISign : ITargetBuild
    {
        Target Sign => _ => _.Executes(() => { });
    }

    interface ITwo : ITargetBuild
    {
        Target One => _ => _;

        Target Two => _ => _;
    }

    sealed class Composed : TargetBuild, IPack
    {
        public string Packed { get; set; } = "";

        public Target Publish => _ => _.DependsOn<IPack>(x => x.Pack).Executes(() => { });

        public Target NeedsOnly => _ => _.DependsOn<IPack>().Executes(() => { });

        public Target NeedsNamed => _ => _.TryDependsOn<IPack>(x => x.Pack).Executes(() => { });

        public Target After => _ => _.After<IPack>().Executes(() => { });

        public Target Before => _ => _.TryBefore<IPack>().Executes(() => { });

        public Target Triggers => _ => _.Triggers<IPack>(x => x.Pack).Executes(() => { });

        public Target Tries => _ => _
            .TryDependsOn<ISign>(x => x.Sign).TryDependentFor<ISign>().TryAfter<ISign>().TryBefore<ISign>()
            .TryTriggers<ISign>().TryTriggeredBy<ISign>()
            .Executes(() => { });
    }

    sealed class Wrong : TargetBuild, ITwo
    {
        public Target Go => _ => _.DependsOn<ISign>(x => x.Sign).DependsOn<ITwo>().Base();
    }

    class Original : TargetBuild
    {
        public List<string> Done { get; } = [];

        public Target Prepare => _ => _.Executes(() => { });

        public virtual Target Work => _ => _.DependsOn(Prepare).Executes(() => Done.Add("base"));
    }

    sealed class Derived : Original
    {
        public override Target Work => _ => _.Base().Executes(() => Done.Add("derived"));

        public Target Same => _ => _.Inherit(Work);
    }

    sealed class Explicit : TargetBuild, IPackSimply
    {
        public string Packed { get; set; } = "";

        Target IPackSimply.Pack => _ => _.Base().Executes(() => Packed += ", then explicit");

        public Target Copy => _ => _.Inherit<IPackSimply>(x => x.Pack);
    }

    interface IPackSimply : ITargetBuild
    {
        string Packed { get; set; }

        Target Pack => _ => _.Executes(() => Packed = "default");
    }

    interface IContext : ITargetBuild
    {
        Setup Begin => _ => _.Executes(() => { });

        Cleanup End => _ => _.Executes(() => { });
    }

    sealed class WithContext : TargetBuild, IContext
    {
        public Target Inside => _ => _.DependsOnContext<IContext>().Executes(() => Assert.Fail("inside"));

        public Target Outside => _ => _.Executes(() => { });
    }
}
