using DuckDB.NET.Data;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Parquet files of any writer → what delimited text becomes; read row group by row group.</summary>
static class ParquetSource
{
    /// <summary>
    /// More cells than these in one row group are refused, since a group must fit in memory (half a gigabyte
    /// then) and a few bytes can claim any number.
    /// </summary>
    public const long MaxRowGroupCells = 64 << 20;

    /// <summary>
    /// More bytes than these in the columns that are read of one row group, unpacked, are refused for the
    /// same reason: text takes twice as much in memory.
    /// </summary>
    public const long MaxRowGroupBytes = 512 << 20;

    /// <remarks>
    /// What Parquet.Net cannot decode DuckDB writes again in the plain manner first; decimals of more digits
    /// than .NET's have too, which become doubles all the same.
    /// </remarks>
    public static async Task<ParsedSource> Parse(
        StageContext context, SourceBytes source, ParseInput input, DerivedColumns hooks)
    {
        var scratch = context.ScratchDirectory;
        var path = Path.Combine(scratch, "source.parquet");
        await context.CopySource(source.Source, path);
        try
        {
            return await Parse(context, path, scratch, source, input, hooks);
        }
        catch (ProblemException undecodable) when (
            undecodable.InnerException is NotSupportedException or OverflowException)
        {
            var plain = await Rewrite(path, scratch, input.Columns, undecodable, context.Cancellation);
            return await Parse(context, plain, scratch, source, input, hooks);
        }
    }

    static async Task<ParsedSource> Parse(
        StageContext context, string path, string scratch,
        SourceBytes source, ParseInput input, DerivedColumns hooks)
    {
        var columns = input.Columns;
        await using var stream = DiskStream.OpenRead(path);
        await using var file = await ParquetFile.Open(stream, "", context.Cancellation);
        var names = columns.Select(column => column.Name).ToList();
        string[] known = [.. file.Schema.Columns.Select(column => column.Name)];
        var unreadable =
            file.Unsupported.Where(problem => names.Contains(problem.Where?.Field ?? "")).ToList();
        var beside = new BesideColumns(
            input, source, [.. known, .. unreadable.Select(problem => problem.Where!.Field!)]);
        if (beside.Lacking.Count + unreadable.Count > 0)
            return TypedSource.Failed(
                columns, [], beside.Lacking.Count == 0
                    ? unreadable
                    : [.. unreadable, SchemaDifference.Of(names, known, beside.Lacking)]);
        await using var quarantine = new Quarantine(Path.Combine(scratch, "quarantine.jsonl"));
        await using var part = new PartFile(
            Path.Combine(scratch, "part.parquet"), hooks, input.Derive, beside.Complete);
        var present = beside.Present.Select(column => column.Name).ToList();
        await Read(context, file, new ConformedRows(beside.Present, input.Format), present, quarantine, part);
        var stored = await part.Store(context);
        return new ParsedSource(
            stored, part.Schema, part.Rows, quarantine.Rows, await quarantine.Store(context),
            quarantine.Samples, quarantine.ByColumn(names), [.. known.Except(names, StringComparer.Ordinal)],
            [], [], Adapted: beside.Adapted.Count == 0 ? null : beside.Adapted);
    }

    static async Task<string> Rewrite(
        string path, string scratch, IReadOnlyList<ColumnDeclaration> columns,
        ProblemException undecodable, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "plain")).FullName
            + Path.DirectorySeparatorChar;
        File.Move(path, folder + "source.parquet");
        await using var connection = await DuckDatabase.Open(folder, Path.Combine(scratch, "spilled"), ct);
        var source = DuckDatabase.Literal(folder + "source.parquet");
        try
        {
            var wide = await DuckDatabase.WideDecimals(connection, source, ct);
            var names = columns.Select(column => column.Name).ToList();
            string[] chosen =
            [
                .. Chosen([.. names.Except(wide, StringComparer.Ordinal)], ""),
                .. Chosen([.. names.Intersect(wide, StringComparer.Ordinal)], "::DOUBLE"),
            ];
            await DuckDatabase.Execute(
                connection,
                $"COPY (SELECT {string.Join(", ", chosen)} FROM {source}) TO "
                + $"{DuckDatabase.Literal(folder + "plain.parquet")} (FORMAT parquet, PARQUET_VERSION v1)",
                ct);
        }
        catch (DuckDBException)
        {
            throw undecodable;
        }
        return folder + "plain.parquet";
    }

    /// <summary>Columns by name, each as the cast has it; none where there are no names.</summary>
    static IEnumerable<string> Chosen(IReadOnlyList<string> names, string cast)
    {
        var listed = string.Join(", ", names.Select(DuckDatabase.Literal));
        return names.Count == 0 ? [] : [$"COLUMNS(c -> list_contains([{listed}], c)){cast}"];
    }

    /// <summary>The types as the file's footer says them; its rows are not read.</summary>
    public static async Task<InferredSource> Infer(StageContext context, SourceBytes source)
    {
        var path = Path.Combine(context.ScratchDirectory, "source.parquet");
        await context.CopySource(source.Source, path);
        await using var stream = DiskStream.OpenRead(path);
        await using var file = await ParquetFile.Open(stream, "", context.Cancellation);
        return new InferredSource(
            [.. file.Schema.Columns.Select(column => InferredColumn.Of(column) with
            {
                HasValues = !file.IsAllMissing(column.Name),
            })], file.Unsupported);
    }

    static async Task Read(
        StageContext context, ParquetFile file, ConformedRows conformed, List<string> names,
        Quarantine quarantine, PartFile part)
    {
        var waiting = new EvenTables(names.Count);
        var rowsBefore = 0L;
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            RefuseLarge(file, group, names);
            var table = await file.ReadRowGroup(group, names, context.Cancellation);
            var fit = conformed.Of(table, out var unfit);
            foreach (var even in waiting.Add(fit))
                await part.Append(even, context);
            foreach (var row in unfit)
                quarantine.Add(rowsBefore + row.Row + 1, RowText.Of(table, row.Row), row.Column, row.Reason);
            rowsBefore += table.RowCount;
        }
        if (waiting.Rest() is { } rest)
            await part.Append(rest, context);
    }

    static void RefuseLarge(ParquetFile file, int group, List<string> columns)
    {
        if (file.BytesOf(group, columns) is var bytes && bytes > MaxRowGroupBytes)
            throw new SourceFaultException(new Problem(
                "DATA-057", FormattableString.Invariant(
                    $"Row group {group + 1} of the Parquet file has {bytes >> 20:N0} MiB unpacked."),
                new Place(""),
                Expected: FormattableString.Invariant(
                    $"at most {MaxRowGroupBytes >> 20:N0} MiB in one row group"),
                Next: "Declare fewer columns, or write the file again in smaller row groups."));
        if (file.RowsOf(group) * columns.Count is var cells && cells > MaxRowGroupCells)
            throw new SourceFaultException(new Problem(
                "DATA-047", FormattableString.Invariant(
                    $"Row group {group + 1} of the Parquet file has {cells:N0} cells."),
                new Place(""),
                Expected: FormattableString.Invariant($"at most {MaxRowGroupCells:N0} in one row group"),
                Next: "Declare fewer columns, or write the file again in smaller row groups."));
    }
}
