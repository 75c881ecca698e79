using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Graphs;

/// <summary>What a pipeline's graph takes from outside, looked up before the graph is drawn.</summary>
/// <param name="Files">The raw files that the globs match.</param>
/// <param name="Missing">What is wrong with them, if a glob matches nothing.</param>
/// <param name="Derive">The derived-columns hook with the digest of its code.</param>
/// <param name="Steps">What each of its steps takes, by name.</param>
/// <param name="ChampionOf">What a cell's model is to be measured against: one packaged before it,
/// if there is one.</param>
public sealed record PipelineSources(
    IReadOnlyList<SourceFile> Files,
    IReadOnlyList<Problem> Missing,
    DerivedColumnsIdentity? Derive,
    Func<string?, TrainedModel, TrainedModel?> ChampionOf,
    IReadOnlyDictionary<string, StepSources> Steps)
{
    /// <summary>Which cells of a matrix are built here.</summary>
    public Share Share { get; init; } = Share.All;

    /// <summary>The files that were scored, and what keeps them from being read.</summary>
    public (IReadOnlyList<SourceFile> Files, IReadOnlyList<Problem> Missing) Scored { get; init; } = ([], []);

    /// <summary>The released package that is the reference; null where none is, or it is missing.</summary>
    public SourceFile? Package { get; init; }

    /// <summary>Why there is none.</summary>
    public IReadOnlyList<Problem> PackageMissing { get; init; } = [];

    /// <summary>What the checks take.</summary>
    public ValidationSources Validation { get; init; } = ValidationSources.None;
}
