using System.Text.Json.Serialization;

namespace Mlops.Engine.Tests;

/// <summary>What the test stages pass to each other: small numbers, some of them in artifacts.</summary>
public sealed record Sum(string Parameter, IReadOnlyList<long> Terms, IReadOnlyList<SourceFile> Sources);

public sealed record Total(long Value, Artifact Text, Judgement Judgement) : IJudged;

public sealed record Both(Total First, Total Second);

/// <summary>A total that leaves the build.</summary>
public sealed record Packed(
    Artifact Archive, string FileName, string Version, Judgement Judgement) : IReleased;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(Total))]
[JsonSerializable(typeof(Packed))]
[JsonSerializable(typeof(Both))]
[JsonSerializable(typeof(Digest))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(SourceFile))]
sealed partial class NumbersJson : JsonSerializerContext;
