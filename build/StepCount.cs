using System.Globalization;
using Mlops.Engine;

/// <summary>
/// The lines of the closing table on what a run's steps took, what reuse saved, and what that costs.
/// </summary>
sealed class StepCount(Prices? prices)
{
    const int MostPipelines = 20;

    readonly List<StepResult> results = [];

    /// <summary>What the closing table says of each target's steps.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["Executed", "Reused", "Saved", "Cost"];

    public IReadOnlyList<StepResult> Results => results;

    public void Add(StepResult result) => results.Add(result);

    /// <summary>A line for each pipeline where there are several, and one for all.</summary>
    public IReadOnlyList<CountLine> Lines()
    {
        var pipelines = Spending.ByPipeline(results).Where(pipeline => pipeline.Key.Length > 0).ToList();
        return
        [
            .. pipelines.Count is > 1 and <= MostPipelines
                ? pipelines.Select(pipeline => new CountLine(pipeline.Key, Text(pipeline.Value)))
                : [],
            new CountLine("Steps", Text(Spending.Of(results))),
        ];
    }

    /// <summary>
    /// In the order of the columns; empty where there is nothing to say. Without prices the cost is CPU time.
    /// </summary>
    public IReadOnlyList<string> Counts(IReadOnlyList<StepResult> own)
    {
        var spent = Spending.Of(own);
        return
        [
            Number(spent.Executed),
            Number(spent.Reused),
            spent.SavedRunSeconds == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{spent.SavedRunSeconds:0.0} s"),
            spent.CpuSeconds == 0 ? "" : prices is { PerCoreHour: > 0 }
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{prices.Money(spent.CpuSeconds):0.####} {prices.Currency}")
                : string.Create(CultureInfo.InvariantCulture, $"{spent.CpuSeconds:0.0} s CPU"),
        ];
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    string Text(Spending spending) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spending.Executed} executed in {spending.RunSeconds:0.0} s{Cost(spending.CpuSeconds)}, "
        + $"{spending.Reused} reused (saved {spending.SavedRunSeconds:0.0} "
        + $"s{Cost(spending.SavedCpuSeconds)}), {spending.Rejected} rejected, {spending.Stopped} not run");

    /// <remarks>Without prices nothing is said of money: a made-up figure would be worse.</remarks>
    string Cost(double cpuSeconds) => cpuSeconds == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", CPU {cpuSeconds:0.0} s{(prices is null ? "" : Price(prices, cpuSeconds))}");

    static string Price(Prices prices, double cpuSeconds) => string.Create(
        CultureInfo.InvariantCulture,
        $" = {prices.Money(cpuSeconds):0.######} {prices.Currency} and "
        + $"{prices.WattHours(cpuSeconds):0.###} Wh");
}

/// <param name="Name">A pipeline, or what stands for all of them.</param>
sealed record CountLine(string Name, string Text);
