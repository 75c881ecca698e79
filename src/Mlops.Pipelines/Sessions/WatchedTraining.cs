using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// Files that a pipeline both trains on and watches as scored: what the model was made of shows it no drift.
/// With a released package nobody can tell, for today's scored files may be what the next one learns from.
/// </summary>
static class WatchedTraining
{
    public static IEnumerable<Problem> Of(
        PipelineSpecification specification, SourceListing data, SourceListing scored)
    {
        if (specification.Monitor is not { WatchesFiles: true, Package: null } monitor)
            yield break;
        List<string> both =
        [
            .. data.Paths.Keys.Intersect(scored.Paths.Keys)
                .Select(path => Path.GetRelativePath(specification.Directory, path).Replace('\\', '/')),
            .. (specification.Data.Downloads ?? []).IntersectBy(
                (monitor.Downloads ?? []).Select(file => file.Sha256), file => file.Sha256)
                .Select(file => file.Name),
            .. StepReference.References(specification.Data.Sources)
                .Intersect(StepReference.References(monitor.Sources ?? [])).Select(step => step.Text),
        ];
        if (both.Count == 0)
            yield break;
        both.Sort(StringComparer.Ordinal);
        var line = specification.Places?.OfSetting("data", "sources")?.Line;
        yield return new Problem(
            "YAML-015",
            $"monitor.sources and data.sources of pipeline '{specification.Name}' both match "
            + $"{NearestNames.Listed(both)}: what a model was made of shows it no drift.",
            specification.Places?.OfSetting("monitor", "sources"),
            Expected: "files that the model was not trained on",
            Actual: line is null ? null : FormattableString.Invariant($"data.sources in line {line}"),
            Next: "Take them out of monitor.sources or of data.sources.");
    }
}
