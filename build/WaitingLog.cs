using Mlops.Engine;

/// <summary>Says at once when a step waits for another process or for what the store lost; everything else is said when it has settled.</summary>
sealed class WaitingLog(TextWriter output) : IRunObserver
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
        $"  healing    {step}: the store no longer has {artifact.Digest.Short} ({artifact.MediaType}) whole; it is made again");

    public void Settled(StepResult result)
    {
    }

    public void WaitingForCollection() => output.WriteLine("  waiting    for Gc, which has the workspace to itself for a moment");
}
