using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>What all cells of a pipeline are drawn with.</summary>
/// <param name="Others">The datasets of all pipelines of this run, by name.</param>
/// <param name="Templates">What the reports are rendered by.</param>
/// <param name="Opened">The released package that is the reference; null where it is no such one.</param>
/// <param name="Scored">Null where the pipeline's own data are watched, or nothing is.</param>
sealed record CellBasis(
    Graph Graph,
    PipelineStages Stages,
    PipelineData Data,
    Node<Dataset> Dataset,
    IReadOnlyDictionary<string, Node<Dataset>> Others,
    IReadOnlyList<SourceFile> Templates,
    Node<OpenedPackage>? Opened,
    ScoredData? Scored)
{
    public PipelineSpecification Specification => Data.Specification;

    public PipelineSources Sources => Data.Sources;

    public ProgramSteps Programs => Data.Programs;

    /// <summary>The specification's values by path: only a report that is made asks for them.</summary>
    public Lazy<IReadOnlyList<Setting>> Settings { get; } =
        new(() => SpecificationSettings.Of(Data.Specification));
}
