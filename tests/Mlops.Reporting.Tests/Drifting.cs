using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Monitoring;

namespace Mlops.Reporting.Tests;

/// <summary>Two windows that differ: one column drifted, one warns, one has too few rows.</summary>
static class Drifting
{
    public static DriftReportInput Report(Workbench bench) => new(
        bench.Templates, Churn.Audit(bench).Card, Monitor(bench),
        [.. Churn.Steps.Where(step => step.Step == "Monitor")]);

    public static MonitorResult Monitor(Workbench bench) => Monitor(bench, Columns);

    public static MonitorResult Monitor(Workbench bench, IReadOnlyList<ColumnDrift> columns) => new(
        DriftVerdict.Warning, columns.Count(column => column.Verdict == DriftVerdict.Drift), columns.Count,
        bench.Json(Details(columns), LearningJson.Default.MonitorDetails),
        new Judgement(true, ["plan drifted: 'monthly' 55.1 % → 78.4 %"]));

    static MonitorDetails Details(IReadOnlyList<ColumnDrift> columns) => new(
        new DriftResult(DriftVerdict.Warning,
            "1 of 4 columns drifted: below the share of 50 %, and neither label nor prediction moved",
            7032, 2210, new DriftThresholds(
                Columns: [new("plan", DriftStatistic.TotalVariation, 0.1, 0.2)]), columns, 0.31),
        new Window("2025-07-01", "2026-01-01"), new Window("2026-01-01", null),
        [new("auc", 0.8471, null, null, true), new("log-loss", 0.409, null, null, false)],
        [new("auc", 0.8213, null, null, true), new("log-loss", 0.441, null, null, false)],
        [.. Enumerable.Range(0, 9).Select(Period)],
        Classifier: new ClassifierOutcome(0.734, 0.701, 0.765, 0.55, 4420, null, [new("plan", 0.21, 0.01)]),
        Alarms: [
            "auc 0.818 in 2026-03 (95 %: 0.801 to 0.834) is worse than in the reference "
            + "windows, 0.83 to 0.851"],
        Detectors:
        [
            new("DDM", "wrong predictions", 9242, 1, [new(7101, "2026-02-14", true)]),
            new("ADWIN", "wrong predictions", 9242, 0, []),
        ]);

    static PeriodMetrics Period(int i) => new(
        i < 6 ? $"2025-{i + 7:00}" : $"2026-{i - 5:00}", 1100 + (i * 13), i < 6, i > 5,
        [new("auc", i == 4 ? null : 0.85 - (0.004 * i), null, null, true)],
        i == 4 ? null : [new("auc", 0.834 - (0.004 * i), 0.866 - (0.004 * i), 0.83, 0.851, i == 8)]);

    static IReadOnlyList<ColumnDrift> Columns { get; } =
    [
        new("plan", ColumnType.Text, DriftVerdict.Drift, 7018, 2210, 0.002, 0, 0.04, 0.2241, 0.2912, 0.0018,
            "chi-square", 388.2,
            1e-80, 4e-80, "category",
            [new("monthly", 3868, 1733), new("two years", 1685, 201), new("one year", 1465, 256),
                new("trial", 0, 20)],
            "plan = 'monthly' 55.1 % → 78.4 %", ["trial"], [], null, null,
            new("plan", DriftStatistic.TotalVariation, 0.1, 0.2),
            0.233, 0.0047, "a level's share moving by about 4 points"),
        Numeric("monthly_charge", DriftVerdict.Warning, 0.131, i => 200 + (20 * i), i => 30 + (14 * i)),
        Numeric("tenure_months", DriftVerdict.None, 0.021, i => 700 - (10 * i), i => 222 - (4 * i)),
        new("since", ColumnType.Date, DriftVerdict.Insufficient, 7032, 12, 0, 0.99, 1e-9, null, null, null,
            null, null, null, null, null, [],
            null, [], [], null, null),
    ];

    public static ColumnDrift Numeric(
        string name, DriftVerdict verdict, double distance, Func<int, long> reference,
        Func<int, long> current, int bins = 10) => new(
        name, ColumnType.Real, verdict, 7032, 2210, 0, 0.01, 0.2, distance, distance * distance * 4, 0.0054,
        "Kolmogorov–Smirnov",
        0.12, 0.0003, 0.0006, "quantile",
        [.. Enumerable.Range(0, bins)
            .Select(i => new DriftBin($"({i * 10}, {(i + 1) * 10}]", reference(i), current(i)))],
        $"{name} in (80, 90] 10.0 % → 14.2 %", ["3 rows above 118.75"], [], 64.8, 71.2,
        new(name, DriftStatistic.JensenShannon, 0.1, 0.2), distance,
        0.0101, "a shift of about 0.25 standard deviations");
}
