using System.Text.Json.Serialization;

namespace Mlops.Data.Validation;

/// <summary>One check of several columns or of the whole; of the kinds exactly one is given.</summary>
/// <param name="Name">What it is called in its id; null makes a name of what it asks.</param>
/// <param name="Severity">Null takes the kind's own.</param>
/// <param name="Rule">An expression that must be true in each row.</param>
/// <param name="Unique">Columns that together come once.</param>
/// <param name="Duplicates">Columns by which whole rows are compared; <c>all</c> for all of them.</param>
/// <param name="ClassBalance">Least share of the smallest label of the largest, in [0, 1].</param>
/// <param name="ConflictingLabels">Equal features with unlike labels.</param>
/// <param name="Correlation">Largest |r| between two numeric features; copies count too.</param>
/// <param name="Drift">Columns to hold against the baseline; <c>all</c> for all of them.</param>
/// <param name="Custom">A check of the build, by name.</param>
public sealed record TableRule(
    string? Name = null,
    Severity? Severity = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double FailAbove = 0,
    long? FailAboveRows = null,
    double? WarnAbove = null,
    long? WarnAboveRows = null,
    string? Rule = null,
    IReadOnlyList<string>? Unique = null,
    IReadOnlyList<string>? Duplicates = null,
    double? ClassBalance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ConflictingLabels = false,
    double? Correlation = null,
    IReadOnlyList<string>? Drift = null,
    string? Custom = null)
{
    /// <summary>Stands for all columns where columns are named.</summary>
    public const string All = "all";

    public static bool AreAll(IReadOnlyList<string> columns) => columns is [All];
}
