using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

static class PipelineCards
{
    /// <remarks>What a pipeline of steps alone has of a package is what nothing written means.</remarks>
    public static PipelineCard Of(PipelineSpecification specification, string? cell) => !specification.Learns
        ? new PipelineCard(
            specification.Name, cell, specification.Title,
            specification.Description, specification.Owner, null, null, null, null)
        : new PipelineCard(
        specification.Name, cell, specification.Title, specification.Description, specification.Owner,
        specification.Package.Version, specification.Package.Licence, specification.Package.IntendedUse,
        specification.Package.Limitations);
}
