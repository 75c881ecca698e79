using Mlops.Engine;

/// <summary>
/// Says at once when a step waits for another process or for what the store lost, and what is not as it
/// should be; everything else is said when it has settled.
/// </summary>
/// <param name="warnings">Apart from the output, which may be for machines.</param>
sealed class WaitingLog(TextWriter output, TextWriter warnings) : IRunObserver
{
    public void Started(StepName step, IReadOnlyList<string> reasons)
    {
    }

    public void Progress(StepName step, string text)
    {
    }

    public void Waiting(StepName step, string holder) =>
        output.WriteLine($"  waiting    {step}: {holder} is making it");

    public void Healing(StepName step, Artifact artifact) => output.WriteLine(
        $"  healing    {step}: the store no longer has {artifact.Digest.Short} ({artifact.MediaType}) whole; "
        + "it is made again");

    public void Settled(StepResult result)
    {
    }

    public void WaitingForCollection() => OfCollection(output)();

    /// <summary>Says that a collection is waited for.</summary>
    public static Action OfCollection(TextWriter output) =>
        () => output.WriteLine("  waiting    for Gc, which has the workspace to itself for a moment");

    public void Noticed(Problem problem) =>
        warnings.WriteLine($"warning: {VisibleText.Of(problem.ToString())}");
}
