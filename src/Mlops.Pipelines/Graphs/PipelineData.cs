using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// A pipeline up to its dataset. Drawn for all pipelines before anything else of any, so that checks of one
/// may refer to the dataset of another.
/// </summary>
/// <param name="Steps">All of its own steps, the programs, as one; null where it declares none.</param>
/// <param name="Dataset">Null for a pipeline of steps alone.</param>
sealed record PipelineData(
    PipelineSpecification Specification, PipelineSources Sources,
    ProgramSteps Programs, Node? Steps, Node<Dataset>? Dataset)
{
    public static PipelineData Draw(
        Graph graph, PipelineStages stages, PipelineSpecification specification, PipelineSources sources)
    {
        var programs = new ProgramSteps(graph, stages.Program, specification, sources.Steps);
        return new PipelineData(
            specification, sources, programs,
            programs.Nodes.Count == 0
                ? null
                : graph.Bundle(new StepName(specification.Name, null, "Prepare"), programs.Nodes),
            specification.Learns ? DrawDataset(graph, stages, specification, sources, programs) : null);
    }

    static Node<Dataset> DrawDataset(
        Graph graph, PipelineStages stages, PipelineSpecification specification,
        PipelineSources sources, ProgramSteps programs)
    {
        var name = new StepName(specification.Name, null, "Ingest");
        if (sources.Missing.Count > 0)
            return graph.Failed<Dataset>(name, sources.Missing);
        var references = StepReference.References(specification.Data.Sources);
        var input = new IngestInput(
            sources.Files, specification.Data.Format, specification.Data.Columns, sources.Derive,
            specification.Data.QuarantineMaxShare, specification.Data.Sql, specification.Data.Downloads,
            specification.Data.Partitions, specification.Data.OnSchemaChange,
            specification.Validate.Redact, specification.Data.QuarantineMaxCount);
        return graph.Step(name, stages.Ingest, programs.NodesOf(references), upstream => input with
        {
            Sources = [.. input.Sources, .. programs.Files(upstream, references, NamedByStep)],
        });
    }

    /// <summary>So that whoever reads the name of a source sees which step made it.</summary>
    public static string NamedByStep(StepReference reference, ProgramFile file) =>
        $"steps.{reference.Step}/{file.Name}";
}
