using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Learning.Evaluation;

/// <summary>
/// How much worse a model gets when one raw column is shuffled (Breiman, 2001), told on holdout rows.
/// </summary>
static class PermutationImportance
{
    const int Repeats = 3;

    /// <param name="table">Measurable rows only.</param>
    /// <param name="maxRows">Of more rows, this many are drawn.</param>
    /// <returns>By falling importance; empty where the metric is not defined on these rows.</returns>
    public static IReadOnlyList<FeatureImportance> Measure(
        LoadedModel model, Table table, MetricDescription metric, int maxRows, CancellationToken cancellation)
    {
        var seed = model.Train.Seed;
        var rows = table.RowCount <= maxRows
            ? table
            : table.Take([.. SeededPermutation.Of(table.RowCount, seed, "rows").Take(maxRows).Order()]);
        if (maxRows == 0 || model.Measure(rows).Metric(metric.Name) is not { } intact)
            return [];
        var columns = model.Scorer.Columns;
        var importance = new FeatureImportance[columns.Count];
        // Each column writes its own slot and draws from its own seed: the threads change nothing.
        Parallel.For(0, columns.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            importance[i] = OfColumn(model, rows, columns[i], metric, intact));
        return [.. importance
            .OrderByDescending(column => column.Drop)
            .ThenBy(column => column.Column, StringComparer.Ordinal)];
    }

    static FeatureImportance OfColumn(
        LoadedModel model, Table table, string column, MetricDescription metric, double intact)
    {
        var drops = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{repeat}\n{column}");
            var order = SeededPermutation.Of(table.RowCount, model.Train.Seed, name);
            var shuffled = Replace(table, column, table[column].Take(order));
            var value = model.Measure(shuffled).Metric(metric.Name) ?? intact;
            drops[repeat] = MetricLoss.Worsening(metric, intact, value);
        }
        var mean = drops.Average();
        var variance = drops.Sum(drop => (drop - mean) * (drop - mean)) / (Repeats - 1);
        return new FeatureImportance(column, mean, Math.Sqrt(variance));
    }

    static Table Replace(Table table, string column, ColumnValues values) => new(
        table.Schema,
        [.. table.Schema.Columns.Select(other => other.Name == column ? values : table[other.Name])]);
}
