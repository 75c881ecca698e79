using System.Globalization;
using DuckDB.NET.Data;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The result of a SQL statement over local files, by DuckDB. It sees copies of the named files and nothing else: no
/// other file, no network, no extension. One thread, so that sums of floating-point numbers and equal rows of an order
/// come out the same each time; rows in the order that the statement says, or else in that of all columns.
/// </summary>
sealed class DuckRows : TypedRows
{
    /// <summary>What DuckDB may hold in memory; the rest goes to the scratch folder.</summary>
    public const string MemoryLimit = "512MiB";

    const string DiskLimit = "64GiB";

    readonly DuckDBConnection connection;
    readonly DuckDBCommand command;
    readonly DuckDBDataReader reader;
    readonly IReadOnlyList<DuckColumn> columns;
    readonly string root;

    DuckRows(DuckDBConnection connection, IReadOnlyList<DuckColumn> columns, string root)
    {
        this.connection = connection;
        this.columns = columns;
        this.root = root;
        Names = [.. columns.Select(column => column.Name)];
        command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => column.AsText))} FROM result";
        command.UseStreamingMode = true;
        reader = command.ExecuteReader();
    }

    public override IReadOnlyList<string> Names { get; }

    /// <summary>The types that the statement gives its columns.</summary>
    public IReadOnlyList<ColumnDeclaration> Types =>
        [.. columns.Select(column => new ColumnDeclaration(column.Name, column.Type))];

    /// <exception cref="SourceFaultException">The statement is at fault (DATA-044, DATA-045).</exception>
    public static async Task<DuckRows> Open(StageContext context, IReadOnlyList<SourceFile> files, string sql)
    {
        var statement = new SqlText(sql);
        if (statement.FindFault() is { } fault)
            throw new SourceFaultException(SqlProblems.Refused(fault));
        var scratch = context.ScratchDirectory;
        var root = Path.Combine(scratch, "files") + Path.DirectorySeparatorChar;
        await Place(context, files, root);
        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            await connection.OpenAsync(context.Cancellation);
            await Restrict(connection, root, Path.Combine(scratch, "spilled"));
            var placed = new PlacedFiles(files, root);
            var text = statement.Replace(placed.Find);
            context.Progress("runs the statement");
            await Execute(connection, context.Cancellation, "CREATE TEMP TABLE result AS "
                + (statement.IsOrdered ? text : $"SELECT * FROM (\n{text}\n) ORDER BY ALL"));
            return new DuckRows(connection, await Describe(connection, context.Cancellation), root);
        }
        catch (DuckDBException wrong)
        {
            await connection.DisposeAsync();
            context.Cancellation.ThrowIfCancellationRequested();
            throw new SourceFaultException(SqlProblems.Failed(Told(wrong.Message, root), files), wrong);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<bool> Next(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!reader.Read())
            return new(false);
        Line++;
        Cells.Clear();
        for (var i = 0; i < columns.Count; i++)
            if (!reader.IsDBNull(i))
                Cells.Set(i, columns[i].Kind, Local(reader.GetString(i)));
        return new(true);
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>What names a file says it as the statement does, not where its copy lies.</summary>
    string Local(string value) => value.StartsWith(root, StringComparison.Ordinal) ? value[root.Length..] : value;

    /// <summary>Without the line that it quotes, which is not as the person wrote it, and without the place of copies.</summary>
    static string Told(string message, string root) =>
        message.Split("\n\nLINE ")[0].Replace(root, "", StringComparison.Ordinal);

    static async Task Place(StageContext context, IReadOnlyList<SourceFile> files, string root)
    {
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(root, file.Name));
            if (!path.StartsWith(root, StringComparison.Ordinal) || File.Exists(path))
                throw new SourceFaultException(new Problem(
                    "DATA-046", "A statement cannot tell two files of one name apart.", new Place(file.Name),
                    Next: "Put them into the pipeline's folder, or give them names of their own."));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await context.CopySource(file.Digest, path);
        }
        Directory.CreateDirectory(root);
    }

    static async Task Restrict(DuckDBConnection connection, string root, string spilled)
    {
        string[] settings =
        [
            "threads = 1", $"memory_limit = '{MemoryLimit}'", $"temp_directory = {Literal(spilled)}",
            $"max_temp_directory_size = '{DiskLimit}'", "TimeZone = 'UTC'", "preserve_insertion_order = true",
            "autoinstall_known_extensions = false", "autoload_known_extensions = false",
            $"allowed_directories = [{Literal(root)}]", "enable_external_access = false", "lock_configuration = true",
        ];
        foreach (var setting in settings)
            await Execute(connection, default, $"SET {setting}");
    }

    static async Task<IReadOnlyList<DuckColumn>> Describe(DuckDBConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT column_name, column_type FROM (DESCRIBE result)";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var columns = new List<DuckColumn>();
        while (await reader.ReadAsync(ct))
            columns.Add(DuckColumn.Of(reader.GetString(0), reader.GetString(1)));
        return columns;
    }

    static async Task Execute(DuckDBConnection connection, CancellationToken ct, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await using var interrupt = ct.Register(command.Cancel);
        await Task.Run(command.ExecuteNonQuery, ct);
    }

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>A column of DuckDB's.</summary>
/// <param name="AsText">An expression for its values in text.</param>
sealed record DuckColumn(string Name, ColumnType Type, CellKind Kind, string AsText)
{
    public static DuckColumn Of(string name, string type)
    {
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var text = $"CAST({quoted} AS VARCHAR)";
        if (type.EndsWith(']') || type.StartsWith("STRUCT", StringComparison.Ordinal)
            || type.StartsWith("MAP", StringComparison.Ordinal) || type.StartsWith("UNION", StringComparison.Ordinal))
            return new DuckColumn(name, ColumnType.Text, CellKind.Nested, $"CAST(to_json({quoted}) AS VARCHAR)");
        if (type.StartsWith("DECIMAL", StringComparison.Ordinal))
            return new DuckColumn(name, ColumnType.Real, CellKind.Real, text);
        return type switch
        {
            "BOOLEAN" => new(name, ColumnType.Boolean, CellKind.Boolean, text),
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER"
                or "UBIGINT" or "UHUGEINT" => new(name, ColumnType.Integer, CellKind.Integer, text),
            // As elsewhere, what is no number is missing.
            "FLOAT" or "DOUBLE" => new(
                name, ColumnType.Real, CellKind.Real, $"CASE WHEN isnan({quoted}) THEN NULL ELSE {text} END"),
            "DATE" => new(name, ColumnType.Date, CellKind.Text, text),
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => new(
                name, ColumnType.Timestamp, CellKind.Text, $"CAST(CAST({quoted} AS TIMESTAMP) AS VARCHAR)"),
            "TIMESTAMP WITH TIME ZONE" => new(
                name, ColumnType.Timestamp, CellKind.Text, $"CAST(timezone('UTC', {quoted}) AS VARCHAR)"),
            "BLOB" => new(name, ColumnType.Text, CellKind.Binary, $"lower(hex({quoted}))"),
            _ => new(name, ColumnType.Text, CellKind.Text, text),
        };
    }
}

/// <summary>Where the files lie that a statement may name.</summary>
sealed class PlacedFiles(IReadOnlyList<SourceFile> files, string root)
{
    /// <returns>Null where the text names none of them, be it by a pattern.</returns>
    public string? Find(string text)
    {
        var name = text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
        return files.Any(file => file.Name == name)
            || (name.AsSpan().ContainsAny('*', '?') && files.Any(file => Fits(name, file.Name)))
                ? root + name : null;
    }

    /// <summary>Good enough to tell a pattern from a text: DuckDB itself says what it matches.</summary>
    static bool Fits(string pattern, string name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(
            pattern.Replace("**", "*", StringComparison.Ordinal), name, ignoreCase: false);
}
