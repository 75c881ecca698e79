using Mlops.Learning.Monitoring;
using Mlops.Pipelines.Specification.Sections;

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
        CheckWindow("monitor.reference", monitor.Reference, checks);
        CheckWindow("monitor.current", monitor.Current, checks);
        if (monitor.Reference == monitor.Current && checks.IsSound("monitor.reference"))
            checks.Contradiction("monitor.current", "Both windows are the same", "two windows that differ");
        var thresholds = monitor.Thresholds;
        if (thresholds.WarnAt > thresholds.DriftAt)
            checks.Contradiction("monitor.thresholds", "A warning comes after the drift", "warn of at most drift",
                FormattableString.Invariant($"warn {thresholds.WarnAt}, drift {thresholds.DriftAt}"));
    }

    static void CheckWindow(string path, Window window, CrossChecks checks)
    {
        if (window is { From: { } from, To: { } to } && Moments.Parse(from) >= Moments.Parse(to))
            checks.Contradiction(path, "The window is empty", "from before to", $"from {from}, to {to}");
    }
}
