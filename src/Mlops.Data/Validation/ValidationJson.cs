using System.Text.Json.Serialization;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>How the records inside Validate are written into keys, traces and artifacts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProfilePartsInput))]
[JsonSerializable(typeof(CheckPartsInput))]
[JsonSerializable(typeof(PartChecks))]
[JsonSerializable(typeof(DigestPartsInput))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(SamplePartsInput))]
[JsonSerializable(typeof(PartSample))]
[JsonSerializable(typeof(OrderInput))]
[JsonSerializable(typeof(GapInput))]
[JsonSerializable(typeof(GapFound))]
[JsonSerializable(typeof(RowCheckResult))]
[JsonSerializable(typeof(ReferenceData))]
[JsonSerializable(typeof(ReferenceValues))]
[JsonSerializable(typeof(CustomPartInput))]
[JsonSerializable(typeof(CustomPart))]
sealed partial class ValidationJson : JsonSerializerContext;
