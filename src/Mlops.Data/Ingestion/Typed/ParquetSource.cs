using DuckDB.NET.Data;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Parquet files of any writer → what delimited text becomes; read row group by row group.</summary>
static class ParquetSource
{
    /// <summary>
    /// More cells than these in one row group are refused, since a group must fit in memory (half a gigabyte then) and a
    /// few bytes can claim any number.
    /// </summary>
    public const long MaxRowGroupCells = 64 << 20;

    /// <remarks>
    /// What Parquet.Net cannot decode, such as dates packed as differences, DuckDB writes again in the plain manner first.
    /// </remarks>
    public static async Task<ParsedSource> Parse(
        StageContext context, SourceBytes source, TextFormat format, IReadOnlyList<ColumnDeclaration> columns,
        DerivedColumns hooks, DerivedColumnsIdentity? derive)
    {
        var scratch = context.ScratchDirectory;
        var path = Path.Combine(scratch, "source.parquet");
        await context.CopySource(source.Source, path);
        try
        {
            return await Parse(context, path, scratch, format, columns, hooks, derive);
        }
        catch (ProblemException undecodable) when (undecodable.InnerException is NotSupportedException)
        {
            var plain = await Rewrite(path, scratch, columns, undecodable, context.Cancellation);
            return await Parse(context, plain, scratch, format, columns, hooks, derive);
        }
    }

    static async Task<ParsedSource> Parse(
        StageContext context, string path, string scratch, TextFormat format, IReadOnlyList<ColumnDeclaration> columns,
        DerivedColumns hooks, DerivedColumnsIdentity? derive)
    {
        await using var stream = File.OpenRead(path);
        await using var file = await ParquetFile.Open(stream, "", context.Cancellation);
        var names = columns.Select(column => column.Name).ToList();
        string[] known = [.. file.Schema.Columns.Select(column => column.Name)];
        var lacking = names.Except(known, StringComparer.Ordinal).ToList();
        if (lacking.Count > 0)
            return TypedSource.Failed(columns, [], [.. lacking.Select(name => Lacks(file, name, known))]);
        await using var quarantine = new Quarantine(Path.Combine(scratch, "quarantine.jsonl"));
        await using var part = new PartFile(Path.Combine(scratch, "part.parquet"), hooks, derive);
        await Read(context, file, new ConformedRows(columns, format), names, quarantine, part);
        var stored = await part.Store(context);
        return new ParsedSource(
            stored, part.Schema, part.Rows, quarantine.Rows, await quarantine.Store(context), quarantine.Samples,
            quarantine.ByColumn(names), [.. known.Except(names, StringComparer.Ordinal)], [], []);
    }

    static async Task<string> Rewrite(
        string path, string scratch, IReadOnlyList<ColumnDeclaration> columns, ProblemException undecodable, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "plain")).FullName + Path.DirectorySeparatorChar;
        File.Move(path, folder + "source.parquet");
        await using var connection = await DuckDatabase.Open(folder, Path.Combine(scratch, "spilled"), ct);
        var chosen = string.Join(", ", columns.Select(column => $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        try
        {
            await DuckDatabase.Execute(connection, ct,
                $"COPY (SELECT {chosen} FROM {DuckDatabase.Literal(folder + "source.parquet")}) "
                + $"TO {DuckDatabase.Literal(folder + "plain.parquet")} (FORMAT parquet, PARQUET_VERSION v1)");
        }
        catch (DuckDBException)
        {
            throw undecodable;
        }
        return folder + "plain.parquet";
    }

    /// <summary>The types as the file's footer says them; its rows are not read.</summary>
    public static async Task<InferredSource> Infer(StageContext context, SourceBytes source)
    {
        var path = Path.Combine(context.ScratchDirectory, "source.parquet");
        await context.CopySource(source.Source, path);
        await using var stream = File.OpenRead(path);
        await using var file = await ParquetFile.Open(stream, "", context.Cancellation);
        return new InferredSource([.. file.Schema.Columns.Select(InferredColumn.Of)], file.Unsupported);
    }

    static async Task Read(
        StageContext context, ParquetFile file, ConformedRows conformed, IReadOnlyList<string> names,
        Quarantine quarantine, PartFile part)
    {
        var waiting = new EvenTables(TableFileWriter.RowGroupRows);
        var rowsBefore = 0L;
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            RefuseLarge(file, group, names.Count);
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

    static void RefuseLarge(ParquetFile file, int group, int columns)
    {
        if (file.RowsOf(group) * columns is var cells && cells > MaxRowGroupCells)
            throw new SourceFaultException(new Problem(
                "DATA-047", FormattableString.Invariant($"Row group {group + 1} of the Parquet file has {cells:N0} cells."),
                new Place(""), Expected: FormattableString.Invariant($"at most {MaxRowGroupCells:N0} in one row group"),
                Next: "Declare fewer columns, or write the file again in smaller row groups."));
    }

    static Problem Lacks(ParquetFile file, string name, string[] known) =>
        file.Unsupported.FirstOrDefault(problem => problem.Where?.Field == name)
        ?? TypedSource.Lacks(name, known);
}
