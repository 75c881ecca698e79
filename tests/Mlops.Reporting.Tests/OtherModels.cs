using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Reporting.Tests;

/// <summary>The same evidence with a regression or a multiclass model in it.</summary>
static class OtherModels
{
    public static AuditInput Regression(Workbench bench)
    {
        var churn = Churn.Audit(bench);
        var details = new EvaluationDetails([], null, null, null, null,
            new ResidualSummary(-41.2, 38.9, [1, 4, 9, 22, 60, 140, 260, 300, 250, 120, 51, 20, 8, 2, 1],
                [.. Enumerable.Range(0, 20).Select(i => new CurvePoint(100 + (i * 12), 98 + (i * 12.3)))]),
            [new("region", "north", 300, [new("rmse", 10.2, 40.1, null, false)])],
            [new("temperature", 12.1, 0.8)], "rmse");
        return churn with
        {
            Card = new PipelineCard("demand", "north", null, null, null, "1.0.0", null, null, null),
            Model = Fit(bench, LearningTask.Regression, "count", [], new NaiveBaseline(null, 214.3, [])),
            Evaluation = new ModelEvaluation(1248,
                [new("rmse", 12.81, 61.02, null, false), new("r2", 0.956, 0, null, true),
                new("bias", -0.2, 0, null, false)], [new("rmse", false, "rmse 12.81 > 10")],
                bench.Json(details, LearningJson.Default.EvaluationDetails),
                new Judgement(false, ["rmse 12.81 > 10"])),
            Package = null,
            Monitor = null,
            Steps = [.. churn.Steps.Take(4),
                churn.Steps[4] with { State = StepState.Rejected, Note = "1 gate was not passed" },
                Blocked("Package", "Evaluate rejected the model")],
        };
    }

    public static AuditInput Multiclass(Workbench bench, int classes)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(i => $"species {i + 1}")];
        var details = new EvaluationDetails(names,
            [.. names.Select((_,
                i) => (IReadOnlyList<long>)[.. names.Select((_, j) => i == j ? 40L + i : (i + j) % 3)])],
            null, null, null, null, [], [], null);
        return Churn.Audit(bench) with
        {
            Model = Fit(bench, LearningTask.Multiclass, "species", names,
                new NaiveBaseline(names[0], null, [.. names.Select(_ => 1.0 / classes)])),
            Evaluation = new ModelEvaluation(400,
                [new("accuracy", 0.91, 0.2, 0.9, true), new("macro-accuracy", 0.9, 0.2, 0.88, true)], [],
                bench.Json(details, LearningJson.Default.EvaluationDetails), Judgement.Accept),
        };
    }

    public static StepEvidence Blocked(string step, string? note) =>
        new(step, StepState.Blocked, note, [], null, null, null, null, null, null, null, null, null, null);

    static TrainedModel Fit(
        Workbench bench, LearningTask kind, string label, IReadOnlyList<string> classes,
        NaiveBaseline baseline) => new(
        bench.Bytes([9, 9], "application/zip"),
        bench.Json(new TrainingDetails([new("temperature", ColumnType.Real, FeatureKind.Number, 1)], classes,
            baseline,
            ["temperature"], []), LearningJson.Default.TrainingDetails),
        new TrainSpecification(kind, label, null, new FeatureSpecification(null, [], [], 64, 10, []),
            new TrainerSpecification("fast-tree", 100, 31, 0.1, 20, 1, Threads: 1)), 5000);
}
