using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>Words that mean no value, over files whose values are numbers and dates themselves.</summary>
public sealed class TypedMissingTests : IDisposable
{
    readonly Workspace workspace = new();
    readonly TypedFiles files = new();

    public void Dispose()
    {
        workspace.Dispose();
        files.Dispose();
    }

    async Task Add(SourceFile file) => workspace.With(file.Name, await files.Bytes(file));

    async Task<string> Cells(IngestInput input, params string[] columns)
    {
        var table = await workspace.Load(await workspace.Ingest(input));
        return string.Join("; ", columns.Select(column => TypedFiles.Cells(table, column)));
    }

    static ColumnDeclaration Marked(string name, ColumnType type, params string[] missing) =>
        new(name, type, Missing: missing);

    [Fact]
    public async Task NumbersAndDatesOfParquetThatAreMarkersMeanNoValue()
    {
        await Add(files.AddParquet("a.parquet", """
            SELECT * FROM (VALUES
              (1::INT, -999::BIGINT, -999.0::DOUBLE, -99.9::FLOAT, DATE '9999-12-31', -9.99::DECIMAL(5,2), true),
              (2, 5, 1.5, 2.5, DATE '2026-01-02', 1.25, false)) t(id, n, r, f, d, e, b)
            """));
        (await Cells(workspace.Input(columns:
        [
            new("id", ColumnType.Integer), Marked("n", ColumnType.Integer, "-999"),
            Marked("r", ColumnType.Real, "-999"), Marked("f", ColumnType.Float, "-99.9"),
            Marked("d", ColumnType.Date, "9999-12-31"),
            Marked("e", ColumnType.Decimal, "-9.99") with { Precision = 5, Scale = 2 },
            Marked("b", ColumnType.Boolean, "false"),
        ]), "id", "n", "r", "f", "d", "e", "b"))
            .ShouldBe("1|2; -|5; -|1.5; -|2.5; -|2026-01-02; -|1.25; true|false");
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.db")]
    public async Task NumbersOfJsonAndDatabasesThatAreMarkersMeanNoValue(string name)
    {
        await Add(name == "a.db"
            ? files.AddSqlite(
                name, "CREATE TABLE t(n, r); INSERT INTO t VALUES (-999, -999.0), (5, 1.5), (0, '-999')")
            : files.Add(name, """
                {"n":-999,"r":-999.0}
                {"n":5,"r":1.5}
                {"n":0,"r":"-999"}
                """));
        var format = new TextFormat(Missing: ["-999", "none"]);
        (await Cells(workspace.Input(format), "n", "r")).ShouldBe("-|5|0; -|1.5|-");
        (await Cells(workspace.Input(format, [
            Marked("n", ColumnType.Integer, "0"), new("r", ColumnType.Real)]), "n", "r"))
            .ShouldBe("-999|5|-; -|1.5|-");
    }

    /// <summary>Numbers beyond 2^53 that doubles do not tell apart are told apart.</summary>
    [Fact]
    public async Task ALargeNumberIsNoMarkerThatIsNearIt()
    {
        await Add(files.Add("a.jsonl", "{\"n\":9007199254740993}\n{\"n\":9007199254740992}\n"));
        (await Cells(workspace.Input(new TextFormat(Missing: ["9007199254740993"])), "n"))
            .ShouldBe("-|9007199254740992");
    }

    /// <summary>How the files write dates says nothing of those that a statement gives.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DatesOfAStatementAreReadWhateverThePatternsOfTheFiles(bool isDeclared)
    {
        workspace.With("id,t\n1,02.01.2026\n", "a.csv");
        var input = workspace.Input(new TextFormat(Dates: ["dd.MM.yyyy"])) with
        {
            Sql = "SELECT id, t, DATE '2026-01-02' d, TIMESTAMP '2026-01-02 03:04:05' s "
                + "FROM read_csv('a.csv', all_varchar = true)",
        };
        ColumnDeclaration[] declared =
        [
            new("t", ColumnType.Date), new("d", ColumnType.Date, Format: "dd.MM.yyyy"),
            new("s", ColumnType.Timestamp, Format: "dd.MM.yyyy HH:mm"),
        ];
        (await Cells(isDeclared ? input with { Columns = declared } : input, "t", "d", "s")).ShouldBe(
            $"{(isDeclared ? "2026-01-02" : "02.01.2026")}; 2026-01-02; 2026-01-02T03:04:05");
    }
}
