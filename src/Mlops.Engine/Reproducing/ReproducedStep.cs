namespace Mlops.Engine;

/// <summary>What came of making a step's output again from nothing, beside what was recorded.</summary>
/// <param name="Recorded">Digest of the recorded output record.</param>
/// <param name="Remade">Digest of the one that was made now; null where making it failed.</param>
/// <param name="Differences">What differs, a line each; empty if nothing does.</param>
public sealed record ReproducedStep(
    StepName Step, Digest Key, Digest Recorded, Digest? Remade,
    int Artifacts, IReadOnlyList<string> Differences)
{
    public bool IsEqual => Remade == Recorded;
}
