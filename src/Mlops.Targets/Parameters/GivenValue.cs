namespace Mlops.Targets;

/// <summary>What was given for one parameter, still as text.</summary>
/// <param name="Source">Where, for people: <c>--epochs</c>, <c>MLOPS_EPOCHS</c>,
/// <c>build/parameters.json(3)</c>.</param>
/// <param name="Base">The folder that relative paths start from.</param>
sealed record GivenValue(IReadOnlyList<string> Texts, string Source, AbsolutePath Base);
