using System.Text.Json.Serialization;
using Mlops.Data.Ingestion;

namespace Mlops.Data;

/// <summary>
/// What Ingest and its calls take and give, to the byte as <see cref="DataJson"/> and
/// <see cref="SourceJson"/> write it, and for writing alone: that goes straight on, where the others first
/// describe every type.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IngestInput))]
[JsonSerializable(typeof(Dataset))]
[JsonSerializable(typeof(ParseInput))]
[JsonSerializable(typeof(IReadOnlyList<ParsedSource>))]
[JsonSerializable(typeof(InferInput))]
[JsonSerializable(typeof(IReadOnlyList<InferredSource>))]
sealed partial class WritingJson : JsonSerializerContext;
