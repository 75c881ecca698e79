using System.Collections;
using System.Globalization;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Sessions;

/// <summary>What a run goes by: parameters and environment as the session takes them.</summary>
sealed partial class Build
{
    [Parameter("Pipelines to build, by name; all when none is named")]
    readonly string[] Pipeline = [];

    [Parameter(
        "One value of the pipelines to override, as train.trainer.leaves=64; may be given several times")]
    readonly string[] Set = [];

    [Parameter("Folder with one folder per pipeline")]
    readonly string PipelinesDirectory = RootDirectory / "pipelines";

    [Parameter("Folder for reports and packages")]
    readonly string OutputDirectory = RootDirectory / "reports" / "out";

    [Parameter("Folder for the store, the traces and the ledger")]
    readonly string WorkspaceDirectory = RootDirectory / ".mlops";

    [Parameter("How many steps may run at once")]
    readonly int Parallel = Environment.ProcessorCount;

    [Parameter(
        "A command that executes one step elsewhere over the same store, {key} being its key; "
        + "steps run here otherwise")]
    readonly string? StepCommand;

    [Parameter("What a core costs that is busy for an hour; set it in build/parameters.json")]
    readonly double PricePerCoreHour;

    [Parameter("The currency of that price")]
    readonly string Currency = "";

    [Parameter("What a busy core draws in watts, with its share of the rest of the machine")]
    readonly double WattsPerCore;

    [Parameter(
        "The time that checks of freshness and of the future go by, as 2026-03-31T12:00:00Z; "
        + "they never ask the clock")]
    readonly string? Now;

    [Parameter("Warnings of the checks fail the run, and nothing is made of data that has them")]
    readonly bool Strict;

    Prices? Prices() =>
        PricePerCoreHour > 0 || WattsPerCore > 0
            ? new Prices(PricePerCoreHour, Currency, WattsPerCore)
            : null;

    /// <remarks>What decides only how fast it goes is left out.</remarks>
    string Request() => string.Join(
        '\n',
        [
            RootDirectory, PipelinesDirectory, OutputDirectory, WorkspaceDirectory, AppContext.BaseDirectory,
            PricePerCoreHour.ToString(CultureInfo.InvariantCulture), Currency, Now ?? "",
            Strict ? "strict" : "",
            WattsPerCore.ToString(CultureInfo.InvariantCulture),
            FormattableString.Invariant($"{Partition.Part}/{Partition.Total}"), string.Join(',', Pipeline),
            string.Join('\t', Set), .. ExecutionPlan.Select(target => target.Name),
        ]);

    SessionOptions Options() => new(
        Path.GetFullPath(PipelinesDirectory),
        RootDirectory / "reports" / "templates",
        Path.GetFullPath(WorkspaceDirectory),
        Path.GetFullPath(OutputDirectory),
        Pipeline,
        Set,
        EnvironmentVariables(),
        DerivedColumnsHooks.All,
        new ScoringProcess(Environment.ProcessPath!, ScoringArguments()),
        Parallel,
        TypedCommand,
        StepCommand,
        Prices())
    {
        Share = new Share(Partition.Part, Partition.Total),
        Checks = CustomChecks.All,
        Now = Now,
        Strict = Strict,
        Reach = ReachOfPlan(),
        Rehearsal = rehearsal,
        Remote = RemoteOptions(),
        Offline = Offline,
    };

    Reach ReachOfPlan() => ExecutionPlan.Max(target => target.Name switch
    {
        nameof(Prepare) or nameof(Ingest) => Reach.Dataset,
        nameof(Validate) => Reach.Validation,
        _ => Reach.Reports,
    });

    /// <remarks>
    /// Started through <c>dotnet</c> the driver's own assembly is the first argument; through its own
    /// executable it is not.
    /// </remarks>
    static IReadOnlyList<string> ScoringArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "mlops-build.dll"), "score-package"]
            : ["score-package"];

    static Dictionary<string, string> EnvironmentVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
