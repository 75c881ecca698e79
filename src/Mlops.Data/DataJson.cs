using System.Text.Json.Serialization;
using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Splitting;
using Mlops.Data.Validation;

namespace Mlops.Data;

/// <summary>How this layer's records are written into keys, traces and artifacts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IngestInput))]
[JsonSerializable(typeof(Dataset))]
[JsonSerializable(typeof(PartitionInput))]
[JsonSerializable(typeof(Partitioning))]
[JsonSerializable(typeof(SplitInput))]
[JsonSerializable(typeof(Split))]
[JsonSerializable(typeof(ValidateInput))]
[JsonSerializable(typeof(DataValidation))]
[JsonSerializable(typeof(ValidationDetails))]
[JsonSerializable(typeof(DriftResult))]
[JsonSerializable(typeof(QuarantineInput))]
[JsonSerializable(typeof(QuarantineResult))]
[JsonSerializable(typeof(DriftReference))]
public sealed partial class DataJson : JsonSerializerContext;
