using Mlops.Pipelines.Specification;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// The pipelines that checks of the selected ones refer to and that are not selected themselves: of them the
/// data is read, and nothing else is done.
/// </summary>
static class ReferredPipelines
{
    public static IReadOnlyList<PipelineSpecification> Of(
        IReadOnlyList<PipelineSpecification> selected, string pipelinesDirectory,
        IReadOnlyDictionary<string, string> variables, YamlMemory memory)
    {
        var names = selected
            .SelectMany(specification => specification.Validate.Columns)
            .Select(rule => rule.References?.Pipeline).OfType<string>()
            .Except(selected.Select(specification => specification.Name)).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0
            ? []
            : PipelineFile.ReadReferred(pipelinesDirectory, names, variables, memory);
    }
}
