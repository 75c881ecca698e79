using System.Globalization;
using DuckDB.NET.Data;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The result of a SQL statement over local files, by DuckDB. It sees copies of the named files and nothing
/// else: no other file, no network, no extension. Rows come in the order that the statement says, or else in
/// that of all columns.
/// </summary>
sealed class DuckRows : TypedRows
{
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
        Names = [.. columns.Select(column => column.Column.Name)];
        command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", columns.Select(column => column.AsText))} FROM result";
        command.UseStreamingMode = true;
        reader = command.ExecuteReader();
    }

    public override IReadOnlyList<string> Names { get; }

    public override bool IsTime(string column) =>
        columns.Any(each => each.Column.Name == column && each.Column.Type.IsTime());

    /// <summary>The types that the statement gives its columns.</summary>
    public IReadOnlyList<ColumnDeclaration> Types =>
        [.. columns.Select(column => ColumnDeclaration.Of(column.Column))];

    /// <exception cref="SourceFaultException">The statement is at fault (DATA-044, DATA-045).</exception>
    public static async Task<DuckRows> Open(StageContext context, IReadOnlyList<SourceFile> files, string sql)
    {
        var statement = new SqlText(sql);
        if (statement.FindFault() is { } fault)
            throw new SourceFaultException(SqlProblems.Refused(fault));
        var scratch = context.ScratchDirectory;
        var root = Path.Combine(scratch, "files") + Path.DirectorySeparatorChar;
        await Place(context, files, root);
        var connection = await DuckDatabase.Open(
            root, Path.Combine(scratch, "spilled"), context.Cancellation);
        try
        {
            var placed = new PlacedFiles(files, root);
            var text = statement.Replace(placed.Find);
            context.Progress("runs the statement");
            await DuckDatabase.Execute(
                connection, "CREATE TEMP TABLE result AS "
                + (statement.IsOrdered ? text : $"SELECT * FROM (\n{text}\n) ORDER BY ALL"),
                context.Cancellation);
            return new DuckRows(connection, await Describe(connection, context.Cancellation), root);
        }
        catch (DuckDBException wrong)
        {
            await connection.DisposeAsync();
            context.Cancellation.ThrowIfCancellationRequested();
            var told = Told(wrong.Message, root, statement.IsOrdered ? 0 : 1);
            throw new SourceFaultException(SqlProblems.Failed(told, files), wrong);
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
    string Local(string value) =>
        value.StartsWith(root, StringComparison.Ordinal) ? value[root.Length..] : value;

    /// <summary>
    /// With the number of the line that it quotes, which is not as the person wrote it, and without the
    /// place of copies.
    /// </summary>
    static string Told(string message, string root, int linesBefore) =>
        message.Split("\n\nLINE ")[0].Replace(root, "", StringComparison.Ordinal)
        + LineOf(message, linesBefore);

    /// <summary>Which line of the statement the message is about, if it says so.</summary>
    /// <param name="linesBefore">How many lines stand before the statement where it is run.</param>
    static string LineOf(string message, int linesBefore) =>
        message.Split("\n\nLINE ") is [_, var quoted, ..]
        && int.TryParse(quoted.Split(':')[0], CultureInfo.InvariantCulture, out var line)
        && line > linesBefore
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line - linesBefore} of the statement)")
            : "";

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
}
