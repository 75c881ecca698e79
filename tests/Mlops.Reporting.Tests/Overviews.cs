using Mlops.Data.Drift;
using Mlops.Learning.Evaluation;

namespace Mlops.Reporting.Tests;

static class Overviews
{
    public static IndexInput Small(Workbench bench) => new(bench.Templates,
    [
        new(Churn.Audit(bench).Card, "accepted", true, new MetricValue("auc", 0.8471, 0.5, 0.8402, true),
            DriftVerdict.Warning, 7032,
            Workbench.Any("package"), "packages/churn-1.2.0.zip", "churn/audit.html", "churn/drift.html", []),
        new(new PipelineCard("demand", "Zürich & Genève", null, null, null, null, null, null, null),
            "rejected", false,
            new MetricValue("rmse", 12.81, 61.02, null, false), null, 5000, null, null,
            "demand/Zürich & Genève/audit.html", null,
            [new IndexFinding("rmse 12.81 > 10", true)]),
    ]);

    public static IndexInput Large(Workbench bench, int cells) => new(bench.Templates,
        [.. Enumerable.Range(0, cells).Select(i => new IndexEntry(
            new PipelineCard("demand", $"market {i:0000}", null, null, null, null, null, null, null),
            i % 50 == 0 ? "rejected" : "accepted",
            i % 50 != 0, new MetricValue("rmse", 10 + (i % 7), 60, null, false), DriftVerdict.None, 1000 + i,
            Workbench.Any($"{i}"),
            $"demand/{i}.zip", $"demand/{i}/audit.html", $"demand/{i}/drift.html", i % 50 == 0
                ? [new IndexFinding("rmse above 10", true)] : []))]);
}
