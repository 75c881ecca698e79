using Mlops.Engine;

/// <summary>Tells the host of the engine's steps while they run.</summary>
/// <param name="expected">How long a step took when it last ran; null where nobody knows.</param>
sealed class StepTeller(Action<StepEvent> tell, Func<StepName, TimeSpan?> expected) : IRunObserver
{
    public void Started(StepName step, IReadOnlyList<string> reasons) =>
        tell(new StepEvent.Started(step.ToString(), reasons, expected(step)));

    public void Progress(StepName step, string text) => tell(new StepEvent.Progressed(step.ToString(), text));

    public void Waiting(StepName step, string holder) => tell(new StepEvent.Waiting(step.ToString(), holder));

    public void Healing(StepName step, Artifact artifact) => tell(new StepEvent.Healing(
        step.ToString(),
        $"the store no longer has {artifact.Digest.Short} ({artifact.MediaType}) whole; it is made again"));

    public void Settled(StepResult result) => tell(new StepEvent.Settled(
        result.Name.ToString(), result.Status.ToString().ToLowerInvariant(), result.Rejected, result.Reasons,
        result.Trace?.Key.ToString(), result.Duration,
        result.Status == StepStatus.Reused
            ? TimeSpan.FromSeconds(result.Trace?.RunSeconds ?? 0)
            : TimeSpan.Zero,
        [.. result.Judgement?.Findings ?? [], .. result.Problems.Select(problem => problem.ToString())]));

    /// <remarks>Apart from the output, which may be for machines.</remarks>
    public void Noticed(Problem problem) =>
        Console.Error.WriteLine($"warning: {VisibleText.Of(problem.ToString())}");
}
