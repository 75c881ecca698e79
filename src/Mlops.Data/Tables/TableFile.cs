using Mlops.Engine;

namespace Mlops.Data.Tables;

/// <summary>A table as a Parquet file.</summary>
public static class TableFile
{
    /// <param name="columns">Which columns to read, in this order; null for all.</param>
    /// <exception cref="ProblemException">
    /// The file is no Parquet (DATA-002), has a column that a table cannot hold (DATA-003), lacks one
    /// (DATA-004) or is damaged (DATA-005).
    /// </exception>
    public static async Task<Table> Read(
        string path, IReadOnlyList<string>? columns = null, CancellationToken ct = default)
    {
        await using var stream = DiskStream.OpenRead(path);
        await using var file = await ParquetFile.Open(stream, Path.GetFileName(path), ct);
        var groups = new List<Table>();
        for (var i = 0; i < file.RowGroupCount; i++)
            groups.Add(await file.ReadRowGroup(i, columns, ct));
        return groups.Count > 0 ? Table.Concatenate(groups) : Concatenation.Empty(file.Choose(columns));
    }

    /// <summary>Writes the table in row groups of 122,880 rows. The bytes depend on the rows alone.</summary>
    /// <param name="stream">Only written to, never sought in; stays open.</param>
    public static async Task Write(Stream stream, Table table, CancellationToken ct = default)
    {
        await using var writer = await TableFileWriter.Open(stream, table.Schema, ct);
        await writer.Append(table, ct);
    }
}
