using Mlops.Engine;
using Mlops.Learning.Packaging;

namespace Mlops.Pipelines.Graphs;

/// <summary>A released package that takes the place of the one that the pipeline makes.</summary>
static class ReferencePackage
{
    /// <returns>Null where the pipeline's own package is the reference, or none is.</returns>
    public static Node<OpenedPackage>? Draw(Graph graph, PipelineStages stages, PipelineData data)
    {
        var (specification, sources) = (data.Specification, data.Sources);
        if (specification.Monitor?.Package is null)
            return null;
        var name = new StepName(specification.Name, null, "OpenPackage");
        return sources.Package is { } file
            ? graph.Step(
                name, stages.OpenPackage, [],
                _ => new OpenPackageInput(file, specification.Train.Label, specification.Train.Task))
            : graph.Failed<OpenedPackage>(name, sources.PackageMissing);
    }
}
