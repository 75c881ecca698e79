using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>What is written with less to describe is to the byte what the serializer writes.</summary>
public sealed class WritingJsonTests
{
    [Fact]
    public void InputsOfIngestAreWrittenAsEver() => AreAlike(
        RandomRecords.IngestInput, DataJson.Default.IngestInput, WritingJson.Write);

    [Fact]
    public void DatasetsAreWrittenAsEver() => AreAlike(
        RandomRecords.Dataset, DataJson.Default.Dataset, WritingJson.Write);

    [Fact]
    public void InputsOfInferenceAreWrittenAsEver() => AreAlike(
        RandomRecords.InferInput, SourceJson.Default.InferInput, WritingJson.Write);

    [Fact]
    public void InputsOfParsingAreWrittenAsEver() => AreAlike(
        RandomRecords.ParseInput, SourceJson.Default.ParseInput, WritingJson.Write);

    [Fact]
    public void WhatWasInferredIsWrittenAsEver() => AreAlike(
        Gen.Select(RandomRecords.Column.Array[0, 4], RandomRecords.Problems)
            .Select((columns, problems) => new InferredSource(columns, problems)).Array[0, 4]
            .Select(sources => (IReadOnlyList<InferredSource>)sources),
        SourceJson.Default.IReadOnlyListInferredSource, WritingJson.Write);

    [Fact]
    public void WhatWasParsedIsWrittenAsEver() => AreAlike(
        RandomRecords.Parsed.Array[0, 4].Select(sources => (IReadOnlyList<ParsedSource>)sources),
        SourceJson.Default.IReadOnlyListParsedSource, WritingJson.Write);

    static void AreAlike<T>(Gen<T> records, JsonTypeInfo<T> ever, Action<Utf8JsonWriter, T> write) =>
        records.Sample(
            record => Written(record, write)
                .ShouldBe(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(record, ever))),
            iter: 1_000);

    static string Written<T>(T record, Action<Utf8JsonWriter, T> write)
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written))
            write(json, record);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
