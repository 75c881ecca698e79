using System.Text.Json.Serialization;
using Mlops.Data.Tables;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary><c>schema.json</c>: what goes in, what comes out, and how columns become features.</summary>
/// <param name="FormatVersion">Of the package as a whole; readers refuse what they do not know.</param>
/// <param name="Columns">All columns of the dataset, so that later files can be read as it was; null in
/// packages that were made before there was this.</param>
public sealed record PackageSchema(
    int FormatVersion,
    string Pipeline,
    string? Cell,
    string Version,
    string Toolchain,
    TrainSpecification Train,
    long TrainRows,
    TrainingDetails Details,
    IReadOnlyList<Column>? Columns = null)
{
    public const int CurrentFormatVersion = 1;
}

/// <summary><c>metrics.json</c></summary>
public sealed record PackageMetrics(
    long HoldoutRows,
    IReadOnlyList<DefinedMetric> Metrics,
    IReadOnlyList<GateOutcome> Gates);

public sealed record DefinedMetric(
    string Name, string? Definition, double? Value, double? Baseline, double? Champion, bool HigherIsBetter);

/// <summary><c>golden-inputs.json</c></summary>
/// <param name="Rows">Cells in the order of the columns, in invariant text that reads back equal;
/// null is missing.</param>
public sealed record GoldenInputs(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>One row of <c>golden-predictions.json</c>.</summary>
/// <param name="DatasetRow">0-based row of the dataset in part order.</param>
/// <param name="Predicted">The predicted class; null for regression.</param>
public sealed record GoldenPrediction(long DatasetRow, string? Predicted, IReadOnlyList<ExactNumber> Numbers);

/// <param name="Bits">The IEEE 754 double in sixteen hexadecimal digits: what "equal" is decided by.</param>
public sealed record ExactNumber(double Value, string Bits)
{
    public static ExactNumber Of(double value) =>
        new(value, BitConverter.DoubleToUInt64Bits(value).ToString(
            "x16", System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>One line of what the scoring process prints.</summary>
public sealed record ScoredRow(int Row, IReadOnlyList<string> Bits);

/// <summary>
/// How a package's JSON files are written: for people and machines, the same bytes on every system.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(PackageSchema))]
[JsonSerializable(typeof(PackageMetrics))]
[JsonSerializable(typeof(GoldenInputs))]
[JsonSerializable(typeof(IReadOnlyList<GoldenPrediction>))]
[JsonSerializable(typeof(IReadOnlyList<LineageEntry>))]
sealed partial class PackagingJson : JsonSerializerContext;

/// <summary>One value per line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(ScoredRow))]
sealed partial class ScoredRowJson : JsonSerializerContext;
