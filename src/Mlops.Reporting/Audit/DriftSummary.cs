using Mlops.Data.Drift;
using Mlops.Learning.Monitoring;
using Mlops.Reporting.Monitoring;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>What the drift report says, in short.</summary>
static class DriftSummary
{
    const int ColumnsShown = 10;

    public static ScriptObject Of(MonitorResult monitor, MonitorDetails? details)
    {
        var moved = (details?.Drift.Columns ?? [])
            .Where(column => column.Verdict is DriftVerdict.Drift or DriftVerdict.Warning);
        return Fields.Of(
            ("chip", Marks.Chip(monitor.Verdict)),
            ("drifted", monitor.DriftedColumns),
            ("compared", monitor.ComparedColumns),
            ("decided_by", Prose.OrNull(details?.Drift.DecidedBy)),
            ("reference", details is null ? null
                : details.Profile ? "remembered by the package" : DriftPage.Window(details.ReferenceWindow)),
            ("current", details is null ? null : DriftPage.Window(details.CurrentWindow)),
            ("columns", Fields.List(moved.Take(ColumnsShown), DriftColumns.Row)),
            ("digest", Show.Digest(monitor.Details.Digest)),
            ("findings", Fields.Sentences(monitor.Judgement.Findings)));
    }
}
