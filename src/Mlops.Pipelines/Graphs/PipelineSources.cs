using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Graphs;

/// <summary>What a pipeline's graph takes from outside, looked up before the graph is drawn.</summary>
/// <param name="Files">The raw files that the globs match.</param>
/// <param name="Missing">What is wrong with them, if a glob matches nothing.</param>
/// <param name="Derive">The derived-columns hook with the digest of its code.</param>
/// <param name="Champions">For each cell (or "") the models packaged before, oldest first.</param>
public sealed record PipelineSources(
    IReadOnlyList<SourceFile> Files,
    IReadOnlyList<Problem> Missing,
    DerivedColumnsIdentity? Derive,
    Func<string?, IReadOnlyList<TrainedModel>> Champions);
