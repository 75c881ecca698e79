using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw files, or pieces of one → for each one Parquet part and its quarantine. Each is a call of its own
/// inside that of its group, so that what changed is parsed alone, and much that did not is
/// looked up at once.
/// </summary>
static class ParseSource
{
    public static Stage<ParseInput, IReadOnlyList<ParsedSource>> Create(DerivedColumns hooks)
    {
        var typed = new TypedStages(hooks);
        Stage<ParseInput, IReadOnlyList<ParsedSource>>? one = null;
        return one = new(
            "Ingest.ParseSource", 14, $"{PartToolchain.Words}, {PackageVersions.MicrosoftDataAnalysis}",
            () => SourceJson.Default.ParseInput, () => SourceJson.Default.IReadOnlyListParsedSource,
            async (context, input) => input.Sources is [{ Kind: { } kind }]
                ? await context.Call(typed.Parse(kind), input)
                : input.Sources is [var only] ? [await Run(context, only, input, hooks)]
                : await context.CallEach(
                    one!, input.Sources.Select(source => input with { Sources = [source] })))
        {
            InputWriter = WritingJson.Write,
            OutputWriter = WritingJson.Write,
            Calls = () => typed.Parsing,
            ReadOutput = SourceReading.Parsed,
        };
    }

    static async Task<ParsedSource> Run(
        StageContext context, SourceBytes source, ParseInput input, DerivedColumns hooks)
    {
        try
        {
            var parsed = await SourceFaults.Name(
                context, source.Source, source.LengthBytes, input.Format,
                format => Parse(context, source, input with { Format = format }, hooks));
            return input.Format.Encoding is null ? parsed : parsed with { Encoding = null };
        }
        catch (SourceFaultException fault)
        {
            return Failed(input, [], [fault.Problem]);
        }
    }

    static async Task<ParsedSource> Parse(
        StageContext context, SourceBytes source, ParseInput input, DerivedColumns hooks)
    {
        var names = input.Columns.Select(column => column.Name).ToList();
        await using var records = await SourceRecords
            .Open(context, source, input.Format, input.Header,
                input.IsNumbered == true ? null : CellNames.Of(input.Columns, source.Path));
        var header = records.Header;
        var beside = new BesideColumns(input, source, header.Names);
        if (beside.Lacking.Count > 0)
            return Failed(input, header.Notes,
                input.Header is not null ? []
                    : [SchemaDifference.Of(
                        names, header.Names, beside.Lacking,
                        input.Format.Header ? records.HeaderLine : null, records.Titles)]);

        var scratch = context.ScratchDirectory;
        await using var quarantine = new Quarantine(Path.Combine(scratch, "quarantine.jsonl"));
        using var parser = new RowParser(header.Names, beside.Present, input.Format);
        await using var part = new PartFile(
            Path.Combine(scratch, "part.parquet"), hooks, input.Derive, beside.Complete);
        MarkedRows? marked = null;
        for (Found found; (found = await records.Next(context.Cancellation)) != Found.End;)
            if (found == Found.Block)
                await ParseBlock(context, records, parser, quarantine, part);
            else if (await ParseRecord(context, records, parser, quarantine, part)
                && records.Record.IsMarked)
                marked = MarkedRows.With(marked, records.Record.Line);
        await records.Finish(context.Cancellation);
        await Append(part, parser, context);
        var stored = await part.Store(context);
        var isInside = input.Header is not null;
        return new ParsedSource(
            stored, part.Schema, part.Rows, quarantine.Rows,
            await quarantine.Store(context), quarantine.Samples, quarantine.ByColumn(names),
            [.. header.Names.Except(names, StringComparer.Ordinal)], header.Notes, [],
            records.Encoding.WebName is var encoding && encoding != DetectedEncoding.Utf8 ? encoding : null,
            beside.Adapted.Count == 0 ? null : beside.Adapted,
            input.Header is null && !input.Format.Header ? header.Names : null,
            quarantine.HasUndecodable && records.MarkBytes == 0
                ? await LikelyEncoding.Of(context, source, isInside, records.Encoding.WebName)
                : null,
            records.Utf8 is { } utf8 ? await utf8.Signs(context, source, isInside) : null, marked);
    }

    static async Task ParseBlock(
        StageContext context, SourceRecords records, RowParser parser, Quarantine quarantine, PartFile part)
    {
        var block = records.Block;
        var unfit = new UnfitRows(block, records.BlockLine, records.Header.Names.Count);
        var row = 0;
        do
        {
            row = parser.Add(block, row);
            unfit.MoveTo(quarantine, parser.Faults, row);
            if (parser.IsFull)
                await Append(part, parser, context);
        }
        while (row < block.Rows);
    }

    /// <returns>Whether the row is kept.</returns>
    static async Task<bool> ParseRecord(
        StageContext context, SourceRecords records, RowParser parser, Quarantine quarantine, PartFile part)
    {
        var fault = parser.Add(records.Record, records.RawBytes);
        if (fault is var (column, reason))
            quarantine.Add(records.Record, column, reason);
        if (parser.IsFull)
            await Append(part, parser, context);
        return fault is null;
    }

    static Task Append(PartFile part, RowParser parser, StageContext context) =>
        part.Append(part.KeepsTables ? parser.Take() : parser.Lend(), context);

    static ParsedSource Failed(
        ParseInput input, IReadOnlyList<string> notes, IReadOnlyList<Problem> problems) => new(
        null, new TableSchema([.. input.Columns.Select(column => column.Column())]),
        0, 0, null, [], [], [], notes, problems);
}
