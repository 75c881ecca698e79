namespace Mlops.Learning.Evaluation;

/// <summary>Metrics beside each other.</summary>
static class MetricValues
{
    /// <summary>
    /// Each metric of the model, beside the baseline's and the champion's on the same rows.
    /// </summary>
    public static IReadOnlyList<MetricValue> Of(
        IReadOnlyList<MetricDescription> metrics, Outcomes model, Outcomes? baseline, Outcomes? champion) =>
    [
        .. metrics.Select(metric => new MetricValue(
            metric.Name,
            model.Metric(metric.Name),
            baseline?.Metric(metric.Name),
            champion?.Metric(metric.Name),
            metric.HigherIsBetter)),
    ];
}

/// <summary>
/// The same rows as seen by the model, the baseline and the champion, if there is one to compare with.
/// </summary>
sealed record Comparison(Outcomes Model, Outcomes Baseline, Outcomes? Champion)
{
    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<MetricDescription> metrics) =>
        MetricValues.Of(metrics, Model, Baseline, Champion);

    public Comparison Take(ReadOnlySpan<int> rows) =>
        new(Model.Take(rows), Baseline.Take(rows), Champion?.Take(rows));
}
