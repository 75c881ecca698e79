namespace Mlops.Targets.Tests;

/// <summary>What a shell is offered where a person is typing; <c>_</c> stands for an empty word.</summary>
public sealed class CompletionTests
{
    sealed class Shop : TargetBuild
    {
        [Parameter("Which markets")]
        string[] Market { get; set; } = [];

        [Parameter("How fast")]
        Speed? Speed { get; set; }

        [Parameter("A key"), Secret]
        string? Token { get; set; }

        [Parameter("Try only")]
        bool Sift { get; set; }

        Target Bake => _ => _.Description("Bake bread").Executes(() => { });

        Target Sell => _ => _.DependsOn(Bake).Executes(() => { });

        Target Hidden => _ => _.Unlisted().Executes(() => { });

        protected internal override IReadOnlyList<string> CompletionsOf(string parameter) =>
            parameter is nameof(Market) or nameof(Token) ? ["north", "south"] : [];
    }

    enum Speed
    {
        Slow,
        Fast,
    }

    [Theory]
    [InlineData("_", "Bake Sell")]
    [InlineData("b", "Bake")]
    [InlineData("Bake _", "Sell")]
    [InlineData("--spe", "--speed")]
    [InlineData("--speed _", "Fast Slow")]
    [InlineData("--speed f", "Fast")]
    [InlineData("--speed Fast _", "Bake Sell")]
    [InlineData("--speed=S", "--speed=Slow")]
    [InlineData("--market _", "north south")]
    [InlineData("--market north _", "Bake Sell north south")]
    [InlineData("--market north --si", "--sift")]
    [InlineData("--sift _", "Bake Sell")]
    [InlineData("--sift --sif", "")]
    [InlineData("--token _", "")]
    [InlineData("--skip B", "Bake")]
    [InlineData("--nothing _", "Bake Sell")]
    [InlineData("--completion z", "Zsh")]
    public void WhatMayStandThereIsOffered(string words, string expected) =>
        string.Join(' ', Complete(words).Select(line => line.Split('\t')[0])).ShouldBe(expected);

    [Fact]
    public void ADescriptionStandsBehindATab() => Complete("Ba").ShouldBe(["Bake\tBake bread"]);

    [Fact]
    public void EveryOptionIsOfferedOnce()
    {
        var options = Complete("-").Select(line => line.Split('\t')[0]).ToList();

        options.ShouldBeUnique();
        options.ShouldBeSubsetOf(options.Where(option => option.StartsWith("--", StringComparison.Ordinal)));
        new[] { "--market", "--help", "--plan" }.ShouldBeSubsetOf(options);
    }

    [Theory]
    [InlineData("bash", "complete -o default -o nosort -F _mlops_build ./build.sh")]
    [InlineData("zsh", "compdef _mlops_build ./build.sh")]
    [InlineData("fish", "complete -c ./build.sh")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native")]
    public void EachShellIsTold(string shell, string told) =>
        Trial.Run<Shop>($"--completion {shell}").ShouldSatisfyAllConditions(
            trial => trial.ExitCode.ShouldBe(0), trial => trial.Output.ShouldContain(told));

    [Fact]
    public void AnUnknownShellIsAWrongUse() =>
        Trial.Run<Shop>("--completion ksh").ShouldSatisfyAllConditions(
            trial => trial.ExitCode.ShouldBe(2),
            trial => trial.Error.ShouldContain("Bash, Zsh, Fish, PowerShell"));

    static string[] Complete(string words) => Trial.Run(
        new Shop(), ["--complete", "--", .. words.Split(' ').Select(word => word == "_" ? "" : word)])
        .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
