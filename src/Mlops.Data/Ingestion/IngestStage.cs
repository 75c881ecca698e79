using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw delimited files → one typed dataset. Large files are cut into pieces. Each small file and each piece is parsed by
/// a call of its own, keyed by its bytes and the columns; an inferred schema is itself made of such calls; many are
/// called in groups. Rows that do not parse go to quarantine.
/// </summary>
public static class IngestStage
{
    /// <param name="hooks">
    /// The derived-columns hooks by name. A hook gets one file's rows and returns as many, with columns added
    /// or changed; it must be a function of them alone.
    /// </param>
    public static Stage<IngestInput, Dataset> Create(
        IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks) =>
        Create(hooks, CutSource.MinBytes, CutSource.MaxBytes);

    /// <param name="minBytes">Bounds of the pieces that files longer than <paramref name="maxBytes"/> are cut into.</param>
    internal static Stage<IngestInput, Dataset> Create(
        IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks, long minBytes, long maxBytes)
    {
        var derived = new DerivedColumns(hooks);
        var parse = ParseSource.Create(derived);
        return new Stage<IngestInput, Dataset>(
            "Ingest", 2, parse.Toolchain, () => DataJson.Default.IngestInput, () => DataJson.Default.Dataset,
            async (context, input) =>
            {
                ThrowIfAny(FormatProblems.Of(input, derived));
                var units = await SourceUnits.Of(context, input, minBytes, maxBytes);
                var columns = input.Columns ?? await Infer(context, input, units);
                return await Parse(context, input, units, columns, parse);
            })
        {
            Calls = () => [CutSource.Stage, InferSource.Stage, parse],
        };
    }

    static async Task<Dataset> Parse(
        StageContext context, IngestInput input, IReadOnlyList<SourceUnit> units,
        IReadOnlyList<ColumnDeclaration> columns, Stage<ParseInput, IReadOnlyList<ParsedSource>> parse)
    {
        var parsed = await context.CallEach(parse, SourceUnits.Groups(units).Select(group => new ParseInput(
            [.. group.Select(unit => unit.Bytes)], group[0].Format, columns, input.Derive,
            group[0].Cut is not { } cut ? null
                : input.Format.Header ? cut.Header
                : [.. columns.Select(column => column.Name)])));
        ThrowIfAny(Placed(input.Sources, units, parsed.Select(unit => unit.Problems)));
        var sources = new List<SourceOutcome>();
        foreach (var file in units.Zip(parsed).GroupBy(pair => pair.First.File))
            sources.Add(await SourceOutcome.Of(
                context, [.. file.Select(pair => (pair.First.FirstLine, pair.Second))],
                input.Format.Encoding is not null ? null
                    : file.Last().First.Cut?.Encoding is var encoding && encoding != DetectedEncoding.Utf8 ? encoding : null));
        ThrowIfAny(Mismatches(input, sources));
        var rejectedOrKept = sources.FirstOrDefault(source => source.Parts.Count > 0) ?? sources[0];
        return new Dataset(
            new TableParts(rejectedOrKept.Schema, [.. sources.SelectMany(source => source.Parts)]),
            [.. input.Sources.Zip(sources, (file, source) => new SourceRows(
                file, source.KeptRows, source.QuarantinedRows, source.Quarantine, source.Samples))],
            IngestJudgement.Of(
                input.Sources, sources, [.. columns.Select(column => column.Name)],
                input.QuarantineMaxShare));
    }

    static async Task<IReadOnlyList<ColumnDeclaration>> Infer(
        StageContext context, IngestInput input, IReadOnlyList<SourceUnit> units)
    {
        var inferred = await context.CallEach(InferSource.Stage, SourceUnits.Groups(units).Select(group =>
            new InferInput([.. group.Select(unit => unit.Bytes)], group[0].Format, group[0].Cut?.Header)));
        ThrowIfAny(Placed(input.Sources, units, inferred.Select(unit => unit.Problems)));
        var begins = units.Zip(inferred).Where(pair => pair.First.Cut is null).Select(pair => pair.Second);
        ThrowIfAny(Inference.Differences(input.Sources, [.. begins]));
        return Inference.Merge(inferred);
    }

    /// <summary>
    /// What only shows with all files read: no rows at all, or a hook that makes other columns of each.
    /// </summary>
    static List<Problem> Mismatches(IngestInput input, IReadOnlyList<SourceOutcome> sources)
    {
        var problems = new List<Problem>();
        if (sources.All(source => source.KeptRows + source.QuarantinedRows == 0))
            problems.Add(new Problem(
                "DATA-015", "No file has any row.", new Place(input.Sources[0].Name),
                Expected: "rows after the header"));
        var first = sources.FirstOrDefault(source => source.Parts.Count > 0);
        for (var i = 0; i < sources.Count; i++)
            if (sources[i].Parts.Count > 0
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
        IReadOnlyList<SourceFile> files, IReadOnlyList<SourceUnit> units, IEnumerable<IReadOnlyList<Problem>> problems) =>
        [.. units.Zip(problems).SelectMany(pair => pair.Second.Select(problem => problem with
        {
            Where = Placed(problem.Where ?? new Place(""), files[pair.First.File].Name, pair.First.FirstLine),
        }))];

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
