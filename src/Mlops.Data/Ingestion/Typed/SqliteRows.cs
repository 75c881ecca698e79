using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Mlops.Engine;
using SQLitePCL;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// A table or a query of a SQLite file, which is read from a copy of its own and never written to. A table
/// comes in the order of its rows' ids (of its primary key, where it has none), a query in the order that it
/// says, or else in that of all its columns.
/// </summary>
sealed class SqliteRows : TypedRows
{
    const int MaxValueBytes = 64 << 20;

    /// <summary>What .NET gives for bytes that are no UTF-8.</summary>
    const char Replacement = '\ufffd';

    const int SqliteLimitLength = 0;
    const int SqliteLimitAttached = 7;

    readonly SqliteConnection connection;
    readonly SqliteCommand command;
    readonly SqliteDataReader reader;
    readonly SqliteSteps steps;
    readonly HeaderNames header;
    readonly bool[] isBoolean;

    SqliteRows(
        SqliteConnection connection, SqliteCommand command, SqliteDataReader reader, SqliteSteps steps)
    {
        this.steps = steps;
        this.connection = connection;
        this.command = command;
        this.reader = reader;
        header = HeaderNames.Of([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        isBoolean = [.. Enumerable.Range(0, reader.FieldCount).Select(column =>
            (raw.sqlite3_column_decltype(reader.Handle, column).utf8_to_string() ?? "")
                .Contains("BOOL", StringComparison.OrdinalIgnoreCase))];
    }

    public override IReadOnlyList<string> Names => header.Names;

    public override IReadOnlyList<string> Notes => header.Notes;

    /// <param name="leastSteps">How many steps it may take, however small the file.</param>
    /// <exception cref="SourceFaultException">It is no SQLite file (DATA-042), has no such table (DATA-043),
    /// the statement is at fault (DATA-044), or does not end (DATA-058).</exception>
    public static async Task<SqliteRows> Open(
        StageContext context, Digest digest, string? table, string? query,
        long leastSteps = SqliteSteps.Least)
    {
        var path = Path.Combine(context.ScratchDirectory, "source.sqlite");
        await context.CopySource(digest, path);
        if (!HasSignature(path))
            throw NoDatabase("It does not begin with 'SQLite format 3'.", null);
        var connection = Connection(path);
        var steps = new SqliteSteps(new FileInfo(path).Length, leastSteps, context.Cancellation);
        try
        {
            connection.Open();
            steps.Watch(connection);
            Restrict(connection);
            var command = connection.CreateCommand();
            command.CommandText = query is null
                ? TableStatement(connection, table) : QueryStatement(connection, query);
            return new SqliteRows(connection, command, command.ExecuteReader(), steps);
        }
        catch (SqliteException wrong)
        {
            connection.Dispose();
            context.Cancellation.ThrowIfCancellationRequested();
            throw steps.Fault ?? FaultOf(wrong, query);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <remarks>
    /// Immutable: nothing else writes to the copy, so neither locks nor a write-ahead log are looked for.
    /// </remarks>
    static SqliteConnection Connection(string path) => new(new SqliteConnectionStringBuilder
    {
        DataSource = "file:"
            + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal) + "?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    public override ValueTask<bool> Next(CancellationToken ct)
    {
        try
        {
            if (!reader.Read())
                return new(false);
        }
        catch (SqliteException wrong)
        {
            ct.ThrowIfCancellationRequested();
            throw steps.Fault ?? FaultOf(wrong, null);
        }
        Line++;
        Cells.Clear();
        Fault = null;
        for (var column = 0; column < header.Names.Count; column++)
            Read(column);
        return new(true);
    }

    public override ValueTask DisposeAsync()
    {
        reader.Dispose();
        command.Dispose();
        connection.Dispose();
        return default;
    }

    void Read(int column)
    {
        var row = reader.Handle;
        switch (raw.sqlite3_column_type(row, column))
        {
            case raw.SQLITE_INTEGER:
                var whole = raw.sqlite3_column_int64(row, column);
                if (isBoolean[column] && whole is 0 or 1)
                    Cells.Set(column, CellKind.Boolean, whole == 0 ? "false" : "true");
                else
                    Set(column, CellKind.Integer, whole);
                break;
            case raw.SQLITE_FLOAT:
                Set(column, CellKind.Real, raw.sqlite3_column_double(row, column));
                break;
            case raw.SQLITE_TEXT:
                var text = raw.sqlite3_column_text(row, column).utf8_to_string();
                if (text.Contains(Replacement) && !IsUtf8(row!, column))
                    Fault ??= $"the text of '{header.Names[column]}' is not UTF-8";
                Cells.Set(column, CellKind.Text, text);
                break;
            case raw.SQLITE_BLOB:
                Cells.Set(column, CellKind.Binary,
                    Convert.ToHexStringLower(raw.sqlite3_column_blob(row, column)));
                break;
        }
    }

    /// <summary>SQLite takes any bytes for text. Those of a text of UTF-16 are made here, and are.</summary>
    static bool IsUtf8(sqlite3_stmt row, int column)
    {
        ref readonly var first = ref raw.sqlite3_column_text(row, column).GetPinnableReference();
        return Utf8.IsValid(MemoryMarshal.CreateReadOnlySpan(
            in first, raw.sqlite3_column_bytes(row, column)));
    }

    void Set<T>(int column, CellKind kind, T value) where T : ISpanFormattable
    {
        value.TryFormat(Cells.Room(32), out var chars, default, CultureInfo.InvariantCulture);
        Cells.Take(column, kind, chars);
    }

    static bool HasSignature(string path)
    {
        Span<byte> start = stackalloc byte[16];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual("SQLite format 3\0"u8);
    }

    static void Restrict(SqliteConnection connection)
    {
        raw.sqlite3_limit(connection.Handle, SqliteLimitLength, MaxValueBytes);
        raw.sqlite3_limit(connection.Handle, SqliteLimitAttached, 0);
        using var restrict = connection.CreateCommand();
        restrict.CommandText =
            "PRAGMA trusted_schema=OFF; PRAGMA query_only=ON; PRAGMA cell_size_check=ON; "
            + "PRAGMA temp_store=FILE";
        restrict.ExecuteNonQuery();
    }

    static string TableStatement(SqliteConnection connection, string? table)
    {
        var tables = Texts(connection,
            "SELECT name FROM sqlite_schema WHERE type IN ('table', "
            + "'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
        var chosen = table is not null
            ? tables.FirstOrDefault(name => name == table)
            : tables is [var only] ? only : null;
        if (chosen is null)
            throw new SourceFaultException(new Problem(
                "DATA-043", table is null
                    ? "The database has several tables, or none."
                    : $"The database has no table '{table}'.",
                new Place("", Field: table),
                Actual: tables.Count == 0 ? "no table" : NearestNames.Listed(tables),
                Next: table is null ? "Name one as data.format.table, or write data.format.query."
                    : NearestNames.Suggest(table, tables)));
        var quoted = Quoted(chosen);
        var isView = Texts(connection,
            $"SELECT name FROM sqlite_schema WHERE type = 'view' AND name = {Literal(chosen)}").Count > 0;
        if (isView)
            return $"SELECT * FROM {quoted} ORDER BY {Positions(connection, $"SELECT * FROM {quoted}")}";
        var key = Texts(
            connection, $"SELECT name FROM pragma_table_info({Literal(chosen)}) WHERE pk > 0 ORDER BY pk");
        var hasRowId = Texts(connection,
            $"SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = {Literal(chosen)}") is ["0"];
        return $"SELECT * FROM {quoted} ORDER BY "
            + $"{(hasRowId ? "_rowid_" : string.Join(", ", key.Select(Quoted)))}";
    }

    static string QueryStatement(SqliteConnection connection, string query)
    {
        var text = new SqlText(query);
        if (text.FindFault() is { } fault)
            throw new SourceFaultException(SqlProblems.Refused(fault));
        return text.IsOrdered ? text.Statement
            : $"SELECT * FROM (\n{text.Statement}\n) ORDER BY {Positions(connection, text.Statement)}";
    }

    /// <remarks>Prepared only: a reader takes the first step, which works out a whole aggregate.</remarks>
    static string Positions(SqliteConnection connection, string statement)
    {
        var code = raw.sqlite3_prepare_v2(connection.Handle, statement, out var prepared);
        using (prepared)
        {
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
            return string.Join(", ", Enumerable.Range(1, raw.sqlite3_column_count(prepared)));
        }
    }

    static List<string> Texts(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static SourceFaultException FaultOf(SqliteException wrong, string? query) =>
        query is null || wrong.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            ? NoDatabase(wrong.Message, wrong)
            : new SourceFaultException(SqlProblems.Failed(wrong.Message), wrong);

    static SourceFaultException NoDatabase(string why, Exception? inner) => new(new Problem(
        "DATA-042", "This is no whole SQLite database.", new Place(""), Expected: "a SQLite 3 file",
        Actual: why, Next: "Bring the file again, with nothing writing to it."), inner);
}
