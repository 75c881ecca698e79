using System.Text.Json.Serialization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation;

/// <summary>
/// The checks of one column; those that are null or false are not made. Missing cells only count for
/// MissingMaxShare, Required and CompleteIf.
/// </summary>
/// <param name="Severity">Null takes each check's own: info for outliers; warn for length, order, gaps,
/// freshness, statistics, sets of values, new values, mixed and personal data; else error.</param>
/// <param name="Type">The type the column must have.</param>
/// <param name="Pattern">A regular expression that must match the whole text (non-backtracking).</param>
/// <param name="FailAbove">Share of values in [0, 1] that may break a row check before it counts.</param>
/// <param name="FailAboveRows">How many may, as a count.</param>
/// <param name="WarnAbove">Share from which on it is a warning, while it does not fail.</param>
/// <param name="Above">Lower bound that itself is not acceptable.</param>
/// <param name="Below">Upper bound that itself is not acceptable.</param>
/// <param name="SetMinShare">Share of the values that must be in Set; 1 where null.</param>
/// <param name="CompleteIf">An expression; where it is true the cell must not be missing.</param>
/// <param name="MinLength">In Unicode code points.</param>
/// <param name="Formats">.NET date or time patterns of text, any of which must fit.</param>
/// <param name="NotInFuture">Not after the run's <c>--now</c>.</param>
/// <param name="Order"><c>increasing</c>, <c>decreasing</c>, or either with <c>strictly-</c> before it,
/// in row order.</param>
/// <param name="Per">Columns within whose equal values Order is asked.</param>
/// <param name="MaxAgeSeconds">Longest time from the newest value to <c>--now</c>.</param>
/// <param name="MaxGapSeconds">Longest time between consecutive values.</param>
/// <param name="Distinct">How many different values there may be.</param>
/// <param name="MostShare">Largest share in [0, 1] that one value may have.</param>
/// <param name="ValuesIn">All values are among these; as a set, told once.</param>
/// <param name="NewValues">Values that the baseline does not have.</param>
/// <param name="Mixed">Rare numbers among words or words among numbers, several ways to write "missing",
/// nothing but special characters.</param>
/// <param name="OutliersIqr">How many interquartile ranges beyond the quartiles a value may lie.</param>
/// <param name="OutliersSd">How many standard deviations from the mean a value may lie.</param>
/// <param name="Pii">Kinds of personal data that must not be in it: email, card, phone, iban,
/// or a pattern.</param>
/// <param name="LowWritten">Min or Above as it was written, where a double does not say as much;
/// see <see cref="Expressions.RuleText.Exact"/>.</param>
/// <param name="HighWritten">Max or Below, likewise.</param>
public sealed record ColumnRule(
    string Column,
    Severity? Severity = null,
    ColumnType? Type = null,
    double? MissingMaxShare = null,
    double? Min = null,
    double? Max = null,
    IReadOnlyList<string>? Set = null,
    string? Pattern = null,
    bool Unique = false,
    double FailAbove = 0,
    long? FailAboveRows = null,
    double? WarnAbove = null,
    long? WarnAboveRows = null,
    double? Above = null,
    double? Below = null,
    double? SetMinShare = null,
    IReadOnlyList<string>? Forbidden = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Required = false,
    string? CompleteIf = null,
    int? MinLength = null,
    int? MaxLength = null,
    IReadOnlyList<string>? Formats = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NotInFuture = false,
    string? Order = null,
    IReadOnlyList<string>? Per = null,
    ReferenceRule? References = null,
    double? MaxAgeSeconds = null,
    double? MaxGapSeconds = null,
    IReadOnlyList<StatisticRule>? Statistics = null,
    Bounds? Distinct = null,
    double? MostShare = null,
    IReadOnlyList<string>? ValuesIn = null,
    IReadOnlyList<string>? ValuesContain = null,
    IReadOnlyList<string>? ValuesEqual = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NewValues = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Mixed = false,
    double? OutliersIqr = null,
    double? OutliersSd = null,
    IReadOnlyList<string>? Pii = null,
    string? LowWritten = null,
    string? HighWritten = null);

/// <param name="Name"><c>mean</c>, <c>median</c>, <c>sd</c>, <c>sum</c> or <c>quantile</c>.</param>
/// <param name="At">Which quantile, in [0, 1].</param>
public sealed record StatisticRule(string Name, Bounds Bounds, double? At = null);

/// <summary>
/// Where each value must be found: in a column of another pipeline's dataset or of a delimited file.
/// </summary>
/// <param name="Pipeline">The other pipeline's name; null for a file.</param>
/// <param name="File">A delimited text file relative to the pipeline's folder; null for a pipeline.</param>
/// <param name="Format">How the file is written; null for commas, or tabs where its name says so.</param>
public sealed record ReferenceRule(
    string Column, string? Pipeline = null, string? File = null, TextFormat? Format = null);
