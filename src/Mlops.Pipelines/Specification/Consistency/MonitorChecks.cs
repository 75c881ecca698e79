using Mlops.Data.Drift;
using Mlops.Learning.Monitoring;
using Mlops.Pipelines.Specification.Sections;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Windows can be cut, are not empty and differ.</summary>
static class MonitorChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        if (pipeline.Monitor is not { } monitor)
            return;
        if (pipeline.Data.Time is null)
            checks.Contradiction("monitor", "Monitoring needs a time column", "data.time", "none",
                "add 'time:' to data");
        CheckSources(pipeline, monitor, checks);
        CheckWindow("monitor.reference", monitor.Reference, checks);
        CheckWindow("monitor.current", monitor.Current, checks);
        if (monitor.AgainstPackage && monitor.Reference != new Window(null, null))
            checks.Contradiction("monitor.reference", "A package has no window", "package alone, or a window",
                next: "remove 'from' and 'to', or 'kind: package'");
        if (!monitor.AgainstPackage && monitor.Reference == monitor.Current
            && checks.IsSound("monitor.reference"))
            checks.Contradiction("monitor.current", "Both windows are the same", "two windows that differ");
        CheckPackage(pipeline, monitor, checks);
        if (monitor.Exclude.Contains(pipeline.Train.Label))
            checks.Contradiction(checks.PathOfItem("monitor.exclude", pipeline.Train.Label),
                "The label is always compared", "other columns", pipeline.Train.Label,
                $"set thresholds of its own: 'monitor.columns.{pipeline.Train.Label}'");
        CheckThresholds(monitor.Thresholds, checks);
    }

    static void CheckSources(
        PipelineSpecification pipeline, MonitorSpecification monitor, CrossChecks checks)
    {
        if (!monitor.WatchesFiles)
        {
            if (!checks.IsWritten("monitor.current") && checks.IsSound("monitor.sources"))
                checks.Contradiction("monitor.current", "There is no window to watch", "current, or sources",
                    next: "add 'current:' with from and to, or 'sources:' with files that were scored");
            return;
        }
        if (!monitor.AgainstPackage)
            checks.Contradiction("monitor.reference", "Files that were scored are held against the package",
                "reference: package", "a window");
        if (pipeline.Data.Sql is not null)
            checks.Contradiction("monitor.sources", "A statement reads the files that it names itself",
                "data without sql", "data.sql");
    }

    static void CheckPackage(
        PipelineSpecification pipeline, MonitorSpecification monitor, CrossChecks checks)
    {
        if (monitor.Package is null)
            return;
        if (pipeline.Matrix is not null)
            checks.Contradiction("monitor.reference.package",
                "A package is of one cell, and a matrix has many", "a pipeline without matrix", "matrix",
                "watch each cell with a pipeline of its own, or 'reference: package'");
        if (pipeline.Data is { Derive: not null, Columns: null } && monitor.WatchesFiles)
            checks.Contradiction("monitor.reference.package",
                "A package does not say which columns a hook derives", "declared columns", "data.derive",
                "declare data.columns");
    }

    static void CheckThresholds(DriftThresholds thresholds, CrossChecks checks)
    {
        if (thresholds.WarnAt > thresholds.DriftAt)
            checks.Contradiction(
                "monitor.thresholds", "A warning comes after the drift", "warn of at most drift",
                FormattableString.Invariant($"warn {thresholds.WarnAt}, drift {thresholds.DriftAt}"));
        foreach (var column in thresholds.Columns ?? [])
            if (column.WarnAt > column.DriftAt)
                checks.Contradiction(YamlPath.Of("monitor.columns", column.Column),
                    "A warning comes after the drift", "warn of at most drift",
                    FormattableString.Invariant($"warn {column.WarnAt}, drift {column.DriftAt}"));
    }

    static void CheckWindow(string path, Window window, CrossChecks checks)
    {
        if (window is { From: { } from, To: { } to } && PointInTime.Parse(from) >= PointInTime.Parse(to))
            checks.Contradiction(path, "The window is empty", "from before to", $"from {from}, to {to}");
    }
}
