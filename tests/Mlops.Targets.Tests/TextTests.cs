namespace Mlops.Targets.Tests;

/// <summary>What people read, approved as text.</summary>
public class TextTests
{
    [Fact]
    public void Help()
    {
        var trial = Trial.Run(new Pipeline(), ["--help"], (Pipeline x) => x.Train);
        trial.ExitCode.ShouldBe(0);
        trial.Output.ShouldBe(
            """
            Usage: ./build.sh [target ...] [--parameter value ...]

            Targets, with what they need:
              Ingest  Read the data
              Train   Fit the model [default; needs Ingest; triggers Notify]
              Notify

            Parameters:
              --api-token <text>        Where to publish [secret]
              --learning-rate <number>  Step size [default 0.1]
              --pipelines <text> ...    Which pipelines [default churn demand]

            Parameters of every build:
              --completion <name>         Print what teaches a shell to complete targets, parameters and their values. [Bash, Zsh, Fish, PowerShell]
              --continue                  Go on after a failure. Just run again: what is up to date is not done again.
              --dry-run                   The same as --plan.
              --format <name>             For people or for machines; html writes a page that shows a plan. [Text, Json, Html]
              --from <text> ...           Begin at these targets: what they need is taken as done.
              --help                      Show targets and parameters.
              --keep-going                After a failure run everything that does not need what failed.
              --only <text> ...           Only these targets, or without names only what was asked for.
              --plan                      Show what would run and why; run nothing.
              --profile <text> ...        Names of parameter files: build/parameters.NAME.json, the last one first.
              --results-directory <path>  Leave here what CI servers read: JUnit XML, SARIF, code quality, a summary.
              --root <path>               The folder to work on; that of the bootstrapper otherwise.
              --sequential                Run targets one after the other, in the order of the plan.
              --skip <text> ...           Skip these targets, or without names all that were not asked for.
              --target <text> ...         The targets to run, as they may also be given without an option.
              --verbosity <name>          How much to print. [Verbose, Normal, Minimal, Quiet]

            A parameter may also come from the environment (--learning-rate as MLOPS_LEARNING_RATE)
            or from build/parameters.json; the command line wins, then the environment, then the file.
            Exit codes: 0 fine, 1 a target failed, 2 wrong usage, 130 cancelled.

            """);
    }

    [Fact]
    public void Plan()
    {
        var trial = Trial.Run<Pipeline>("Train --plan --skip Ingest");
        trial.Output.ShouldBe(
            """
            Targets, in order:
              Ingest (skipped: via --skip)
              Train (only when ApiToken is null)
              Notify
            churn: 3 steps

            """);
        trial.Ran.ShouldBeEmpty();
        trial.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void ARunThatSucceeds() => Trial.Run<Pipeline>("Train").Output.ShouldBe(
        """
        == Ingest
        == Train
        == Notify

        Target  Status     Duration  Note
        ------  ---------  --------  ----
        Ingest  Succeeded    0.25 s
        Train   Succeeded    0.25 s  Accuracy: 0.93
        Notify  Succeeded    0.25 s
        ------  ---------  --------  ----
        churn   UpToDate   2:05 min  3 steps

        Build succeeded in 1.75 s.

        """);

    [Fact]
    public void ARunThatFails() => Trial.Run<Pipeline>("Broken Last").Output.ShouldBe(
        """
        == Broken
        Broken failed:
          no such column
            expected age

        Target  Status  Duration  Note
        ------  ------  --------  ----
        Broken  Failed    0.25 s
        Last    NotRun            needs Broken

        Build failed in 0.75 s: Broken failed. 1 target did not run.

        """);

    [Fact]
    public void QuietSaysFailuresAndTheLastSentence() =>
        Trial.Run<Pipeline>("Train --verbosity quiet").Output.ShouldBe("Build succeeded in 1.75 s.\n");

    [Theory]
    [InlineData(0.004, "0.00 s")]
    [InlineData(9.99, "9.99 s")]
    [InlineData(9.999, "10.0 s")]
    [InlineData(59.99, "1:00 min")]
    [InlineData(125, "2:05 min")]
    [InlineData(3723, "1:02:03 h")]
    public void Durations(double seconds, string expected) =>
        Summary.Text(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData("LearningRate", "learning-rate")]
    [InlineData("MLFlowUri", "ml-flow-uri")]
    [InlineData("X", "x")]
    public void Kebab(string name, string expected) => Names.Kebab(name).ShouldBe(expected);

    [Fact]
    public void NearNamesAreFound()
    {
        Names.Nearest("Tarin", ["Train", "Ingest", "Trace"]).ShouldBe(["Train"]);
        Names.Nearest("report", ["Report", "Repair", "Export"]).ShouldBe(["Report", "Export"]);
        Names.Nearest("x", ["Train", "ab"]).ShouldBeEmpty();
    }

    sealed class Pipeline : TargetBuild
    {
        [Parameter("Step size")]
        public double LearningRate { get; set; } = 0.1;

        [Parameter("Which pipelines")]
        public string[] Pipelines { get; set; } = ["churn", "demand"];

        [Parameter("Where to publish"), Secret]
        public string? ApiToken { get; set; }

        public Target Ingest => _ => _.Description("Read the data").Executes(() => { });

        public Target Train => _ => _
            .Description("Fit the model")
            .DependsOn(Ingest)
            .Triggers(Notify)
            .OnlyWhenDynamic(() => ApiToken is null)
            .Executes(() => ReportSummary(_ => _.AddPair("Accuracy", 0.93)));

        public Target Notify => _ => _.Executes(() => { });

        public Target Broken => _ => _
            .Unlisted()
            .Executes(() => Assert.Fail("no such column\n  expected age"));

        public Target Last => _ => _.Unlisted().DependsOn(Broken).Executes(() => { });

        protected internal override void WritePlan(TextWriter output) => output.WriteLine("churn: 3 steps");

        protected internal override IReadOnlyList<SummaryRow> SummaryRows =>
            InvokedTargets.First().Name == "Train"
                ? [new("churn", "UpToDate", new TimeSpan(0, 2, 5), "3 steps")]
                : [];
    }
}
