using Mlops.Data.Ingestion.Typed;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Raw files → for each which types its columns may be. Each file is a call of its own inside
/// that of its group.
/// </summary>
static class InferSource
{
    public static Stage<InferInput, IReadOnlyList<InferredSource>> Stage { get; } = new(
        "Ingest.InferSource", 9, "", () => SourceJson.Default.InferInput,
        () => SourceJson.Default.IReadOnlyListInferredSource,
        async (context, input) => input.Sources is [var only]
            ? only.Kind is { } kind
                ? await context.Call(TypedStages.Infer(kind), input)
                : [await Run(context, only, input)]
            : await context.CallEach(
                Stage!, input.Sources.Select(source => input with { Sources = [source] })))
    {
        InputWriter = WritingJson.Write,
        OutputWriter = WritingJson.Write,
        Calls = () => TypedStages.Inferring,
        ReadOutput = SourceReading.Inferred,
    };

    static async Task<InferredSource> Run(StageContext context, SourceBytes source, InferInput input)
    {
        try
        {
            return await SourceFaults.Name(
                context, source.Source, source.LengthBytes, input.Format,
                format => Infer(context, source, input with { Format = format }));
        }
        catch (SourceFaultException fault)
        {
            return new InferredSource([], [fault.Problem]);
        }
    }

    static async Task<InferredSource> Infer(StageContext context, SourceBytes source, InferInput input)
    {
        var format = input.Format;
        await using var records = await SourceRecords.Open(context, source, format, input.Header, null);
        var columns = records.Header.Names.Select(_ => CandidateTypes.Of(format)).ToArray();
        var missing = MissingWords.Of(format);
        for (Found found; (found = await records.Next(context.Cancellation)) != Found.End;)
            if (found == Found.Block)
                See(records.Block, records.BlockLine, columns, missing);
            else
                See(records.Record, columns, missing);
        await records.Finish(context.Cancellation);
        return new InferredSource(
            [.. records.Header.Names.Zip(
                columns, (name, types) => types.Column(name))], [],
            records.Titles > 0 ? records.Titles : null,
            format.Header && input.Header is null ? records.HeaderLine : null);
    }

    static void See(CellBlock block, long line, CandidateTypes[] columns, string[] missing)
    {
        var words = new MissingCells(block.Format, missing);
        for (var i = 0; i < columns.Length; i++)
            columns[i].See(new BlockColumn(block, i, words, missing), block.Rows, line);
    }

    /// <summary>A row that will be quarantined for its shape says nothing about types.</summary>
    static void See(RecordReader record, CandidateTypes[] columns, string[] missing)
    {
        if (record.Fault is not null || record.CellCount != columns.Length)
            return;
        for (var i = 0; i < columns.Length; i++)
            if (record[i].Trim() is var cell && RowParser.IsMissing(cell, missing))
                columns[i].SeeMissing();
            else
                columns[i].See(cell, record.Line);
    }
}
