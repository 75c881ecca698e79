using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw delimited files → one typed dataset. Large files are cut into pieces. Each small file and each piece
/// is parsed by a call of its own, keyed by its bytes and the columns; an inferred schema is itself made of
/// such calls; many are called in groups. Rows that do not parse go to quarantine.
/// </summary>
public static class IngestStage
{
    /// <param name="hooks">
    /// The derived-columns hooks by name. A hook gets one file's rows and returns as many, with columns added
    /// or changed; it must be a function of them alone.
    /// </param>
    /// <param name="offline">Then no file is fetched that the store does not have.</param>
    public static Stage<IngestInput, Dataset> Create(
        IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks, bool offline = false) =>
        Create(hooks, CutSource.MinBytes, CutSource.MaxBytes, offline);

    /// <param name="minBytes">Bounds of the pieces that files longer than <paramref name="maxBytes"/>
    /// are cut into.</param>
    internal static Stage<IngestInput, Dataset> Create(
        IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks,
        long minBytes, long maxBytes, bool offline = false)
    {
        var derived = new DerivedColumns(hooks);
        var fetch = FetchStage.Create(offline);
        var query = QueryStage.Create(derived);
        var parse = ParseSource.Create(derived);
        return new Stage<IngestInput, Dataset>(
            "Ingest", 11, parse.Toolchain, () => DataJson.Default.IngestInput, () => DataJson.Default.Dataset,
            async (context, declared) =>
            {
                ThrowIfAny(FormatProblems.Of(declared, derived));
                var input = await Fetched(context, declared, fetch);
                if (input.Sql is not null)
                    return await Query(context, input, query);
                var units = await SourceUnits.Of(context, input, minBytes, maxBytes);
                var schema = input.Columns is { } given
                    ? new InferredSchema(given, ColumnOrigins.Declared(given), [])
                    : await Infer(context, input, units, parse);
                return await Parse(context, input, units, schema, parse);
            })
        {
            InputWriter = WritingJson.Write,
            OutputWriter = WritingJson.Write,
            ReadOutput = DatasetReading.Dataset,
            Calls = () => [CutSource.Stage, InferSource.Stage, parse, fetch, query],
        };
    }

    /// <summary>With the files from elsewhere behind those that lie here.</summary>
    static async Task<IngestInput> Fetched(
        StageContext context, IngestInput input, Stage<RemoteFile, Artifact> fetch)
    {
        if (input.Downloads is not { Count: > 0 } downloads)
            return input;
        var fetched = await context.CallAll(fetch, downloads);
        return input with
        {
            Sources =
            [
                .. input.Sources,
                .. downloads.Zip(fetched,
                    (file, artifact) => new SourceFile(file.Name, file.Sha256, artifact.LengthBytes)),
            ],
        };
    }

    /// <summary>The files have no rows in the dataset themselves; the statement's result has.</summary>
    static async Task<Dataset> Query(
        StageContext context, IngestInput input, Stage<QueryInput, QueryOutput> query)
    {
        var (columns, result) = await context.Call(
            query, new QueryInput(input.Sources, input.Sql!, input.Format, input.Columns, input.Derive));
        var text = System.Text.Encoding.UTF8.GetBytes(input.Sql!);
        var statement = new SourceFile(SourceKind.QueryName, Digest.Of(text), text.Length);
        ThrowIfAny([.. result.Problems.Select(problem => problem with
        {
            Where = problem.Where is { File.Length: > 0 }
                ? problem.Where
                : (problem.Where ?? new Place("")) with { File = SourceKind.QueryName },
        })]);
        var outcome = (await SourceOutcome.Of(context, [new ParsedPiece(1, result)], null))
            .Shown(new Redaction(input.Redact));
        ThrowIfAny(Mismatches(input with { Sources = [statement] }, [outcome]));
        return new Dataset(
            new TableParts(outcome.Schema, outcome.Parts),
            [
                .. input.Sources.Select(file => new SourceRows(file, 0, 0, null, [])),
                new SourceRows(statement, outcome.KeptRows,
                    outcome.QuarantinedRows, outcome.Quarantine, outcome.Samples),
            ],
            IngestJudgement.Of(input with { Sources = [statement] }, [outcome],
                [.. columns.Select(column => column.Name)], []),
            ColumnOrigins.Of(outcome.Schema, input.Columns is { } declared
                ? ColumnOrigins.Declared(declared)
                : [.. columns.Select(column => new ColumnOrigin(column.Name, "as the statement gives it"))],
                input.Derive));
    }

    static async Task<Dataset> Parse(
        StageContext context, IngestInput input, IReadOnlyList<SourceUnit> units,
        InferredSchema schema, Stage<ParseInput, IReadOnlyList<ParsedSource>> parse)
    {
        var columns = schema.Columns;
        var parsed = await context.CallEach(
            parse, SourceUnits.Groups(units).Select(group => ToParse(input, group, columns)));
        ThrowIfAny(Placed(input.Sources, units, parsed.Select(unit => unit.Problems)));
        var redaction = new Redaction(input.Redact);
        var sources = new List<SourceOutcome>();
        foreach (var (start, end) in SourceUnits.Files(units))
        {
            var pieces = new ParsedPiece[end - start];
            for (var i = start; i < end; i++)
                pieces[i - start] = new ParsedPiece(units[i].FirstLine, parsed[i]);
            var encoding = input.Format.Encoding is null ? units[end - 1].Cut?.Encoding : null;
            sources.Add((await SourceOutcome.Of(
                context, pieces, encoding == DetectedEncoding.Utf8 ? null : encoding)).Shown(redaction));
        }
        ThrowIfAny(Mismatches(input, sources));
        var rejectedOrKept = sources.FirstOrDefault(source => source.Parts.Count > 0) ?? sources[0];
        var findings = input.Columns is { } declared
            ? TypeChanges.Of(context, input, sources, declared)
            : schema.Findings;
        return new Dataset(
            new TableParts(rejectedOrKept.Schema, [.. sources.SelectMany(source => source.Parts)]),
            [.. input.Sources.Zip(sources, (file, source) => new SourceRows(
                file, source.KeptRows, source.QuarantinedRows, source.Quarantine, source.Samples,
                source.Names))],
            IngestJudgement.Of(input, sources, [.. columns.Select(column => column.Name)], findings),
            ColumnOrigins.Of(rejectedOrKept.Schema, schema.Origins, input.Derive));
    }

    static ParseInput ToParse(
        IngestInput input, IReadOnlyList<SourceUnit> group, IReadOnlyList<ColumnDeclaration> columns) => new(
            [.. group.Select(unit => unit.Bytes)], group[0].Format, columns, input.Derive,
            group[0].Cut is not { } cut ? null
                : input.Format.Header || input.Columns is null ? cut.Header
                : CellNames.Of(columns, group[0].Bytes.Path).Of(cut.Header.Count),
            input.Partitions, input.OnSchemaChange, input.MayLack,
            !input.Format.Header && input.Columns is null ? true : null);

    static async Task<InferredSchema> Infer(
        StageContext context, IngestInput input, IReadOnlyList<SourceUnit> units,
        Stage<ParseInput, IReadOnlyList<ParsedSource>> parse)
    {
        var groups = SourceUnits.Groups(units).ToList();
        var answers = await context.CallAll(
            InferSource.Stage,
            groups.Select(group => new InferInput(
                [.. group.Select(unit => unit.Bytes)], group[0].Format, group[0].Cut?.Header)),
            known => context.Foresee(parse, LikelyToParse(input, groups, known)));
        List<InferredSource> inferred = [.. answers.SelectMany(answer => answer)];
        ThrowIfAny(Placed(input.Sources, units, inferred.Select(unit => unit.Problems)));
        var withPaths = inferred
            .Zip(units, (columns, unit) => Inference.WithPath(columns, unit.Bytes.Path, input)).ToList();
        var begins = withPaths.Where((_, i) => units[i].Cut is null);
        if (input.OnSchemaChange != SchemaChange.Adapt)
            ThrowIfAny(Inference.Differences(input.Sources, [.. begins]));
        var redaction = new Redaction(input.Redact);
        return Inference.Schema(input.Sources, units, [.. withPaths.Select(redaction.Of)]);
    }

    /// <summary>
    /// Most new files leave the columns what they were, so they can be parsed while they are looked at.
    /// </summary>
    /// <param name="known">What was found of each group; null where it is about to be.</param>
    static IEnumerable<ParseInput> LikelyToParse(
        IngestInput input, IReadOnlyList<IReadOnlyList<SourceUnit>> groups,
        IReadOnlyList<IReadOnlyList<InferredSource>?> known)
    {
        var columns = Inference.Merge([.. groups.Zip(known).SelectMany(pair =>
            (pair.Second ?? []).Zip(pair.First, (source, unit) =>
                Inference.WithPath(source, unit.Bytes.Path, input)))]);
        return groups.Where((_, i) => known[i] is null).Select(group => ToParse(input, group, columns));
    }

    /// <summary>
    /// What only shows with all files read: no rows at all, or a hook that makes other columns of each.
    /// </summary>
    static List<Problem> Mismatches(IngestInput input, List<SourceOutcome> sources)
    {
        var problems = new List<Problem>();
        if (sources.All(source => source.KeptRows + source.QuarantinedRows == 0))
            problems.Add(input.Sql is not null
                ? new Problem(
                    "DATA-015", "The statement gives no row.", new Place(SourceKind.QueryName),
                    Expected: "at least one row",
                    Next: "Correct data.sql, or bring files that have rows as it asks for.")
                : new Problem(
                    "DATA-015", "No file has any row.", new Place(input.Sources[0].Name),
                    Expected: HasHeader(input, input.Sources[0])
                        ? "rows after the header" : "at least one row"));
        var first = sources.FirstOrDefault(source => source.Parts.Count > 0);
        for (var i = 0; i < sources.Count; i++)
            if (sources[i].Parts.Count > 0
                && !sources[i].Schema.Columns.SequenceEqual(first!.Schema.Columns))
                problems.Add(new Problem(
                    "DATA-026",
                    $"The hook '{input.Derive?.Name}' returned other columns than for the first file.",
                    new Place(input.Sources[i].Name), Expected: Described(first.Schema),
                    Actual: Described(sources[i].Schema)));
        return problems;
    }

    static bool HasHeader(IngestInput input, SourceFile file) =>
        input.Format.Header && SourceKind.Of(input.Format, file.Name) is null;

    static string Described(TableSchema schema) =>
        string.Join(", ", schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    static List<Problem> Placed(
        IReadOnlyList<SourceFile> files, IReadOnlyList<SourceUnit> units,
        IEnumerable<IReadOnlyList<Problem>> problems) =>
    [
        .. units.Zip(problems, (unit, found) => found.Select(problem => problem with
        {
            Where = Placed(problem.Where ?? new Place(""), files[unit.File].Name, unit.FirstLine),
        })).SelectMany(found => found),
    ];

    static Place Placed(Place inside, string file, long firstLine) => inside with
    {
        File = file,
        Line = inside.Line is { } line ? (int)Math.Min(line + firstLine - 1, int.MaxValue) : null,
    };

    static void ThrowIfAny(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }
}
