using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Pipelines.Graphs;

/// <summary>What a pipeline's checks take from outside.</summary>
/// <param name="Now">What the run was told the time is, ISO 8601; null where it was told nothing.</param>
/// <param name="Custom">The custom checks that the rules name, with the digest of their code.</param>
/// <param name="Files">The files that rules refer to, by the name they have there.</param>
/// <param name="PreviousOf">The dataset accepted before a cell's dataset of an identity;
/// null where there was none.</param>
public sealed record ValidationSources(
    string? Now,
    IReadOnlyList<CustomCheckIdentity> Custom,
    IReadOnlyDictionary<string, SourceFile> Files,
    Func<string?, Digest, AcceptedData?> PreviousOf)
{
    /// <summary>Whether nothing is made of data that the checks warn of; of the run, and in no key.</summary>
    public bool Strict { get; init; }

    public static ValidationSources None { get; } =
        new(null, [], new Dictionary<string, SourceFile>(), (_, _) => null);
}
