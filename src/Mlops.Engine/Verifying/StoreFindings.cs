namespace Mlops.Engine;

/// <summary>What reading a whole store back has found.</summary>
/// <param name="Artifacts">How many were read.</param>
/// <param name="ArtifactBytes">Their length, together.</param>
/// <param name="Problems">One for each entry that is damaged or missing, in the order of their paths.</param>
public sealed record StoreFindings(
    int Artifacts, long ArtifactBytes, int Traces, int Steps, IReadOnlyList<Problem> Problems);
