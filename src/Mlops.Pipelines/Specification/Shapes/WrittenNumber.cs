namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>A number as it stands in a specification.</summary>
/// <param name="Value">The nearest double.</param>
/// <param name="Exact">Its text, where the double does not say as much: 9007199254740993.</param>
readonly record struct WrittenNumber(double Value, string? Exact);
