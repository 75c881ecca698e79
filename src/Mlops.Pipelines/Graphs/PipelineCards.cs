using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>What people said about a pipeline, as the reports show it.</summary>
static class PipelineCards
{
    public static PipelineCard Of(PipelineSpecification specification, string? cell)
    {
        // A pipeline of steps alone releases nothing: its package section holds defaults that nobody wrote.
        var package = specification.Learns ? specification.Package : null;
        return new PipelineCard(
            specification.Name, cell, specification.Title, specification.Description, specification.Owner,
            package?.Version, package?.Licence, package?.IntendedUse, package?.Limitations);
    }
}
