using Microsoft.Data.Sqlite;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;

namespace Mlops.Data.Tests.Ingestion.Typed;

public sealed class SqliteLogTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("mlops-wal-").FullName;
    readonly SqliteConnection connection;

    public SqliteLogTests()
    {
        connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (id INTEGER)");
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    string Database => Path.Combine(folder, "a.db");

    [Fact]
    public void RowsThatAreInTheLogAloneAreSaidAndThoseWrittenBackAreNot()
    {
        SqliteLog.IsAhead(Database).ShouldBeFalse("Nothing was written since.");

        Execute("INSERT INTO t VALUES (1)");
        SqliteLog.IsAhead(Database).ShouldBeTrue();

        Execute("PRAGMA wal_checkpoint(PASSIVE)");
        new FileInfo(Database + "-wal").Length.ShouldBeGreaterThan(32);
        SqliteLog.IsAhead(Database).ShouldBeFalse("The log is still there, and says nothing more.");

        Execute("INSERT INTO t VALUES (2)");
        SqliteLog.IsAhead(Database).ShouldBeTrue();

        connection.Dispose();
        SqliteLog.IsAhead(Database).ShouldBeFalse("Who closes it last writes it back.");
    }

    [Fact]
    public void ALogWithoutItsIndexIsTakenToHoldMore()
    {
        Execute("INSERT INTO t VALUES (1)");
        var copy = Path.Combine(folder, "copy.db");
        File.Copy(Database, copy);
        File.Copy(Database + "-wal", copy + "-wal");

        SqliteLog.IsAhead(copy).ShouldBeTrue();
        File.WriteAllBytes(copy + "-shm", new byte[20]);
        SqliteLog.IsAhead(copy).ShouldBeTrue();
    }

    [Fact]
    public void OnlyDatabasesAreLookedAt()
    {
        Execute("INSERT INTO t VALUES (1)");
        var text = Path.Combine(folder, "a.csv");
        File.WriteAllText(text, "a\n1\n");
        File.WriteAllText(text + "-wal", new string('x', 100));

        var problem = SqliteLog.Problems(new TextFormat(), [text, Database]).ShouldHaveSingleItem();

        problem.Id.ShouldBe("DATA-062");
        problem.Where!.File.ShouldBe(Database);
        problem.Actual.ShouldBe("more of it in a.db-wal");
        SqliteLog.Problems(new TextFormat(Kind: SourceKind.Sqlite), [text]).Count.ShouldBe(1);
    }

    public void Dispose()
    {
        connection.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    void Execute(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
