using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>A column is a label, a feature, a key or a cell: not two of them.</summary>
static class RoleChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        var train = pipeline.Train;
        if (checks.IsSound("train.label"))
            CheckLabel(pipeline, checks);
        foreach (var column in train.Features.Include ?? [])
            if (Reason(pipeline, column, checks) is { } reason)
                checks.Contradiction(checks.PathOfItem("train.features.include", column),
                    $"'{YamlPath.Printable(column)}' cannot be a feature", "columns that may be features",
                    reason, "remove it here or there");
        foreach (var column in train.Features.Categorical.Where(train.Features.Exclude.Contains))
            checks.Contradiction(checks.PathOfItem("train.features.categorical", column),
                $"'{YamlPath.Printable(column)}' is categorical but no feature", "columns that are features",
                "it is excluded", "remove it here or there");
    }

    static string? Reason(PipelineSpecification pipeline, string column, CrossChecks checks) =>
        checks.IsSound("train.label") && column == pipeline.Train.Label ? "it is the label"
        : !pipeline.Train.Features.Exclude.Contains(column) ? null
        : column == pipeline.Data.Time ? "it is data.time, a feature only through date-parts"
        : pipeline.Data.Key.Contains(column) ? "it belongs to data.key"
        : column == pipeline.Matrix?.Column ? "it is the column of the matrix"
        : "it is excluded";

    static void CheckLabel(PipelineSpecification pipeline, CrossChecks checks)
    {
        var label = pipeline.Train.Label;
        var other = pipeline.Data.Key.Contains(label) ? "data.key"
            : label == pipeline.Data.Time ? "data.time"
            : label == pipeline.Matrix?.Column ? "matrix.column"
            : null;
        if (other is not null)
            checks.Contradiction(
                "train.label", "The label has another role", "a column that is only the label",
                $"{other} names it too", "predict another column, or change " + other);
        else if (pipeline.Train.Features.Exclude.Contains(label))
            checks.Contradiction(checks.PathOfItem("train.features.exclude", label),
                "The label is excluded from the features", "columns that would be features",
                $"'{YamlPath.Printable(label)}' is the label, which never is",
                "remove it from the list");
    }
}
