using System.Text;
using System.Text.Json;
using CsCheck;

namespace Mlops.Engine.Tests.Keys;

/// <summary>What a record names is found token by token, and element by element in the oracle.</summary>
public sealed class NamedArtifactsTests
{
    [Fact]
    public void EveryArtifactOfARecordIsFoundOnceInOrder() => Record.Sample(
        json => NamedArtifacts.In(Encoding.UTF8.GetBytes(json)).ShouldBe(
            Elements(JsonElement.Parse(json)).DistinctBy(artifact => artifact.Digest)
                .OrderBy(artifact => artifact.Digest)),
        iter: 5_000);

    [Theory]
    [InlineData("""{"digest":"00","length-bytes":1}""")]
    [InlineData("""{"digest":"00","length-bytes":1.5,"media-type":"a/b"}""")]
    [InlineData("""{"digest":"00","length-bytes":"1","media-type":"a/b"}""")]
    [InlineData("""{"digest":{"of":"00"},"length-bytes":1,"media-type":"a/b"}""")]
    public void WhatLacksAFieldIsNoArtifact(string json) =>
        NamedArtifacts.In(Encoding.UTF8.GetBytes(
            json.Replace("00", new string('0', 64), StringComparison.Ordinal))).ShouldBeEmpty();

    static IEnumerable<Artifact> Elements(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Elements),
        JsonValueKind.Object when RecordShapes.AsArtifact(element) is { } artifact => [artifact],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Elements(property.Value)),
        _ => [],
    };

    /// <remarks>Two of a digest have one length and type.</remarks>
    static Gen<string> Artifact { get; } = Gen.Int[0, 9].Select(number => string.Join(
        ',',
        $$"""{"length-bytes":{{number}}""",
        $"\"digest\":\"{Digest.Of([(byte)number])}\"",
        $$"""
        "media-type":"text/{{number}}"}
        """));

    static Gen<string> Record { get; } = Gen.Recursive<string>((depth, inner) => depth == 4
        ? Artifact
        : Gen.Frequency(
            (3, Artifact),
            (1, Gen.OneOf(Gen.Const("null"), Gen.Const("\"digest\""), Gen.Const("1.5"))),
            (1, Artifact.Select(
                artifact => artifact.Replace("media-type", "name", StringComparison.Ordinal))),
            (2, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (2, inner.Array[0, 3].Select(items =>
                $"{{{string.Join(',', items.Select((item, i) => $"\"field-{i}\":{item}"))}}}"))));
}
