using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw delimited files → one typed dataset. Each file is parsed by a call of its own, keyed by its bytes and
/// the columns; an inferred schema is itself made of one call per file; many files are called in groups. Rows that
/// do not parse go to quarantine.
/// </summary>
public static class IngestStage
{
    /// <param name="hooks">
    /// The derived-columns hooks by name. A hook gets one file's rows and returns as many, with columns added
    /// or changed; it must be a function of them alone.
    /// </param>
    public static Stage<IngestInput, Dataset> Create(
        IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks)
    {
        var derived = new DerivedColumns(hooks);
        var parse = ParseSource.Create(derived);
        return new Stage<IngestInput, Dataset>(
            "Ingest", 1, parse.Toolchain, DataJson.Default.IngestInput, DataJson.Default.Dataset,
            (context, input) => Run(context, input, derived, parse));
    }

    static async Task<Dataset> Run(
        StageContext context, IngestInput input, DerivedColumns hooks,
        Stage<ParseInput, IReadOnlyList<ParsedSource>> parse)
    {
        ThrowIfAny(FormatProblems.Of(input, hooks));
        var columns = input.Columns ?? await Infer(context, input);
        var sources = await context.CallEach(
            parse, Groups(input).Select(group => new ParseInput(group, input.Format, columns, input.Derive)));
        ThrowIfAny(Placed(input.Sources, sources.Select(source => source.Problems)));
        ThrowIfAny(Mismatches(input, sources));
        var rejectedOrKept = sources.FirstOrDefault(source => source.Part is not null) ?? sources[0];
        return new Dataset(
            new TableParts(
                rejectedOrKept.Schema, [.. sources.Select(source => source.Part).OfType<TablePart>()]),
            [.. input.Sources.Zip(sources, (file, source) => new SourceRows(
                file, source.KeptRows, source.QuarantinedRows, source.Quarantine, source.Samples))],
            IngestJudgement.Of(
                input.Sources, sources, [.. columns.Select(column => column.Name)],
                input.QuarantineMaxShare));
    }

    static async Task<IReadOnlyList<ColumnDeclaration>> Infer(StageContext context, IngestInput input)
    {
        var sources = await context.CallEach(
            InferSource.Stage, Groups(input).Select(group => new InferInput(group, input.Format)));
        ThrowIfAny(Placed(input.Sources, sources.Select(source => source.Problems)));
        ThrowIfAny(Inference.Differences(input.Sources, sources));
        return Inference.Merge(sources);
    }

    static IReadOnlyList<IReadOnlyList<SourceBytes>> Groups(IngestInput input) => Grouping.Of(
        [.. input.Sources.Select(source => new SourceBytes(source.Digest, source.LengthBytes))],
        source => source.Source);

    /// <summary>
    /// What only shows with all files read: no rows at all, or a hook that makes other columns of each.
    /// </summary>
    static List<Problem> Mismatches(IngestInput input, IReadOnlyList<ParsedSource> sources)
    {
        var problems = new List<Problem>();
        if (sources.All(source => source.KeptRows + source.QuarantinedRows == 0))
            problems.Add(new Problem(
                "DATA-015", "No file has any row.", new Place(input.Sources[0].Name),
                Expected: "rows after the header"));
        var first = sources.FirstOrDefault(source => source.Part is not null);
        for (var i = 0; i < sources.Count; i++)
            if (sources[i].Part is not null
                && !sources[i].Schema.Columns.SequenceEqual(first!.Schema.Columns))
                problems.Add(new Problem(
                    "DATA-026", $"The hook '{input.Derive?.Name}' returned other columns than for the first file.",
                    new Place(input.Sources[i].Name), Expected: Described(first.Schema),
                    Actual: Described(sources[i].Schema)));
        return problems;
    }

    static string Described(TableSchema schema) =>
        string.Join(", ", schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    static List<Problem> Placed(
        IReadOnlyList<SourceFile> files, IEnumerable<IReadOnlyList<Problem>> problems) =>
        [.. files.Zip(problems).SelectMany(pair => pair.Second.Select(problem =>
            problem with { Where = (problem.Where ?? new Place("")) with { File = pair.First.Name } }))];

    static void ThrowIfAny(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }
}
