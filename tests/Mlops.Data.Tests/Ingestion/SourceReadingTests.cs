using System.Text;
using System.Text.Json;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Engine;
using static Mlops.Data.Tests.Ingestion.RandomRecords;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>What is read by hand is what the serializer reads.</summary>
public sealed class SourceReadingTests
{
    [Fact]
    public void WhatWasInferredIsReadAsItWasWritten() => Gen.Select(Column.Array[0, 4], Problems)
        .Select((columns, problems) => new InferredSource(columns, problems)).Array[0, 5]
        .Sample(sources => IsReadBack(
            sources, SourceJson.Default.IReadOnlyListInferredSource, SourceReading.Inferred), iter: 2_000);

    [Fact]
    public void WhatWasParsedIsReadAsItWasWritten() => Parsed.Array[0, 5].Sample(sources => IsReadBack(
        sources, SourceJson.Default.IReadOnlyListParsedSource, SourceReading.Parsed), iter: 2_000);

    [Fact]
    public void DatasetsAreReadAsTheyWereWritten() => RandomRecords.Dataset.Sample(
        dataset => IsReadBack(dataset, DataJson.Default.Dataset, DatasetReading.Dataset), iter: 2_000);

    [Theory]
    [InlineData("", "no table at all")]
    [InlineData("\"table\":[]", "no table")]
    [InlineData("\"table\":{\"parts\":[{}]}", "a part without a file")]
    [InlineData("\"table\":{},\"sources\":{}", "no list")]
    [InlineData("\"table\":{},\"sources\":[{\"kept-rows\":1}]", "a source without a file")]
    [InlineData("\"table\":{},\"sources\":[{\"file\":{\"digest\":\"abc\"}}]", "no digest")]
    [InlineData("\"table\":{},\"judgement\":{\"accepted\":1}", "no truth")]
    [InlineData("\"table\":{},\"origins\":[{\"column\":null}]", "no text")]
    public void ADatasetWithOneFaultIsNone(string fields, string why)
    {
        const string judgement = "\"judgement\":{\"accepted\":true}";
        ReadDataset($"{{\"table\":{{}},{judgement}}}").Judgement.Accepted.ShouldBeTrue();
        Should.Throw<JsonException>(() => ReadDataset(
            fields.Length == 0 ? $"{{{judgement}}}" : $"{{{judgement},{fields}}}"), why);
    }

    [Theory]
    [InlineData("[]", "no object")]
    [InlineData("{\"table\":{}}", "no judgement, which is not to be taken for a good one")]
    public void WhatHasNoJudgementIsNoDataset(string json, string why) =>
        Should.Throw<JsonException>(() => ReadDataset(json), why);

    static Dataset ReadDataset(string json) =>
        RecordSteps.Read(Encoding.UTF8.GetBytes(json), DatasetReading.Dataset);

    [Fact]
    public void SourcesOfEqualColumnsShareTheirSchema()
    {
        var record = """
            [{"schema":{"columns":[{"name":"a","type":"Text"}]}},
            {"schema":{"columns":[{"name":"a","type":"Text"}]}},
            {"schema":{"columns":[{"name":"b","type":"Text"}]}}]
            """u8;

        var sources = RecordSteps.Read(record, SourceReading.Parsed);

        sources[1].Schema.ShouldBeSameAs(sources[0].Schema);
        sources[2].Schema.Columns.ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    [Theory]
    [InlineData("{}", "no list")]
    [InlineData("[{\"columns\":{}}]", "no list")]
    [InlineData("[5]", "no object")]
    [InlineData("[{\"columns\":[{\"candidates\":5,\"values\":1}]}]", "no list")]
    [InlineData("[{\"columns\":[5],\"problems\":[]}]", "no object")]
    [InlineData("[{\"columns\":[{\"has-values\":1}]}]", "no truth")]
    [InlineData("[{\"columns\":[{\"values\":1.5}]}]", "no whole number")]
    [InlineData("[{\"columns\":[{\"candidates\":[\"Colour\"]}]}]", "no type")]
    [InlineData("[{\"columns\":[{\"name\":null}]}]", "no text")]
    [InlineData("[{\"columns\":[{\"name\":\"a\"", "no end")]
    [InlineData("[{\"columns\":[{\"candidates\":[\"Text\",\"Text\",\"Text\",\"Text\",\"Text\",\"Text\",\"Text\","
        + "\"Text\",\"Text\",\"Text\",\"Text\",\"Text\",\"Text\"]}]}]", "more types than there are")]
    public void AnotherRecordIsNone(string json, string why) =>
        Should.Throw<JsonException>(
            () => RecordSteps.Read(Encoding.UTF8.GetBytes(json), SourceReading.Inferred), why);

    [Fact]
    public void UnknownFieldsArePassedOver() =>
        RecordSteps.Read(
            """[{"colour":{"of":["red"]},"columns":[{"shade":[1],"name":"a","has-values":true}]}]"""u8,
            SourceReading.Inferred)
            .ShouldHaveSingleItem().Columns.ShouldHaveSingleItem().Name.ShouldBe("a");

    static void IsReadBack<T>(
        T record, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, RecordPart<T> read)
    {
        // Canonical, as a trace has it: the fields in another order than the serializer's.
        var written = CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(record, type));
        Encoding.UTF8.GetString(CanonicalJson.Write(
            JsonSerializer.SerializeToUtf8Bytes(RecordSteps.Read(written, read), type)))
            .ShouldBe(Encoding.UTF8.GetString(written));
    }
}
