namespace Mlops.Targets;

/// <summary>A line that a build adds to the closing table, below its targets.</summary>
/// <param name="Name">First column, for instance a pipeline.</param>
/// <param name="Status">Second column, for instance <c>UpToDate</c>.</param>
/// <param name="Duration">Third column; empty if null.</param>
/// <param name="Note">Last column, as long as it likes.</param>
public sealed record SummaryRow(string Name, string Status, TimeSpan? Duration = null, string? Note = null);
