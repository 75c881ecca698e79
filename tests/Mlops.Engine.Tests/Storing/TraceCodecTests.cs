using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Mlops.Engine.Tests.Storing;

/// <summary>Traces are written and read by hand: as the serializer would, which is the oracle.</summary>
public sealed class TraceCodecTests
{
    static readonly Gen<string> Text = Gen.String[0, 12];

    static readonly Gen<Digest> AnyDigest = Gen.Byte.Array[Digest.SizeBytes].Select(
        bytes => Digest.FromBytes(bytes));

    static readonly Gen<RecordText> Record = Gen.Dictionary(Text, Text.List[0, 3])[0, 4].Select(
        fields => new RecordText(CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(fields))));

    static readonly Gen<Artifact> AnyArtifact = Gen.Select(
        AnyDigest, Gen.Long[0, long.MaxValue], Text,
        (digest, length, mediaType) => new Artifact(digest, length, mediaType));

    static readonly Gen<CalledStage> Called = Gen.Select(
        Text, Gen.Int, Text, (name, version, toolchain) => new CalledStage(name, version, toolchain));

    static readonly Gen<Trace> Traces =
        from names in Text.Array[5]
        from records in Record.Array[2]
        from digests in AnyDigest.Array[2]
        from artifacts in AnyArtifact.List[0, 4]
        from times in Gen.Select(Gen.DateTimeOffset, Gen.Double[0, 1e6], Gen.Double[0, 1e6])
        from sizes in Gen.Long.Array[3]
        from version in Gen.Int
        from reasons in Text.List[0, 3]
        from children in AnyDigest.List[0, 4]
        from callsNone in Gen.Bool
        from called in Called.List[0, 3]
        select new Trace(
            digests[0], names[0], version, names[1], records[0], digests[1], records[1], artifacts,
            times.Item1, times.Item2, times.Item3, sizes[0], sizes[1], sizes[2],
            names[2], names[3], names[4], reasons, children, callsNone ? null : called);

    [Fact]
    public void ATraceIsWrittenToTheByteAsTheSerializerWritesIt() => Traces.Sample(trace =>
        Encoding.UTF8.GetString(TraceWriter.Write(trace)).ShouldBe(Serialized(trace)));

    [Fact]
    public void ATraceIsReadAsTheSerializerReadsIt() => Traces.Sample(trace =>
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(trace, EngineJson.Default.Trace);
        Serialized(TraceReader.Read(json).ShouldNotBeNull()).ShouldBe(
            Serialized(JsonSerializer.Deserialize(json, EngineJson.Default.Trace)!));
    });

    [Fact]
    public void HalfATraceIsNone() => Gen.Select(Traces, Gen.Double[0, 1]).Sample((trace, share) =>
    {
        var json = TraceWriter.Write(trace).ToArray();
        TraceReader.Read(json.AsMemory(0, (int)(share * (json.Length - 1)))).ShouldBeNull();
    });

    [Fact]
    public void ATraceThatEndsBehindAFieldIsNone() => Traces.Sample(trace =>
    {
        var json = TraceWriter.Write(trace).ToArray();
        for (var length = 0; length < json.Length; length++)
            if (length == 0 || json[length - 1] == ',')
                TraceReader.Read(json.AsMemory(0, length)).ShouldBeNull();
    });

    [Theory]
    [InlineData("key")]
    [InlineData("stage")]
    [InlineData("toolchain")]
    [InlineData("input")]
    [InlineData("output")]
    [InlineData("record")]
    [InlineData("host")]
    [InlineData("operating-system")]
    [InlineData("runtime")]
    public void ATraceThatLacksAFieldIsNone(string field) => Traces.Sample(trace =>
    {
        var fields = JsonNode.Parse(Serialized(trace))!.AsObject();
        TraceReader.Read(Encoding.UTF8.GetBytes(fields.ToJsonString())).ShouldNotBeNull();
        fields.Remove(field).ShouldBeTrue();
        TraceReader.Read(Encoding.UTF8.GetBytes(fields.ToJsonString())).ShouldBeNull();
    }, iter: 5);

    [Fact]
    public void FieldsThatALaterBuildAddsAreLeftOut() => Traces.Sample(trace =>
    {
        var json = Serialized(trace);
        var later = """{"added":{"output":[1,{}]},""" + json[1..];
        Serialized(TraceReader.Read(Encoding.UTF8.GetBytes(later)).ShouldNotBeNull()).ShouldBe(json);
    });

    [Theory]
    [InlineData("version", "\"one\"")]
    [InlineData("version", "1.5")]
    [InlineData("reasons", "[null]")]
    [InlineData("called", "[5]")]
    [InlineData("artifacts", "[5]")]
    [InlineData("key", "\"no digest\"")]
    [InlineData("stage", "null")]
    public void ATraceWithAFieldOfAnotherKindIsNone(string field, string value) => Traces.Sample(trace =>
    {
        var fields = JsonNode.Parse(Serialized(trace))!.AsObject();
        fields[field] = JsonNode.Parse(value);
        TraceReader.Read(Encoding.UTF8.GetBytes(fields.ToJsonString())).ShouldBeNull();
    }, iter: 5);

    [Theory]
    [InlineData("""["key"]""")]
    [InlineData("")]
    public void WhatIsNoObjectIsNoTrace(string json) =>
        TraceReader.Read(Encoding.UTF8.GetBytes(json)).ShouldBeNull();

    static string Serialized(Trace trace) => JsonSerializer.Serialize(trace, EngineJson.Default.Trace);
}
