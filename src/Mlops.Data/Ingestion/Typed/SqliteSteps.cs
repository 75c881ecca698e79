using System.Globalization;
using Microsoft.Data.Sqlite;
using Mlops.Engine;
using SQLitePCL;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// Ends a statement that is cancelled, or that has no end: a view may recurse for ever. Steps of SQLite's own
/// machine are counted rather than seconds, so that every machine refuses the same.
/// </summary>
/// <param name="leastSteps">How many may be taken, however small the file.</param>
sealed class SqliteSteps(long fileBytes, long leastSteps, CancellationToken ct)
{
    /// <summary>About a minute of them.</summary>
    public const long Least = 5_000_000_000;

    /// <summary>Reading and sorting a table takes fewer than ten.</summary>
    const long PerByte = 100;

    const int BetweenLooks = 1_000_000;

    readonly long most = leastSteps + PerByte * fileBytes;
    long taken;

    /// <summary>What to say once too many were taken; null until then.</summary>
    public SourceFaultException? Fault => taken <= most ? null : new SourceFaultException(new Problem(
        "DATA-058", "The statement or view does not end.", new Place(""),
        Expected: string.Create(CultureInfo.InvariantCulture,
            $"at most {most:N0} steps of SQLite for a file of {fileBytes:N0} bytes"),
        Next: "Bound its recursion or its join, or write what it gives into a table."));

    public void Watch(SqliteConnection connection) => raw.sqlite3_progress_handler(
        connection.Handle, BetweenLooks, _ =>
        {
            taken += BetweenLooks;
            return taken > most || ct.IsCancellationRequested ? 1 : 0;
        }, null);
}
