namespace Mlops.Engine;

/// <summary>An output record that may say no: a finished value all the same, cached like any other.</summary>
public interface IJudged
{
    Judgement Judgement { get; }
}

/// <param name="Accepted">False stops what needs an accepted value,
/// and fails the target that asked for it.</param>
/// <param name="Findings">Why not, one sentence each; also what was let pass with a warning.</param>
public sealed record Judgement(bool Accepted, IReadOnlyList<string> Findings)
{
    public static Judgement Accept { get; } = new(true, []);
}
