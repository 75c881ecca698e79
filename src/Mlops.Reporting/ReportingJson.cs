using System.Text.Json.Serialization;

namespace Mlops.Reporting;

/// <summary>How this layer's records are written into keys and traces.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditInput))]
[JsonSerializable(typeof(DriftReportInput))]
[JsonSerializable(typeof(IndexInput))]
[JsonSerializable(typeof(ReportPage))]
public sealed partial class ReportingJson : JsonSerializerContext;
