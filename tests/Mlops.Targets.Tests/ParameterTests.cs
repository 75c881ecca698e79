namespace Mlops.Targets.Tests;

public class ParameterTests
{
    [Theory]
    [InlineData("--rate -0.5", -0.5)]
    [InlineData("--rate=-0.5", -0.5)]
    [InlineData("-Rate 1e-3", 1e-3)]
    [InlineData("--rate 1 --rate 2", 2.0)]
    public void NumbersMayBeNegative(string commandLine, double expected) =>
        Bound(commandLine).Rate.ShouldBe(expected);

    [Fact]
    public void ArraysTakeTokensUpToTheNextOptionAndAddUp()
    {
        Bound("--pipeline churn demand --verbose").Pipeline.ShouldBe(["churn", "demand"]);
        Bound("--set a.b=c --set=d=e").Set.ShouldBe(["a.b=c", "d=e"]);
        Bound("--seeds 1,2 3").Seeds.ShouldBe([1, 2, 3]);
        Bound("").Pipeline.ShouldBeNull();
    }

    [Fact]
    public void ASwitchLeavesTheTargetBehindItAlone()
    {
        var build = Bound("--verbose Other");
        build.Verbose.ShouldBeTrue();
        build.InvokedTargets.Select(target => target.Name).ShouldBe(["Other"]);
        Bound("--verbose false").Verbose.ShouldBeFalse();
        Bound("--epochs 5 Other").InvokedTargets.Select(target => target.Name).ShouldBe(["Other"]);
    }

    [Fact]
    public void EnumsAndNullablesAndPathsAreRead()
    {
        Bound("--optimizer=rms-prop").Optimizer.ShouldBe(Optimizer.RmsProp);
        Bound("--limit 7").Limit.ShouldBe(7);
        Bound("").Limit.ShouldBeNull();
        ((string)Bound("--folder out").Folder!).ShouldEndWith($"elsewhere{Path.DirectorySeparatorChar}out");
    }

    [Fact]
    public void TheCommandLineWinsThenTheEnvironmentThenTheFile()
    {
        Dictionary<string, string> environment = new() { ["MLOPS_EPOCHS"] = "2", ["Name"] = "exact" };
        const string File =
            """{ "epochs": 3, "rate": 0.25, "Pipeline": ["a", "b"], "verbose": true, "limit": null }""";
        var build = new Sample();
        Trial.Run(build, ["Do", "--epochs", "1"], environment: environment, parametersFile: File).ExitCode
            .ShouldBe(0);
        (build.Epochs, build.Name, build.Rate).ShouldBe((1, "exact", 0.25));
        build.Pipeline.ShouldBe(["a", "b"]);

        Trial.Run(build, ["Do"], environment: environment, parametersFile: File);
        build.Epochs.ShouldBe(2);
        Trial.Run(build, ["Do"], parametersFile: File);
        build.Epochs.ShouldBe(3);
        build = new Sample();
        Trial.Run(build, ["Do"]);
        build.Epochs.ShouldBe(10);
    }

    [Fact]
    public void AllMistakesAreSaidAtOnceAndNothingRuns()
    {
        var trial = Trial.Run<Sample>(
            "Othr Do --epohcs 5 --epochs abc --optimizer adm --rate --limit 2.5 --skip Dp");
        trial.ExitCode.ShouldBe(2);
        trial.Error.ShouldBe(
            """
            error: Unknown parameter --epohcs. Did you mean --epochs?
            error: --rate needs a value: a number like 0.5.
            error: --epochs: expected a whole number, not 'abc'.
            error: --limit: expected a whole number, not '2.5'.
            error: --optimizer: expected Adam, RmsProp, not 'adm'. Did you mean Adam?
            error: Unknown target Othr. Did you mean Other?
            error: Unknown target Dp. Did you mean Do?
            Nothing was executed. See --help for all targets and parameters.

            """);
        trial.Output.ShouldBeEmpty();
        trial.Build.ExecutionPlan.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--optimizer 1")]
    [InlineData("--rate NaN")]
    [InlineData("--rate 1,5")]
    [InlineData("--epochs 99999999999")]
    [InlineData("--epochs=")]
    [InlineData("--verbose=maybe")]
    [InlineData("--pipeline")]
    [InlineData("--")]
    public void WrongValuesAreRefused(string commandLine) =>
        Trial.Run<Sample>("Do " + commandLine).ExitCode.ShouldBe(2);

    [Theory]
    [InlineData("{ \"epochs\": 3,\n \"epohcs\": 4 }",
        "build/parameters.json(2): unknown parameter epohcs. Did you mean epochs?")]
    [InlineData("{\n\n\"epochs\": \"many\" }",
        "build/parameters.json(3): expected a whole number, not 'many'.")]
    [InlineData("{ \"epochs\": [1, 2] }", "build/parameters.json(1): epochs takes one value, not 2.")]
    [InlineData("{ \"epochs\": { \"a\": 1 } }", "build/parameters.json(1): epochs must be a text, a number")]
    [InlineData("{ \"epochs\": 1", "build/parameters.json(1): not well-formed JSON.")]
    [InlineData("[]", "build/parameters.json: not a JSON object of parameters.")]
    public void TheParametersFileIsCheckedToo(string file, string expected)
    {
        var trial = Trial.Run(new Sample(), ["Do"], parametersFile: file);
        trial.ExitCode.ShouldBe(2);
        trial.Error.ShouldContain(expected);
    }

    [Fact]
    public void SecretsAreNeverPrinted()
    {
        var trial = Trial.Run<Leaking>("Leak --key hunter2 --number hunter3");
        trial.Error.ShouldContain("--number: expected a whole number, not ****.");
        trial = Trial.Run<Leaking>("Leak --key hunter2");
        trial.Output.ShouldContain(
            "Leak failed:\n  the key is ****\n  (the whole exception: .mlops/logs/last-failure.txt)\n");
        trial.FailureLog.ShouldNotContain("hunter2");
        trial.FailureLog.ShouldContain("****");
        Trial.Run<Leaking>("--help --key hunter2").Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public void ARequiredParameterMustBeGiven()
    {
        Trial.Run<Demanding>("Do").Error.ShouldContain("error: --data-path is required: text.");
        Trial.Run<Demanding>("Do --data-path x").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void TheTypedCommandCanBeKeptForItHoldsNoSecret() =>
        Trial.Run<Leaking>("Leak --key hunter2 --verbosity quiet").Build.TypedCommand
            .ShouldBe("Leak --key **** --verbosity quiet");

    [Fact]
    public void SecretsAreMaskedInsideALineThatComesInPieces()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new MaskingWriter(inner, ["secret"]) { NewLine = "\n" };
        writer.Write("the sec");
        writer.WriteLine("ret is out");
        inner.ToString().ShouldBe("the **** is out\n");
    }

    static Sample Bound(string commandLine)
    {
        var build = new Sample();
        var arguments = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var trial = Trial.Run(build, arguments, (Sample x) => x.Do);
        trial.Error.ShouldBeEmpty();
        return build;
    }

    internal enum Optimizer
    {
        Adam,
        RmsProp,
    }

    sealed class Sample : TargetBuild
    {
        [Parameter("How often")]
        public int Epochs { get; private set; } = 10;

        [Parameter]
        public double Rate { get; set; } = 0.1;

        [Parameter]
        public int? Limit { get; set; }

        [Parameter]
        public bool Verbose { get; set; }

        [Parameter]
        public string? Name { get; set; }

        [Parameter]
        public string[]? Pipeline { get; set; }

        [Parameter]
        public string[] Set { get; set; } = [];

        [Parameter(Separator = ",")]
        public int[] Seeds { get; set; } = [];

        [Parameter]
        public Optimizer Optimizer { get; set; }

        [Parameter]
        public AbsolutePath? Folder { get; set; }

        public Target Do => _ => _.Executes(() => { });

        public Target Other => _ => _.Executes(() => { });
    }

    sealed class Leaking : TargetBuild
    {
        [Parameter, Secret]
        readonly string? key = null;

        [Parameter, Secret]
        public int Number { get; set; }

        public Target Leak => _ => _.Executes(() => throw new InvalidDataException($"the key is {key}"));
    }

    sealed class Demanding : TargetBuild
    {
        [Parameter, Required]
        public string? DataPath { get; set; }

        public Target Do => _ => _.Executes(() => { });
    }
}
