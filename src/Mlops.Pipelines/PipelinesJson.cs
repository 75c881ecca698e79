using System.Text.Json.Serialization;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines;

/// <summary>How this layer's records are written into notes and settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PipelineSpecification))]
sealed partial class PipelinesJson : JsonSerializerContext;
