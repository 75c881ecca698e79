using System.Text;
using System.Text.Json;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

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

    static Gen<ColumnType> Type { get; } =
        Gen.OneOf([.. Enum.GetValues<ColumnType>().Select(type => Gen.Const(type))]);

    static Gen<string> Word { get; } = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 6], Gen.Const("é\"\\ \u2028"), Gen.Const("😀<td>"));

    static Gen<Artifact> Artifact { get; } = Gen.Select(Gen.Byte.Array[0, 9], Gen.Long[0, 1L << 40], Word)
        .Select((bytes, length, type) => new Artifact(Digest.Of(bytes), length, type));

    static Gen<Column> Typed { get; } =
        Gen.Select(Word, Type, Gen.Int[0, 18].Nullable(), Gen.Int[0, 18].Nullable())
            .Select((name, type, precision, scale) => new Column(name, type, precision, scale));

    static Gen<Refusal> Refusal { get; } = Gen.Select(Gen.Long[0, 1L << 40], Word, Type.Array[0, 6])
        .Select((line, cell, types) => new Refusal(line, cell, types));

    static Gen<InferredColumn> Column { get; } = Gen.Select(
            Gen.Select(Word, Gen.Bool, Type.Array[0, 6], Typed.Null()),
            Gen.Select(Gen.Long[0, 99], Gen.Long[0, 99], Refusal.Array[0, 3].Null(), Gen.Bool))
        .Select((first, second) => new InferredColumn(
            first.Item1, first.Item2, first.Item3, first.Item4,
            second.Item1, second.Item2, second.Item3, second.Item4));

    static Gen<Problem[]> Problems { get; } = Gen.Select(Word, Word, Gen.Int[1, 9].Nullable(), Word.Null())
        .Select((id, what, line, next) => new Problem(id, what, new Place("", line), Next: next)).Array[0, 2];

    static Gen<QuarantinedRow> Row { get; } = Gen.Select(Gen.Long[1, 99], Word.Null(), Word, Word)
        .Select((line, column, reason, text) => new QuarantinedRow(line, column, reason, text));

    static Gen<ColumnFaults> Faults { get; } = Gen.Select(Word, Gen.Long[1, 99], Row)
        .Select((column, rows, first) => new ColumnFaults(column, rows, first));

    static Gen<TablePart> Part { get; } = Gen.Select(Artifact, Gen.Long[0, 99], Artifact.Null())
        .Select((file, rows, profile) => new TablePart(file, rows, profile));

    static Gen<Utf8Signs> Signs { get; } = Gen.Select(Gen.Int[0, 3], Gen.Long[0, 99])
        .Select((characters, line) => new Utf8Signs(characters, line));

    static Gen<ParsedSource> Parsed { get; } = Gen.Select(
            Gen.Select(Part.Null(), Typed.Array[0, 3], Gen.Long[0, 99], Gen.Long[0, 99], Artifact.Null()),
            Gen.Select(Row.Array[0, 2], Faults.Array[0, 2], Word.Array[0, 2], Word.Array[0, 2], Problems),
            Gen.Select(Word.Null(), Word.Array[0, 2].Null(), Word.Array[0, 2].Null(), Word.Null(),
                Signs.Null()))
        .Select((rows, said, rare) => new ParsedSource(
            rows.Item1, new TableSchema(rows.Item2), rows.Item3, rows.Item4, rows.Item5,
            said.Item1, said.Item2, said.Item3, said.Item4, said.Item5,
            rare.Item1, rare.Item2, rare.Item3, rare.Item4, rare.Item5));

    static void IsReadBack<T>(
        IReadOnlyList<T> sources, System.Text.Json.Serialization.Metadata.JsonTypeInfo<IReadOnlyList<T>> type,
        RecordPart<IReadOnlyList<T>> read)
    {
        // Canonical, as a trace has it: the fields in another order than the serializer's.
        var record = CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(sources, type));
        Encoding.UTF8.GetString(CanonicalJson.Write(
            JsonSerializer.SerializeToUtf8Bytes(RecordSteps.Read(record, read), type)))
            .ShouldBe(Encoding.UTF8.GetString(record));
    }
}
