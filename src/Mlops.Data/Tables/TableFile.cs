using Mlops.Engine;
using Parquet;

namespace Mlops.Data.Tables;

/// <summary>A table as a Parquet file.</summary>
public static class TableFile
{
    /// <param name="columns">Which columns to read, in this order; null for all.</param>
    /// <exception cref="ProblemException">
    /// The file is no Parquet (DATA-002), has a column that a table cannot hold (DATA-003) or lacks one
    /// (DATA-004).
    /// </exception>
    public static async Task<Table> Read(
        string path, IReadOnlyList<string>? columns = null, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(path);
        await using var reader = await Open(stream, path, ct);
        var fields = reader.Schema.DataFields;
        var chosen = columns is null ? fields : Choose(fields, columns, path);
        var schema = new TableSchema([.. chosen.Select(field => ParquetColumns.ColumnOf(field, path))]);
        var values = new ColumnValues[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
            values[i] = await ParquetColumns.Read(reader, chosen[i], schema.Columns[i].Type, ct);
        return new Table(schema, values);
    }

    /// <summary>Writes the table in row groups of 122,880 rows. The bytes depend on the rows alone.</summary>
    /// <param name="stream">Only written to, never sought in; stays open.</param>
    public static async Task Write(Stream stream, Table table, CancellationToken ct = default)
    {
        await using var writer = await TableFileWriter.Open(stream, table.Schema, ct);
        await writer.Append(table, ct);
    }

    static async Task<ParquetReader> Open(Stream stream, string path, CancellationToken ct)
    {
        try
        {
            return await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: ct);
        }
        catch (Exception e) when (
            e is IOException or ParquetException or InvalidDataException or ArgumentException)
        {
            throw new ProblemException([new Problem(
                "DATA-002", "This is not a Parquet file.", new Place(Path.GetFileName(path)),
                Actual: e.Message)], inner: e);
        }
    }

    static Parquet.Schema.DataField[] Choose(
        Parquet.Schema.DataField[] fields, IReadOnlyList<string> columns, string path)
    {
        var chosen = columns.Select(name => Array.Find(fields, field => field.Name == name)).ToArray();
        var problems = columns.Where((_, i) => chosen[i] is null).Select(name => new Problem(
            "DATA-004", $"The table has no column '{name}'.", new Place(Path.GetFileName(path), Field: name),
            Next: NearestNames.Suggest(name, fields.Select(field => field.Name)))).ToList();
        return problems.Count == 0 ? [.. chosen.OfType<Parquet.Schema.DataField>()]
            : throw new ProblemException(problems);
    }
}
