using Microsoft.Data.Sqlite;

namespace Mlops.EndToEnd.Tests;

/// <summary>A SQLite database that somebody has open, so that its file need not hold all of its rows.</summary>
public sealed class OpenDatabaseTests : IDisposable
{
    readonly Workbench bench = new Workbench().WithPipeline("crm", """
        name: crm
        data: { sources: crm.db }
        train: { task: regression, label: total, trainer: sdca }
        """);

    readonly SqliteConnection connection;

    public OpenDatabaseTests()
    {
        connection = new SqliteConnection(
            $"Data Source={Path.Combine(bench.Pipelines, "crm", "crm.db")};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0");
        Execute("CREATE TABLE orders (id INTEGER, total REAL)");
        Execute("INSERT INTO orders VALUES (1, 2.5), (2, 3.5)");
    }

    [Fact]
    public void RowsThatAreInItsLogAloneAreNeverLeftOutSilently()
    {
        bench.Run("Ingest").ShouldExit(1).ShouldSay("DATA-062", "crm.db-wal", "wal_checkpoint");

        Execute("PRAGMA wal_checkpoint(PASSIVE)");
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["crm/Ingest"]);
        RunUntilNothingIsLookedAtAnyMore();

        Execute("INSERT INTO orders VALUES (3, 4.5)");
        bench.Run("Ingest").ShouldExit(1).ShouldSay("DATA-062");

        connection.Dispose();
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["crm/Ingest"]);
    }

    public void Dispose()
    {
        connection.Dispose();
        bench.Dispose();
    }

    void RunUntilNothingIsLookedAtAnyMore()
    {
        Thread.Sleep(2500);
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(bench.Workspace, "snapshots")).ShouldNotBeEmpty();
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    void Execute(string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
