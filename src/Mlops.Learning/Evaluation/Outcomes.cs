namespace Mlops.Learning.Evaluation;

/// <summary>
/// What happened beside what a model said, row for row. Every row has a label and a finite prediction.
/// </summary>
public abstract class Outcomes
{
    public abstract int Count { get; }

    /// <summary>The given rows (from 0), in the given order.</summary>
    public abstract Outcomes Take(ReadOnlySpan<int> rows);

    /// <param name="name">One of the task's metrics in <see cref="MetricCatalog"/>.</param>
    /// <returns>Null where the metric is not defined on these rows: a division by zero, or no rows.</returns>
    /// <exception cref="ArgumentException">The task has no such metric.</exception>
    public double? Metric(string name) => Count == 0 ? null : Measure(name);

    /// <summary>
    /// What the model lost on one row: 0 or 1 for right or wrong of a class, the absolute error of a number.
    /// </summary>
    public abstract double Loss(int row);

    protected abstract double? Measure(string name);

    private protected static ArgumentException Unknown(string metric) =>
        new($"This task has no metric '{metric}'.", nameof(metric));

    private protected static double? Ratio(double numerator, double denominator) =>
        denominator == 0 ? null : numerator / denominator;

    private protected static T[] Pick<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
