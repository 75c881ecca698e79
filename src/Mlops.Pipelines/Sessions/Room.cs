using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Sessions;

/// <summary>Makes room in a project's workspace.</summary>
public static class Room
{
    /// <param name="keepRuns">Of each step the results of so many different runs; at least 1.</param>
    /// <param name="keepAge">And what was in use within this time.</param>
    /// <param name="maxBytes">Null for no limit.</param>
    /// <exception cref="ProblemException">A pipeline's YAML is wrong,
    /// or the workspace cannot be used (then Damaged).</exception>
    public static Collector Open(
        SessionOptions options, int keepRuns, TimeSpan keepAge, long? maxBytes, TimeProvider clock)
    {
        var pipelines = PipelineFile.ReadAll(options.PipelinesDirectory, null, options.Variables, []);
        return new Collector(
            Workspace.Open(options.WorkspaceDirectory, clock),
            new CollectionRules(
                keepRuns, keepAge, maxBytes,
                pipelines.Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal))
            {
                IsOutdated = YamlMemory.IsOutdated,
            });
    }
}
