using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <summary>The metrics that a pipeline may name; readable without loading ML.NET.</summary>
public static class MetricCatalog
{
    public static IReadOnlyList<MetricDescription> All { get; } =
    [
        new("auc", LearningTask.Binary, true, "Area under the ROC curve, half credit for ties"),
        new("auprc", LearningTask.Binary, true, "Average precision over distinct scores"),
        new("accuracy", LearningTask.Binary, true, "Share of rows predicted right at the stated threshold"),
        new("precision", LearningTask.Binary, true, "True positives among predicted positives"),
        new("recall", LearningTask.Binary, true, "True positives among actual positives"),
        new("f1", LearningTask.Binary, true, "2tp / (2tp + fp + fn)"),
        new("log-loss", LearningTask.Binary, false,
            "Mean negative natural log-likelihood, scores clipped to [1e-15, 1 - 1e-15]"),
        new("brier", LearningTask.Binary, false, "Mean squared difference of probability and outcome"),
        new("ece", LearningTask.Binary, false, "Expected calibration error over ten equal-width bins"),
        new("accuracy", LearningTask.Multiclass, true, "Share of rows predicted right"),
        new("macro-accuracy", LearningTask.Multiclass, true, "Mean recall over the classes present"),
        new("log-loss", LearningTask.Multiclass, false,
            "Mean negative natural log of the actual class's probability, clipped at 1e-15"),
        new("rmse", LearningTask.Regression, false, "Root of the mean squared error"),
        new("mae", LearningTask.Regression, false, "Mean absolute error"),
        new("r2", LearningTask.Regression, true,
            "1 - residual / total sum of squares; undefined for a constant target"),
        new("mape", LearningTask.Regression, false,
            "Mean absolute error relative to the target, targets equal to 0 left out"),
        new("bias", LearningTask.Regression, false, "Mean of predicted - actual; better is closer to 0"),
    ];

    public static IReadOnlyList<MetricDescription> Of(LearningTask task) =>
        [.. All.Where(metric => metric.Task == task)];
}

public sealed record MetricDescription(
    string Name, LearningTask Task, bool HigherIsBetter, string Definition);
