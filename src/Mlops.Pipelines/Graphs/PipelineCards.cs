using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

static class PipelineCards
{
    public static PipelineCard Of(PipelineSpecification specification, string? cell) => new(
        specification.Name, cell, specification.Title, specification.Description, specification.Owner,
        specification.Package.Version, specification.Package.Licence, specification.Package.IntendedUse,
        specification.Package.Limitations);
}
