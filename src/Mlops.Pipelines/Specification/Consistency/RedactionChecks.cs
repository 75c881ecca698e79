using Mlops.Data.Drift;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>
/// Nothing is redacted that has to be said: what a model predicts, names of files, windows.
/// </summary>
static class RedactionChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        foreach (var column in pipeline.Validate.Redact ?? [])
        {
            if (Reason(pipeline, column) is { } reason)
                checks.Contradiction(
                    checks.PathOfItem("validate.redact", column),
                    $"'{YamlPath.Printable(column)}' cannot be redacted",
                    "columns whose values need not be said", reason,
                    "take it out of the list, or give the data another column");
            if (pipeline.Monitor is { AgainstPackage: true } monitor
                && monitor.Thresholds.Columns?.FirstOrDefault(own => own.Column == column) is { } thresholds
                && StatisticFacts.NeedsNumbers(thresholds.Statistic))
                checks.Contradiction(
                    $"{YamlPath.Of("monitor.columns", column)}.statistic",
                    "A package keeps only groups of a redacted column",
                    "js, psi, tvd, l-infinity or hellinger", StatisticFacts.Name(thresholds.Statistic));
        }
    }

    static string? Reason(PipelineSpecification pipeline, string column) =>
        column == pipeline.Train.Label ? "it is the label, which the model says of every row"
        : column == pipeline.Matrix?.Column
            ? "it is the column of the matrix, whose values name cells and files"
        : column == pipeline.Data.Time && pipeline.Monitor is not null
            ? "it is data.time, by which windows are told"
        : pipeline.Data.Partitions?.Contains(column) == true ? "its values stand in the paths of the files"
        : null;
}
