using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>What Ingest and its calls take and give, with all kinds of text in it.</summary>
static class RandomRecords
{
    public static Gen<ColumnType> Type { get; } =
        Gen.OneOf([.. Enum.GetValues<ColumnType>().Select(type => Gen.Const(type))]);

    public static Gen<string> Word { get; } = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 6], Gen.Const("é\"\\ \u2028"), Gen.Const("😀<td>"));

    public static Gen<Artifact> Artifact { get; } =
        Gen.Select(Gen.Byte.Array[0, 9], Gen.Long[0, 1L << 40], Word)
        .Select((bytes, length, type) => new Artifact(Digest.Of(bytes), length, type));

    public static Gen<Column> Typed { get; } =
        Gen.Select(Word, Type, Gen.Int[0, 18].Nullable(), Gen.Int[0, 18].Nullable())
            .Select((name, type, precision, scale) => new Column(name, type, precision, scale));

    public static Gen<Refusal> Refusal { get; } = Gen.Select(Gen.Long[0, 1L << 40], Word, Type.Array[0, 6])
        .Select((line, cell, types) => new Refusal(line, cell, types));

    public static Gen<InferredColumn> Column { get; } = Gen.Select(
            Gen.Select(Word, Gen.Bool, Type.Array[0, 6], Typed.Null()),
            Gen.Select(Gen.Long[0, 99], Gen.Long[0, 99], Refusal.Array[0, 3].Null(), Gen.Bool))
        .Select((first, second) => new InferredColumn(
            first.Item1, first.Item2, first.Item3, first.Item4,
            second.Item1, second.Item2, second.Item3, second.Item4));

    public static Gen<Problem[]> Problems { get; } =
        Gen.Select(Word, Word, Gen.Int[1, 9].Nullable(), Word.Null())
        .Select((id, what, line, next) => new Problem(id, what, new Place("", line), Next: next)).Array[0, 2];

    public static Gen<QuarantinedRow> Row { get; } = Gen.Select(Gen.Long[1, 99], Word.Null(), Word, Word)
        .Select((line, column, reason, text) => new QuarantinedRow(line, column, reason, text));

    public static Gen<ColumnFaults> Faults { get; } = Gen.Select(Word, Gen.Long[1, 99], Row)
        .Select((column, rows, first) => new ColumnFaults(column, rows, first));

    public static Gen<TablePart> Part { get; } = Gen.Select(Artifact, Gen.Long[0, 99], Artifact.Null())
        .Select((file, rows, profile) => new TablePart(file, rows, profile));

    public static Gen<Utf8Signs> Signs { get; } = Gen.Select(Gen.Int[0, 3], Gen.Long[0, 99])
        .Select((characters, line) => new Utf8Signs(characters, line));

    public static Gen<ParsedSource> Parsed { get; } = Gen.Select(
            Gen.Select(Part.Null(), Typed.Array[0, 3], Gen.Long[0, 99], Gen.Long[0, 99], Artifact.Null()),
            Gen.Select(Row.Array[0, 2], Faults.Array[0, 2], Word.Array[0, 2], Word.Array[0, 2], Problems),
            Gen.Select(Word.Null(), Word.Array[0, 2].Null(), Word.Array[0, 2].Null(), Word.Null(),
                Signs.Null()))
        .Select((rows, said, rare) => new ParsedSource(
            rows.Item1, new TableSchema(rows.Item2), rows.Item3, rows.Item4, rows.Item5,
            said.Item1, said.Item2, said.Item3, said.Item4, said.Item5,
            rare.Item1, rare.Item2, rare.Item3, rare.Item4, rare.Item5));

    static Gen<string[]?> Words { get; } = Word.Array[0, 3].Null();

    static Gen<double> Share { get; } = Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0));

    static Gen<Digest> Digests { get; } = Gen.Byte.Array[0, 9].Select(bytes => Digest.Of(bytes));

    static Gen<DerivedColumnsIdentity> Hook { get; } = Gen.Select(Word, Digests)
        .Select((name, code) => new DerivedColumnsIdentity(name, code));

    static Gen<TextFormat> Format { get; } = Gen.Select(
            Gen.Select(Word, Word.Null(), Word.Null(), Gen.Bool, Gen.Int[0, 3], Words),
            Gen.Select(Word, Word.Null(), Word.Null(), Word.Null(), Word.Null(), Words))
        .Select((first, second) => new TextFormat(
            first.Item1, first.Item2, first.Item3, first.Item4, first.Item5, first.Item6,
            second.Item1, second.Item2, second.Item3, second.Item4, second.Item5, second.Item6));

    static Gen<ColumnDeclaration> Declared { get; } = Gen.Select(
            Gen.Select(Word, Type, Word.Null(), Gen.Int[0, 9].Nullable(), Gen.Int[0, 9].Nullable(), Words),
            Gen.Select(Word.Null(), Word.Null(), Words, Words, Word.Null(), Word.Null()))
        .Select((first, second) => new ColumnDeclaration(
            first.Item1, first.Item2, first.Item3, first.Item4, first.Item5, first.Item6,
            second.Item1, second.Item2, second.Item3, second.Item4, second.Item5, second.Item6));

    static Gen<SourceFile> File { get; } = Gen.Select(Word, Digests, Gen.Long[0, 1L << 40])
        .Select((name, digest, length) => new SourceFile(name, digest, length));

    static Gen<SourceBytes> Bytes { get; } = Gen.Select(
            Digests, Gen.Long[0, 99], Word.Null(),
            Gen.Select(Word, Word).Select((column, value) => new PathValue(column, value)).Array[0, 2].Null())
        .Select((digest, length, kind, path) => new SourceBytes(digest, length, kind, path));

    public static Gen<IngestInput> IngestInput { get; } = Gen.Select(
            Gen.Select(
                File.Array[0, 3], Format, Declared.Array[0, 3].Null(), Hook.Null(), Share, Word.Null()),
            Gen.Select(
                Gen.Select(Word, Digests).Select((url, digest) => new RemoteFile(url, digest))
                    .Array[0, 2].Null(),
                Words, Word.Null(), Words, Gen.Long[0, 9].Nullable(), Words))
        .Select((first, second) => new IngestInput(
            first.Item1, first.Item2, first.Item3, first.Item4, first.Item5, first.Item6,
            second.Item1, second.Item2, second.Item3, second.Item4, second.Item5, second.Item6));

    public static Gen<InferInput> InferInput { get; } = Gen.Select(Bytes.Array[0, 3], Format, Words)
        .Select((sources, format, header) => new InferInput(sources, format, header));

    public static Gen<ParseInput> ParseInput { get; } = Gen.Select(
            Gen.Select(Bytes.Array[0, 3], Format, Declared.Array[0, 3], Hook.Null()),
            Gen.Select(Words, Words, Word.Null(), Words, Gen.Bool.Nullable()))
        .Select((first, second) => new ParseInput(
            first.Item1, first.Item2, first.Item3, first.Item4,
            second.Item1, second.Item2, second.Item3, second.Item4, second.Item5));

    public static Gen<Dataset> Dataset { get; } = Gen.Select(
            Gen.Select(Typed.Array[0, 3], Part.Array[0, 3])
                .Select((columns, parts) => new TableParts(new TableSchema(columns), parts)),
            Gen.Select(File, Gen.Long[0, 99], Gen.Long[0, 99], Artifact.Null(), Row.Array[0, 2], Words)
                .Select((file, kept, taken, artifact, rows, names) =>
                    new SourceRows(file, kept, taken, artifact, rows, names)).Array[0, 3],
            Gen.Select(Gen.Bool, Word.Array[0, 2]).Select((yes, findings) => new Judgement(yes, findings)),
            Gen.Select(Word, Word, Word.Null())
                .Select((column, evidence, because) => new ColumnOrigin(column, evidence, because))
                .Array[0, 2].Null())
        .Select((table, sources, judgement, origins) => new Dataset(table, sources, judgement, origins));
}
