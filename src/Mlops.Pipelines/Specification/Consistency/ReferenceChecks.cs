using Mlops.Learning.Monitoring;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>
/// Every column that is named exists, where the pipeline declares its columns and derives none.
/// </summary>
static class ReferenceChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        if (pipeline.Data.Columns is null || pipeline.Data.Derive is not null
            || !checks.IsSound("data.columns"))
            return;
        string[] known = [.. pipeline.Data.Columns.Select(column => column.Name)];
        foreach (var (path, column) in References(pipeline, checks))
            if (!known.Contains(column, StringComparer.Ordinal))
                checks.Unknown(
                    path, $"'{YamlPath.Printable(column)}' is not a declared column", known, column);
    }

    static IEnumerable<(string Path, string Column)> References(
        PipelineSpecification pipeline, CrossChecks checks) =>
        SingleReferences(pipeline)
            .Where(reference => reference.Column is not null && IsOwn(reference.Path, checks))
            .Select(reference => (reference.Path, reference.Column!))
            .Concat(ListedReferences(pipeline).SelectMany(list =>
                list.Columns.Select(column => (checks.PathOfItem(list.Path, column), column))))
            .Concat(pipeline.Validate.Columns.Select(rule =>
                (YamlPath.Of("validate.columns", rule.Column), rule.Column)))
            .Concat((pipeline.Monitor?.Thresholds.Columns ?? [])
                .Where(own => own.Column != MonitorSelection.Prediction)
                .Select(own => (YamlPath.Of("monitor.columns", own.Column), own.Column)));

    /// <summary>A split's column that is another section's is reported there.</summary>
    static bool IsOwn(string path, CrossChecks checks) => path != "split.column" || checks.IsWritten(path);

    static IEnumerable<(string Path, string? Column)> SingleReferences(PipelineSpecification pipeline) =>
    [
        ("matrix.column", pipeline.Matrix?.Column),
        ("data.time", pipeline.Data.Time),
        ("split.column", pipeline.Split.Column),
        ("train.label", pipeline.Train.Label),
    ];

    static IEnumerable<(string Path, IEnumerable<string> Columns)> ListedReferences(
        PipelineSpecification pipeline)
    {
        var features = pipeline.Train.Features;
        string?[] implied = [.. pipeline.Data.Key, pipeline.Matrix?.Column, pipeline.Data.Time];
        return
        [
            ("data.key", pipeline.Data.Key),
            ("train.features.include", features.Include ?? []),
            ("train.features.exclude", features.Exclude.Where(column => !implied.Contains(column))),
            ("train.features.categorical", features.Categorical),
            ("evaluate.slices", pipeline.Evaluate.Slices),
            ("monitor.exclude", pipeline.Monitor?.Exclude ?? []),
            ("validate.redact", pipeline.Validate.Redact ?? []),
            ("validate.leakage.entity", pipeline.Validate.Leakage?.Entity ?? []),
        ];
    }
}
