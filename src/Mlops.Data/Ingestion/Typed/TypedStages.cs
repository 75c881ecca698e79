using Mlops.Data.Tables;
using Mlops.Engine;
using InferStage = Mlops.Engine.Stage<
    Mlops.Data.Ingestion.InferInput,
    System.Collections.Generic.IReadOnlyList<Mlops.Data.Ingestion.InferredSource>>;
using ParseStage = Mlops.Engine.Stage<
    Mlops.Data.Ingestion.ParseInput,
    System.Collections.Generic.IReadOnlyList<Mlops.Data.Ingestion.ParsedSource>>;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The stages that read sources of other kinds than delimited text, each with the libraries that it needs in
/// its key: a new version of one of them reads nothing again that it does not read. They are made when
/// they are first called.
/// </summary>
sealed class TypedStages(DerivedColumns hooks)
{
    static readonly string[] Kinds = [SourceKind.JsonLines, SourceKind.Parquet, SourceKind.Sqlite];

    /// <summary>All that parse.</summary>
    public IReadOnlyCollection<Stage> Parsing => [.. Kinds.Select(Parse)];

    /// <summary>All that infer.</summary>
    public static IReadOnlyCollection<Stage> Inferring => [.. Kinds.Select(Infer)];

    static string Parts => $"{PartToolchain.Words}, {PackageVersions.MicrosoftDataAnalysis}";

    /// <summary>Takes one source, of that kind.</summary>
    public ParseStage Parse(string kind) => kind switch
    {
        SourceKind.JsonLines => ParseRows("JsonLines", Parts, JsonLines),
        SourceKind.Sqlite => ParseRows("Sqlite", $"{Parts}, {PackageVersions.MicrosoftDataSqlite}", Sqlite),
        SourceKind.Parquet =>
            Parse("Parquet", $"{Parts}, {PackageVersions.DuckDBNETDataFull}", (context, source, input) =>
                ParquetSource.Parse(context, source, input, hooks)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of source."),
    };

    /// <inheritdoc cref="Parse(string)"/>
    public static InferStage Infer(string kind) => kind switch
    {
        SourceKind.JsonLines => InferRows("JsonLines", "", JsonLines),
        SourceKind.Sqlite => InferRows("Sqlite", PackageVersions.MicrosoftDataSqlite, Sqlite),
        SourceKind.Parquet => Infer("Parquet", PackageVersions.ParquetNet, (context, source, _) =>
            ParquetSource.Infer(context, source)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of source."),
    };

    static async Task<TypedRows> JsonLines(StageContext context, SourceBytes source, TextFormat format) =>
        await JsonLineRows.Open(context, source.Source, source.LengthBytes);

    static async Task<TypedRows> Sqlite(StageContext context, SourceBytes source, TextFormat format) =>
        await SqliteRows.Open(context, source.Source, format.Table, format.Query);

    ParseStage ParseRows(
        string name, string toolchain, Func<StageContext, SourceBytes, TextFormat, Task<TypedRows>> open) =>
        Parse(name, toolchain, async (context, source, input) =>
        {
            await using var rows = await open(context, source, input.Format);
            return await TypedSource.Parse(context, rows, input, source, hooks);
        });

    static InferStage InferRows(
        string name, string toolchain, Func<StageContext, SourceBytes, TextFormat, Task<TypedRows>> open) =>
        Infer(name, toolchain, async (context, source, format) =>
        {
            await using var rows = await open(context, source, format);
            return await TypedSource.Infer(context, rows, format);
        });

    static ParseStage Parse(
        string name, string toolchain,
        Func<StageContext, SourceBytes, ParseInput, Task<ParsedSource>> parse) => new(
        $"Ingest.Parse{name}", 8, toolchain, () => SourceJson.Default.ParseInput,
        () => SourceJson.Default.IReadOnlyListParsedSource, async (context, input) =>
        [
            await Told(
                context, input.Sources[0], input.Format, _ => parse(context, input.Sources[0], input),
                problems => TypedSource.Failed(input.Columns, [], problems)),
        ]);

    static InferStage Infer(
        string name, string toolchain,
        Func<StageContext, SourceBytes, TextFormat, Task<InferredSource>> infer) => new(
        $"Ingest.Infer{name}", 6, toolchain, () => SourceJson.Default.InferInput,
        () => SourceJson.Default.IReadOnlyListInferredSource, async (context, input) =>
        [
            await Told(
                context, input.Sources[0], input.Format, _ => infer(context, input.Sources[0], input.Format),
                problems => new InferredSource([], problems)),
        ]);

    /// <summary>
    /// What is wrong with a file's bytes is part of what came of it, to be said with the file's name.
    /// </summary>
    static async Task<T> Told<T>(
        StageContext context, SourceBytes source, TextFormat format, Func<TextFormat, Task<T>> read,
        Func<IReadOnlyList<Problem>, T> failed)
    {
        try
        {
            return await SourceFaults.Name(context, source.Source, source.LengthBytes, format, read);
        }
        catch (SourceFaultException fault)
        {
            return failed([fault.Problem]);
        }
        catch (ProblemException fault)
            when (fault.Problems.All(problem => problem.Id.StartsWith("DATA-", StringComparison.Ordinal)))
        {
            return failed(fault.Problems);
        }
    }
}
