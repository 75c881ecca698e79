namespace Mlops.Engine;

/// <summary>What some steps of a run took, and what reusing the others saved.</summary>
/// <param name="Rejected">Of both kinds: their value is there and says no.</param>
/// <param name="Stopped">Blocked, failed or cancelled.</param>
/// <param name="RunSeconds">
/// Of the steps that ran now, those that failed too, added up; not the time on the wall.
/// </param>
/// <param name="SavedRunSeconds">What the reused steps took when they were first made.</param>
public sealed record Spending(
    int Executed,
    int Reused,
    int Rejected,
    int Stopped,
    double RunSeconds,
    double CpuSeconds,
    double SavedRunSeconds,
    double SavedCpuSeconds)
{
    public static Spending None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static Spending Of(IEnumerable<StepResult> results) =>
        results.Aggregate(None, (sum, result) => sum.With(result));

    /// <summary>
    /// By pipeline, in ordinal order of their names; the empty name is that of what stands over all of them.
    /// </summary>
    public static IReadOnlyDictionary<string, Spending> ByPipeline(IEnumerable<StepResult> results) =>
        new SortedDictionary<string, Spending>(
            results.GroupBy(result => result.Name.Pipeline).ToDictionary(pipeline => pipeline.Key, Of),
            StringComparer.Ordinal);

    Spending With(StepResult result)
    {
        var counted = this with
        {
            Rejected = Rejected + (result.Rejected ? 1 : 0),
            RunSeconds = RunSeconds + result.Duration.TotalSeconds,
            CpuSeconds = CpuSeconds + result.Cpu.TotalSeconds,
        };
        return result.Status switch
        {
            StepStatus.Executed => counted with { Executed = Executed + 1 },
            StepStatus.Reused => counted with
            {
                Reused = Reused + 1,
                SavedRunSeconds = SavedRunSeconds + (result.Trace?.RunSeconds ?? 0),
                SavedCpuSeconds = SavedCpuSeconds + (result.Trace?.CpuSeconds ?? 0),
            },
            _ => counted with { Stopped = Stopped + 1 },
        };
    }
}
