using Mlops.Data.Tables;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Evaluation;

/// <summary>
/// A made-up shop: the amount is 10 per unit of size and 5 more in the south, plus noise; whoever spends more
/// than 50 is loyal; the tier goes by size; "luck" tells nothing. One row a day from 2024-01-01 on.
/// </summary>
static class Shop
{
    public static readonly string[] Regions = ["north", "south", "west"];

    static readonly FeatureSpecification Features =
        new(["size", "region", "luck"], [], [], 100, 10, []);

    public static TrainSpecification Amount { get; } = Specify(LearningTask.Regression, "amount");

    public static TrainSpecification Loyal { get; } = Specify(LearningTask.Binary, "loyal");

    public static TrainSpecification Tier { get; } = Specify(LearningTask.Multiclass, "tier");

    /// <param name="shift">Added to every size.</param>
    public static Table Rows(int count, int seed = 1, double shift = 0, Func<int, double>? surcharge = null)
    {
        var random = new Random(seed);
        double[] size = [.. Enumerable.Range(0, count).Select(_ => 10 * random.NextDouble() + shift)];
        double[] luck = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        int[] region = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
        double[] amount = [.. Enumerable.Range(0, count).Select(row =>
            10 * size[row] + (region[row] == 1 ? 5 : 0)
            + 4 * random.NextDouble() + (surcharge?.Invoke(row) ?? 0))];
        var start = new DateOnly(2024, 1, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return new Table(
            new TableSchema([
                new("day", ColumnType.Date), new("size", ColumnType.Real), new("region", ColumnType.Text),
                new("luck", ColumnType.Real), new("amount", ColumnType.Real),
                new("loyal", ColumnType.Boolean), new("tier", ColumnType.Text)]),
            [
                new WholeValues(
                    ColumnType.Date, [.. Enumerable.Range(start, count).Select(day => (long)day)]),
                new RealValues(size), new TextValues(region, Regions), new RealValues(luck),
                new RealValues(amount),
                new WholeValues(ColumnType.Boolean, [.. amount.Select(value => value > 50 ? 1L : 0L)]),
                new TextValues([.. size.Select(value => value < 3 ? 0 : value < 7 ? 1 : 2)],
                    ["bronze", "silver", "gold"]),
            ]);
    }

    static TrainSpecification Specify(LearningTask task, string label) =>
        new(task, label, null, Features, new TrainerSpecification("fast-tree", Trees: 20, Threads: 1));
}
