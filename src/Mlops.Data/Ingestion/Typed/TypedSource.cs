using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// Typed rows → what delimited text becomes: a part, its quarantine, or the types of the columns.
/// </summary>
static class TypedSource
{
    public static async Task<ParsedSource> Parse(
        StageContext context, TypedRows rows, ParseInput input, SourceBytes source, DerivedColumns hooks)
    {
        var columns = input.Columns;
        var beside = new BesideColumns(input, source, rows.HasHeader ? rows.Names : null);
        if (beside.Lacking.Count > 0)
            return Failed(columns, rows.Notes, [SchemaDifference.Of(
                [.. columns.Select(column => column.Name)], rows.Names, beside.Lacking)]);
        var names = columns.Select(column => column.Name).ToList();
        var scratch = context.ScratchDirectory;
        await using var quarantine = new Quarantine(Path.Combine(scratch, "quarantine.jsonl"));
        await using var part = new PartFile(
            Path.Combine(scratch, "part.parquet"), hooks, input.Derive, beside.Complete);
        using var parser = new TypedRowParser(beside.Present, input.Format, rows.IsTime);
        MarkedRows? marked = null;
        while (await rows.Next(context.Cancellation))
        {
            if (parser.Add(rows) is var (column, reason))
                quarantine.Add(rows.Line, rows.Raw, column, reason);
            else if (rows.IsMarked)
                marked = MarkedRows.With(marked, rows.Line);
            if (parser.IsFull)
                await part.Append(parser.Take(), context);
        }
        await rows.Finish(context.Cancellation);
        if (!rows.HasHeader && rows.Names.Count > 0 && Absent(beside, rows, input) is { } absent)
            return Failed(columns, rows.Notes, [absent]);
        await part.Append(parser.Take(), context);
        var stored = await part.Store(context);
        return new ParsedSource(
            stored, part.Schema, part.Rows, quarantine.Rows,
            await quarantine.Store(context), quarantine.Samples, quarantine.ByColumn(names),
            [.. rows.Names.Except(names, StringComparer.Ordinal)], rows.Notes, [],
            Adapted: beside.Adapted.Count == 0 ? null : beside.Adapted, Marked: marked);
    }

    /// <summary>
    /// A key that no line has: its parser took it for missing, which stands where the source is adapted.
    /// </summary>
    static Problem? Absent(BesideColumns beside, TypedRows rows, ParseInput input)
    {
        beside.Judge(rows.Names, input.OnSchemaChange);
        return beside.Lacking.Count == 0 ? null
            : SchemaDifference.Of(
                [.. input.Columns.Select(column => column.Name)], rows.Names, beside.Lacking);
    }

    public static async Task<InferredSource> Infer(StageContext context, TypedRows rows, TextFormat format)
    {
        var missing = MissingWords.Of(format);
        var columns = new List<TypedCandidates>();
        while (await rows.Next(context.Cancellation))
        {
            while (columns.Count < rows.Names.Count)
                columns.Add(new TypedCandidates(missing, format.Dates));
            if (rows.Fault is not null)
                continue;
            for (var i = 0; i < columns.Count; i++)
                columns[i].See(rows.Cells.KindOf(i), rows.Cells[i], rows.Line);
        }
        await rows.Finish(context.Cancellation);
        while (columns.Count < rows.Names.Count)
            columns.Add(new TypedCandidates(missing, format.Dates));
        return new InferredSource(
            [.. rows.Names.Zip(
                columns, (name, seen) => seen.Column(name))],
            [.. rows.Names.Zip(columns).Where(pair => pair.Second.FirstUnfit is not null)
                .Select(pair => Unfit(pair.First, pair.Second, rows.HasLines))]);
    }

    public static ParsedSource Failed(
        IReadOnlyList<ColumnDeclaration> columns,
        IReadOnlyList<string> notes, IReadOnlyList<Problem> problems) => new(
        null, new TableSchema([.. columns.Select(column => column.Column())]),
        0, 0, null, [], [], [], notes, problems);

    static Problem Unfit(string name, TypedCandidates seen, bool hasLines) => new(
        "DATA-040", $"The column '{name}' holds {(seen.HasBinary ? "bytes" : "objects or lists")}.",
        new Place("", hasLines ? (int)Math.Min(seen.FirstUnfit!.Value, int.MaxValue) : null, Field: name),
        Expected: "single values",
        Actual: hasLines ? null : "another in " + SourceKind.Numbered(hasLines, seen.FirstUnfit!.Value),
        Next: $"Declare the columns to be read: without '{name}', or with it as text, to keep its "
            + (seen.HasBinary ? "bytes as hexadecimal digits." : "JSON."));
}
