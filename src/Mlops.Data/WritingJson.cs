using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Data.Ingestion;

namespace Mlops.Data;

/// <summary>
/// What Ingest and its calls take and give, to the byte as <see cref="DataJson"/> and
/// <see cref="SourceJson"/> write it, and for writing alone: what is generated is called as it is, where the
/// others first describe every type to the serializer.
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
sealed partial class WritingJson : JsonSerializerContext
{
    public static void Write(Utf8JsonWriter json, IngestInput input) =>
        Default.IngestInputSerializeHandler(json, input);

    public static void Write(Utf8JsonWriter json, Dataset dataset) =>
        Default.DatasetSerializeHandler(json, dataset);

    public static void Write(Utf8JsonWriter json, ParseInput input) =>
        Default.ParseInputSerializeHandler(json, input);

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ParsedSource> sources) =>
        Default.IReadOnlyListParsedSourceSerializeHandler(json, sources);

    public static void Write(Utf8JsonWriter json, InferInput input) =>
        Default.InferInputSerializeHandler(json, input);

    public static void Write(Utf8JsonWriter json, IReadOnlyList<InferredSource> sources) =>
        Default.IReadOnlyListInferredSourceSerializeHandler(json, sources);
}
