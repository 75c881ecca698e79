using Mlops.Data.Tables;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests;

/// <summary>
/// Small tables with everything that a feature can be: gaps, categories, dates, booleans, constants.
/// </summary>
static class Samples
{
    static readonly string[] Plans = ["basic", "plus", "trial"];
    static readonly string[] Species = ["adelie", "chinstrap", "gentoo"];

    /// <summary>
    /// Columns size, load, active, plan, city, day, fixed and the labels churn, species, cost.
    /// </summary>
    public static Table Table(int rows = 400, int seed = 7)
    {
        var random = new Random(seed);
        var size = Fill(
            rows, _ => random.NextDouble() < 0.1 ? double.NaN : Math.Round(random.NextDouble() * 10, 3));
        var load = Fill(rows, _ => Math.Round(random.NextDouble() * 100, 2));
        var active = FillWhole(rows, _ => random.Next(2));
        var plan = FillWhole(rows, _ => random.Next(-1, 3));
        var city = FillWhole(rows, _ => random.Next(40));
        var day = FillWhole(rows, _ => 17_000 + random.Next(700));
        var signal = Fill(rows,
            row => (double.IsNaN(size[row]) ? 5 : size[row]) + load[row] / 20 + plan[row] * 2
                + active[row] + random.NextDouble());
        return new Table(
            new TableSchema(
            [
                new("size", ColumnType.Real), new("load", ColumnType.Real), new("active", ColumnType.Boolean),
                new("plan", ColumnType.Text), new("city", ColumnType.Text), new("day", ColumnType.Date),
                new("fixed", ColumnType.Integer), new("churn", ColumnType.Text),
                new("species", ColumnType.Text), new("cost", ColumnType.Real),
            ]),
            [
                new RealValues(size), new RealValues(load), new WholeValues(ColumnType.Boolean, active),
                Text(plan, Plans), Text(city, [.. Enumerable.Range(0, 40).Select(i => $"city {i}")]),
                new WholeValues(ColumnType.Date, day),
                new WholeValues(ColumnType.Integer, FillWhole(rows, _ => 3)),
                Text(FillWhole(rows, row => signal[row] > 10 ? 1 : 0), ["No", "Yes"]),
                Text(FillWhole(rows, row => signal[row] > 12 ? 2 : signal[row] > 8 ? 1 : 0), Species),
                new RealValues(Fill(rows, row => Math.Round(10 + 3 * signal[row], 4))),
            ]);
    }

    public static TrainSpecification Train(LearningTask task, string trainer) => new(
        task, Label(task), null,
        new FeatureSpecification(
            null, [.. Enum.GetValues<LearningTask>().Select(Label).Where(name => name != Label(task))], [],
            20, 4, [DatePart.Month, DatePart.DayOfWeek]),
        new TrainerSpecification(trainer, Trees: 20));

    public static string Label(LearningTask task) => task switch
    {
        LearningTask.Binary => "churn",
        LearningTask.Multiclass => "species",
        _ => "cost",
    };

    static TextValues Text(long[] codes, string[] levels) =>
        new([.. codes.Select(code => (int)code)], levels);

    static double[] Fill(int rows, Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(value)];

    static long[] FillWhole(int rows, Func<int, long> value) => [.. Enumerable.Range(0, rows).Select(value)];
}
