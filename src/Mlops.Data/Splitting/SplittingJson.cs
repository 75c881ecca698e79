using System.Text.Json.Serialization;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>How the records of the calls inside Split and Partition are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(PartsToDivide))]
[JsonSerializable(typeof(IReadOnlyList<DividedPart>))]
[JsonSerializable(typeof(PartsToRead))]
[JsonSerializable(typeof(Artifact))]
sealed partial class SplittingJson : JsonSerializerContext;
