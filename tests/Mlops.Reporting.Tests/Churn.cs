using Mlops.Data;
using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Reporting.Tests;

/// <summary>A binary classifier from raw files to package, complete and accepted.</summary>
static class Churn
{
    static readonly string[] Plans = ["monthly", "one year", "two years"];

    public static AuditInput Audit(Workbench bench) => new(
        bench.Templates,
        new PipelineCard("churn", null, "Customers who will leave within a month",
            "Scores every active customer each week.\nThe retention team calls the top tenth.",
            "Retention analytics",
            "1.2.0", "CC-BY-4.0", "Ranking customers for a call. Not for pricing or refusal of service.",
            null),
        Settings, Dataset(bench), Split(bench), Validation(bench), Model(bench), Evaluation(bench),
        Package(bench),
        Drifting.Monitor(bench), Steps);

    public static IReadOnlyList<Setting> Settings { get; } =
    [
        new("ingest.quarantine-max-share", "0.01"), new("split.method", "stratified"),
        new("split.holdout-share", "0.2"), new("split.seed", "7"), new("train.label", "churned"),
        new("train.trainer.name", "light-gbm"), new("train.trainer.trees", "100"),
        new("train.trainer.leaves", "31"),
        new("train.trainer.learning-rate", "0.1"), new("train.seed", "1"),
        new("evaluate.metrics", "auc, auprc, ece"),
    ];

    static readonly Column[] Columns =
    [
        new("customer", ColumnType.Text), new("tenure_months", ColumnType.Integer),
        new("monthly_charge", ColumnType.Real),
        new("plan", ColumnType.Text), new("paperless", ColumnType.Boolean), new("since", ColumnType.Date),
        new("churned", ColumnType.Boolean),
    ];

    public static Dataset Dataset(Workbench bench)
    {
        string[] months = ["2026-01", "2026-02", "2026-03"];
        var parts = months.Select(month => new TablePart(
            bench.Bytes([.. month.Select(c => (byte)c)], "application/vnd.apache.parquet"), 2_344)).ToArray();
        return new Dataset(
            new TableParts(new TableSchema(Columns), parts),
            [.. months.Select((month, i) => new SourceRows(
                new SourceFile($"data/customers-{month}.csv", Workbench.Any(month), 310_442 + i),
                2_344, i == 2 ? 3 : 0, i == 2 ? bench.Bytes([1, 2, 3], "text/csv") : null,
                i == 2
                    ? [
                        new QuarantinedRow(118, "monthly_charge", "'n.a.' is not a real number",
                            "C-00931,14,n.a.,monthly,true,2024-11-02,false"),
                        new QuarantinedRow(640, null, "8 cells where 7 are declared",
                            "C-01422,3,70.1,monthly,true,2025-12-01,true,x"),
                        new QuarantinedRow(641, "since", "'31.02.2025' is not a date",
                            "C-01423,9,55,one year,false,31.02.2025,false"),
                    ]
                    : []))],
            new Judgement(true, ["3 rows of customers-2026-03.csv were quarantined (0.04 % of all rows)"]),
            [
                .. Columns.Select(column => new ColumnOrigin(column.Name, ColumnOrigin.Declared)).Take(2),
                new("monthly_charge", "inferred from 7,035 cells, none missing",
                    "'18.95' in data/customers-2026-01.csv line 9 is no integer"),
                new("plan", "inferred from 7,035 cells, 0.2 % missing",
                    "'monthly' in data/customers-2026-01.csv line 2 is no number, date, true or false"),
                .. Columns.Skip(4).Select(column => new ColumnOrigin(
                    column.Name, "inferred from 7,035 cells, none missing")),
            ]);
    }

    public static Split Split(Workbench bench) => new(
        bench.Bytes([0, 1, 0], "application/octet-stream"), 5_625, 1_406, 1, null, Judgement.Accept);

    public static DataValidation Validation(Workbench bench) => new(
        bench.Json(new ValidationDetails(
            Profiles, Checks,
            [new("tenure_months", "churned", 7031, -0.3522),
                new("monthly_charge", "paperless", 7032, 0.3524)], 4), DataJson.Default.ValidationDetails),
        6, 1, 0, new Judgement(true, ["tenure_months: 11 of 7,032 rows outside [1, 72]"]));

    static IReadOnlyList<ColumnProfile> Profiles { get; } =
    [
        new("customer", ColumnType.Text, 7032, 0, 7032, true, null, null, null, null, null,
            [new("C-00001", 1), new("C-00002", 1)], null, null, new(7, 7, 7)),
        new("tenure_months", ColumnType.Integer, 7032, 0, 73, true, 0, 72, 32.4218, 24.5453,
            [1, 9, 29, 55, 72],
            [new("1", 613), new("72", 362)],
            [1481, 480, 360, 315, 300, 290, 280, 270, 262, 258, 250, 255, 260, 265, 270, 290, 300, 330, 420,
                796], 0.0016),
        new("monthly_charge", ColumnType.Real, 7032, 0, 1584, true, 18.25, 118.75, 64.7982, 30.0860,
            [19.65, 35.59, 70.35, 89.86, 107.42],
            [new("20.05", 61)], [1540, 210, 90, 60, 120, 300, 310, 260, 240, 350, 520, 480, 430, 510, 470,
                450, 330, 210, 110, 42]),
        new("plan", ColumnType.Text, 7018, 14, 3, true, null, null, null, null, null,
            [new("monthly", 3868), new("two years", 1685), new("one year", 1465)], null),
        new("paperless", ColumnType.Boolean, 7032, 0, 2, true, 0, 1, 0.5927, 0.4914, null,
            [new("true", 4168), new("false", 2864)], null),
        new("since", ColumnType.Date, 7032, 0, 10_214, false, 13149, 20543, 19401.2, 746.1, null,
            [new("2026-01-01", 613)], null),
        new("churned", ColumnType.Boolean, 7031, 1, 2, true, 0, 1, 0.2658, 0.4418, null,
            [new("false", 5163), new("true", 1868)], null),
    ];

    static IReadOnlyList<CheckOutcome> Checks { get; } =
    [
        new("row-count", "there are at least 1,000 rows", Severity.Error, CheckStatus.Pass, "7,032 rows",
            7032, 0, []),
        new("unique:customer", "customer is unique", Severity.Error, CheckStatus.Pass,
            "no value stands twice", 7032, 0, []),
        new("range:tenure_months", "tenure_months lies in [1, 72]", Severity.Warn, CheckStatus.Warn,
            "11 rows (0.16 %) lie outside", 7032, 11, [new(17, "0"), new(402, "0"), new(988, null)]),
        new("set:plan", "plan is one of monthly, one year, two years", Severity.Error, CheckStatus.Pass,
            "no other value", 7018, 0, []),
        new("missing:plan", "at most 1 % of plan is missing", Severity.Error, CheckStatus.Pass, "0.2 %",
            7032, 0, []),
        new("pattern:region", "region matches [A-Z]{2}", Severity.Warn, CheckStatus.NotRun,
            "there is no such column", 0, 0, []),
    ];

    public static TrainedModel Model(Workbench bench) => new(
        bench.Bytes([.. Enumerable.Range(0, 200).Select(i => (byte)i)], "application/zip"),
        bench.Json(new TrainingDetails(
            [
                new("tenure_months", ColumnType.Integer, FeatureKind.Number, 1),
                new("monthly_charge", ColumnType.Real, FeatureKind.Number, 1),
                new("plan", ColumnType.Text, FeatureKind.OneHot, 4),
                new("since", ColumnType.Date, FeatureKind.DateParts, 2),
            ],
            ["false", "true"], new NaiveBaseline("false", null, [0.7342, 0.2658]),
            ["tenure_months", "monthly_charge", .. Plans.Select(plan => $"plan={plan}"), "plan=(missing)",
                "since.month", "since.ordinal"],
            ["'customer' left out: it is a key", "'paperless' left out: excluded by name"]),
            LearningJson.Default.TrainingDetails),
        new TrainSpecification(LearningTask.Binary, "churned", null,
            new FeatureSpecification(null, ["customer", "paperless"], [], 64, 10,
                [DatePart.Month, DatePart.Ordinal]),
            new TrainerSpecification("light-gbm", 100, 31, 0.1, 20, 1, null, 0, 0, 1)),
        5_625);

    public static ModelEvaluation Evaluation(Workbench bench) => new(1_406,
        [
            new("auc", 0.8471, 0.5, 0.8402, true), new("auprc", 0.6612, 0.2658, 0.6497, true),
            new("ece", 0.0214, 0, 0.0263, false),
            new("log-loss", 0.4093, 0.5791, 0.4152, false), new("recall", 0.5428, 0, 0.5321, true),
            new("precision", 0.6735, null, 0.668, true),
        ],
        [new("auc", true, "auc 0.8471 ≥ 0.80"),
            new("auc", true, "auc 0.8471 is at most 0.005 below the champion's 0.8402")],
        bench.Json(EvaluationDetails, LearningJson.Default.EvaluationDetails), Judgement.Accept);

    static EvaluationDetails EvaluationDetails { get; } = new(
        ["false", "true"], [[934, 98], [171, 203]],
        [.. Enumerable.Range(0, 101).Select(i => new CurvePoint(i / 100.0, Math.Pow(i / 100.0, 0.22)))],
        [.. Enumerable.Range(0, 101)
            .Select(i => new CurvePoint(i / 100.0, 0.266 + (0.68 * (1 - Math.Pow(i / 100.0, 1.4)))))],
        [.. Enumerable.Range(0, 10)
            .Select(i => new CalibrationBin(i / 10.0, (i + 1) / 10.0, i == 9 ? 0 : 420 / (i + 1),
            i == 9 ? null : (i + 0.5) / 10, i == 9
                ? null : Math.Min(1, ((i + 0.5) / 10) + (0.02 * Math.Sin(i)))))],
        null,
        [
            .. Plans.Select((plan, i) => new SliceMetrics("plan", plan, 900 - (i * 280),
                [new("auc", 0.80 - (0.06 * i), 0.5, null, true),
                    new("recall", 0.61 - (0.2 * i), 0, null, true)])),
            new SliceMetrics("paperless", "true", 833, [new("auc", null, null, null, true)]),
        ],
        [
            new("tenure_months", 0.0913, 0.0061), new("plan", 0.0641, 0.0049),
            new("monthly_charge", 0.0312, 0.0038),
            new("since", -0.0004, 0.0012),
        ],
        "auc");

    public static ModelPackage Package(Workbench bench) => new(
        bench.Bytes([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))], "application/zip"),
        "churn-1.2.0.zip", "1.2.0", 20, 20,
        [
            new("source", "data/customers-2026-01.csv", Workbench.Any("2026-01"), 310_442),
            new("model", "model.zip", Workbench.Any("model"), 200),
            new("evaluation", "evaluation.json", Workbench.Any("e"), 9_120),
        ],
        Judgement.Accept);

    public static IReadOnlyList<StepEvidence> Steps { get; } =
    [
        Step("Ingest", 0, 1.84), Step("Split", 2, 0.031), Step("Validate", 2, 0.412), Step("Train", 3, 6.205),
        Step("Evaluate", 10, 2.117), Step("Package", 12, 4.331), Step("Monitor", 17, 0.935),
    ];

    static StepEvidence Step(string name, int second, double duration) => new(
        name, StepState.Finished, null, ["`train.trainer.leaves` 31 → 64", "`<b>sales</b>.csv` changed"],
        Workbench.Any($"key {name}"), Workbench.Any($"output {name}"),
        new DateTimeOffset(2026, 3, 31, 6, 15, second, TimeSpan.Zero), duration,
        duration * 1.3, 182_000_000, "ci-7", "Linux 6.8.0 x64", ".NET 10.0.1", name == "Train"
            ? "Microsoft.ML 5.0.1, Microsoft.ML.LightGbm 5.0.1" : "Parquet.Net 6.1.0");
}
