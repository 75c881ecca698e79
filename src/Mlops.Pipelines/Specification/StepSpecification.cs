using System.Text.Json.Serialization;

namespace Mlops.Pipelines.Specification;

/// <summary>A step of a pipeline's own: any program.</summary>
/// <param name="Run">The program and its arguments; or, for a shell, its one script.</param>
/// <param name="Inputs">Globs relative to the pipeline's folder,
/// and references to the outputs of other steps.</param>
/// <param name="Each">What it is executed for, one by one; null executes it once.</param>
/// <param name="Environment">Variables from outside, part of the key by the digests of their values.</param>
/// <param name="Secrets">Variables from outside whose values are part of nothing.</param>
/// <param name="Tools">Programs that it calls by name, with their version;
/// null takes the digest of their file.</param>
/// <param name="Outputs">Patterns relative to the folder that it runs in.</param>
/// <param name="TimeoutSeconds">Null lets it take its time.</param>
public sealed record StepSpecification(
    IReadOnlyList<string> Run,
    bool Shell,
    IReadOnlyList<string> Inputs,
    EachSpecification? Each,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> Secrets,
    IReadOnlyDictionary<string, string?> Tools,
    IReadOnlyList<string> Outputs,
    double? TimeoutSeconds)
{
    /// <summary>Every reference to another step's outputs.</summary>
    [JsonIgnore]
    public IEnumerable<StepReference> References =>
        Inputs.Concat(Each?.Files ?? []).Select(StepReference.Of).OfType<StepReference>();
}

/// <summary>Files by glob and by reference, or all combinations of some values.</summary>
/// <param name="Matrix">Values by the name that stands for them.</param>
public sealed record EachSpecification(
    IReadOnlyList<string> Files, IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix);
