namespace Mlops.Targets.Tests;

public sealed class TargetHelpTests
{
    sealed class Kitchen : TargetBuild
    {
        [Parameter("With Bake: how hot")]
        int Heat { get; set; } = 200;

        [Parameter("With Bake and Serve: for whom")]
        string[] Guests { get; set; } = [];

        Target Knead => _ => _.Executes(() => { });

        Target Bake => _ => _
            .Description("Bake bread")
            .DependsOn(Knead)
            .Produces("bread/*")
            .Executes(() => { });

        Target Serve => _ => _.DependsOn(Bake).OnlyWhenStatic(() => Guests.Length > 0).Executes(() => { });
    }

    [Fact]
    public void ATargetSaysWhatItNeedsLeavesAndTakes() =>
        Trial.Run<Kitchen>("--help Bake Serve").Output.ShouldBe("""
        Bake
          Bake bread
          Runs before it: Knead
          Leaves: bread/*
          Parameters:
            --guests <text> ...  for whom
            --heat <integer>  how hot
        Serve
          Runs before it: Knead, Bake
          Only when: Guests.Length > 0
          Parameters:
            --guests <text> ...  for whom

        """);

    [Fact]
    public void WithoutANameAllOfThemAreListed() =>
        Trial.Run<Kitchen>("--help").Output.ShouldContain("Parameters of every build:");
}
