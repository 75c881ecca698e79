using Microsoft.Data.Analysis;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Graphs;

namespace Mlops.Pipelines.Sessions;

/// <summary>Everything that a person or the machine decides about one invocation.</summary>
/// <param name="PipelinesDirectory">Where <c>*/pipeline.yaml</c> lie.</param>
/// <param name="TemplatesDirectory">Where the report templates lie.</param>
/// <param name="WorkspaceDirectory">Where store, traces and ledger are kept.</param>
/// <param name="OutputDirectory">Where reports and packages are put.</param>
/// <param name="Pipelines">Names to build; empty for all.</param>
/// <param name="Overrides">As <c>train.trainer.leaves=64</c>.</param>
/// <param name="Variables">What <c>${NAME}</c> in YAML stands for.</param>
/// <param name="MaxParallelism">How many steps may run at once.</param>
/// <param name="Command">What the person typed, for the ledger.</param>
/// <param name="StepCommand">Executes one step elsewhere, <c>{key}</c> being its key;
/// null executes steps here.</param>
/// <param name="Prices">What computing costs; null where nobody said.</param>
public sealed record SessionOptions(
    string PipelinesDirectory,
    string TemplatesDirectory,
    string WorkspaceDirectory,
    string OutputDirectory,
    IReadOnlyList<string> Pipelines,
    IReadOnlyList<string> Overrides,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, DerivedColumnsHook> Hooks,
    ScoringProcess Scoring,
    int MaxParallelism,
    string Command,
    string? StepCommand = null,
    Prices? Prices = null)
{
    /// <summary>
    /// Which share of the pipelines and cells is built; all of them unless several machines share the work.
    /// </summary>
    public Share Share { get; init; } = Share.All;

    /// <summary>The custom checks of the build by name.</summary>
    public IReadOnlyDictionary<string, CustomCheck> Checks { get; init; } =
        new Dictionary<string, CustomCheck>();

    /// <summary>
    /// What checks take the time to be, ISO 8601; never the clock. Null lets those that ask for it not run.
    /// </summary>
    public string? Now { get; init; }

    /// <summary>Whether nothing is made of data that its checks warn of.</summary>
    public bool Strict { get; init; }

    /// <summary>How far the asked-for steps reach: no more is looked at beforehand.</summary>
    public Reach Reach { get; init; } = Reach.Reports;

    /// <summary>Whether steps will be executed by this process: then some are begun early.</summary>
    public bool Executes { get; init; }

    /// <summary>Begun already, or when a file turns out to have changed.</summary>
    public Rehearsal Rehearsal { get; init; } = new();

    /// <summary>Whether sources elsewhere are not fetched.</summary>
    public bool Offline { get; init; }

    /// <summary>A store that machines share; null uses this one's alone.</summary>
    public RemoteOptions? Remote { get; init; }
}

/// <summary>A derived-columns hook of the build.</summary>
/// <param name="Code">Digest of the source behind <paramref name="Derive"/>:
/// editing it derives again. Asked where a pipeline uses the hook.</param>
public sealed record DerivedColumnsHook(Func<DataFrame, DataFrame> Derive, Func<Digest> Code);

/// <summary>A custom check of the build.</summary>
/// <param name="Code">Digest of the source behind <paramref name="Check"/>: editing it checks again. Asked
/// where a pipeline uses the check.</param>
public sealed record CustomCheck(Func<DataFrame, CustomFinding> Check, Func<Digest> Code);
