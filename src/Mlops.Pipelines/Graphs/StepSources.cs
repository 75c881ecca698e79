using Mlops.Engine;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// What a step of a pipeline's own takes from outside, looked up before the graph is drawn.
/// </summary>
/// <param name="Inputs">The files that its inputs match.</param>
/// <param name="EachFiles">The files that it is executed for.</param>
/// <param name="Missing">What of it is not there.</param>
public sealed record StepSources(
    IReadOnlyList<SourceFile> Inputs,
    IReadOnlyList<SourceFile> EachFiles,
    IReadOnlyList<ProgramTool> Tools,
    IReadOnlyList<ProgramVariable> Environment,
    IReadOnlyList<Problem> Missing);
