using System.Globalization;
using DuckDB.NET.Data;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// A DuckDB in memory that can reach one folder and nothing else. One thread, so that sums of floating-point
/// numbers and equal rows of an order come out the same each time.
/// </summary>
static class DuckDatabase
{
    /// <summary>What it may hold in memory; the rest goes to the folder for it.</summary>
    public const string MemoryLimit = "512MiB";

    const string DiskLimit = "64GiB";

    /// <summary>
    /// What one call may make of a value. Such values are not counted against the memory limit until they are
    /// stored, and 2,048 rows are worked on at a time: together they are no more than it.
    /// </summary>
    const int MaxMadeChars = 256 << 10;

    static readonly TimeSpan BetweenInterrupts = TimeSpan.FromMilliseconds(50);

    /// <param name="folder">What it may read, ending in a separator.</param>
    /// <param name="spilled">Where it puts what is more than it may hold.</param>
    public static async Task<DuckDBConnection> Open(string folder, string spilled, CancellationToken ct)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            await connection.OpenAsync(ct);
            string[] settings =
            [
                "threads = 1", $"memory_limit = '{MemoryLimit}'", $"temp_directory = {Literal(spilled)}",
                $"max_temp_directory_size = '{DiskLimit}'", "TimeZone = 'UTC'",
                "preserve_insertion_order = true", "autoinstall_known_extensions = false",
                "autoload_known_extensions = false", $"allowed_directories = [{Literal(folder)}]",
                "enable_external_access = false", "lock_configuration = true",
            ];
            foreach (var setting in settings)
                await Execute(connection, $"SET {setting}", ct);
            foreach (var bounded in new[]
            {
                Bounded("repeat", "s, n", "len(s::VARCHAR) * n"),
                Bounded("lpad", "s, n, p", "n"), Bounded("rpad", "s, n, p", "n"),
            })
                await Execute(connection, bounded, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A function of DuckDB that makes long values of short ones, by its own name.</summary>
    static string Bounded(string function, string arguments, string chars) => string.Create(
        CultureInfo.InvariantCulture, $"""
            CREATE TEMP MACRO {function}({arguments}) AS CASE WHEN {chars} > {MaxMadeChars}
            THEN error('{function} makes a value of more than {MaxMadeChars:N0} characters')
            ELSE system.main.{function}({arguments}) END
            """);

    public static async Task Execute(DuckDBConnection connection, string statement, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        ct.ThrowIfCancellationRequested();
        var running = Task.Run(command.ExecuteNonQuery, CancellationToken.None);
        try
        {
            await running.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            await End(running, command);
            throw;
        }
    }

    /// <summary>
    /// An interrupt that comes before the statement begins is forgotten, so it is repeated until the
    /// statement has ended.
    /// </summary>
    static async Task End(Task running, DuckDBCommand command)
    {
        while (!running.IsCompleted)
        {
            command.Cancel();
            await Task.WhenAny(running, Task.Delay(BetweenInterrupts));
        }
        // What it ended with is of no interest: nobody waits for it any more.
        _ = running.Exception;
    }

    /// <summary>Columns of decimals that have more digits than a table's, by name.</summary>
    /// <param name="source">What is selected from.</param>
    public static async Task<IReadOnlyList<string>> WideDecimals(
        DuckDBConnection connection, string source, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT column_name, column_type FROM (DESCRIBE FROM {source}) "
            + "WHERE column_type LIKE 'DECIMAL(%'";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var names = new List<string>();
        while (await reader.ReadAsync(ct))
            if (DuckColumn.Of(reader.GetString(0), reader.GetString(1)).Column.Type == ColumnType.Real)
                names.Add(reader.GetString(0));
        return names;
    }

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
