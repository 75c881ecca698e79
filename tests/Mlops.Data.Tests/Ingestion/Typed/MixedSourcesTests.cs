using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>Ingest over sources of several kinds.</summary>
public sealed class MixedSourcesTests : IDisposable
{
    readonly Workspace workspace = new();
    readonly TypedFiles files = new();

    public void Dispose()
    {
        workspace.Dispose();
        files.Dispose();
    }

    static string Described(Dataset dataset) =>
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    byte[] Bytes(SourceFile file)
    {
        using var stream = files.Context.OpenSource(file.Digest);
        var bytes = new byte[file.LengthBytes];
        stream.ReadExactly(bytes);
        return bytes;
    }

    byte[] Parquet =>
        Bytes(files.AddParquet("a.parquet", "select 3::bigint id, 'c' as name, 3.5::double as v"));

    byte[] Sqlite =>
        Bytes(files.AddSqlite(
            "a.db", "CREATE TABLE t (id INTEGER, name TEXT, v REAL); INSERT INTO t VALUES (4, 'd', 4.5)"));

    [Fact]
    public async Task TheNameSaysTheKindAndAllKindsAreOneDataset()
    {
        workspace.With("id,name,v\n1,a,1.5\n", "1.csv")
            .With("{\"id\":2,\"name\":\"b\",\"v\":2.5}\n", "2.jsonl")
            .With("3.parquet", Parquet).With("4.sqlite", Sqlite).With("id\tname\tv\n5\te\t5.5\n", "5.tsv");
        var dataset = await workspace.Ingest(workspace.Input());
        Described(dataset).ShouldBe("id integer, name text, v real");
        dataset.Sources.Select(source => source.KeptRows).ShouldAllBe(rows => rows == 1);
        var table = await workspace.Load(dataset);
        TypedFiles.Cells(table, "name").ShouldBe("a|b|c|d|e");
        TypedFiles.Cells(table, "v").ShouldBe("1.5|2.5|3.5|4.5|5.5");
    }

    /// <summary>A day's log without a line has no rows, and is no file of other columns.</summary>
    [Theory]
    [InlineData("log/a.jsonl", "log/b.jsonl", "log/c.jsonl")]
    [InlineData("day=1/a.jsonl", "day=2/b.jsonl", "day=3/c.jsonl")]
    public async Task JsonLinesWithoutALineSayNothingOfColumns(string first, string second, string third)
    {
        workspace.With("", first).With("{\"id\":1,\"v\":2}\n", second).With("\n", third);
        var dataset = await workspace.Ingest(workspace.Input());
        Described(dataset).ShouldContain("id integer, v integer");
        dataset.Sources.Select(source => source.KeptRows).ShouldBe([0, 1, 0]);
        using var other = new Workspace();
        other.With("", first).With("{\"id\":1}\n", second).With("{\"id\":1,\"v\":2}\n", third);
        var problem = (await other.Problems(other.Input())).ShouldHaveSingleItem();
        problem.What.ShouldBe($"The file has other columns than '{second}'.");
        problem.Where!.File.ShouldBe(third);
    }

    [Fact]
    public async Task TheFormatSaysTheKindWhereTheNameDoesNot()
    {
        workspace.With("{\"id\":2}\n", "2.txt");
        (await workspace.Table(
            workspace.Input(new TextFormat(Kind: SourceKind.JsonLines)))).RowCount.ShouldBe(1);
        using var other = new Workspace();
        other.With("id\n2\n", "2.jsonl");
        (await other.Table(other.Input(new TextFormat(Kind: SourceKind.Text))))["id"].Text(0).ShouldBe("2");
    }

    [Fact]
    public async Task FaultsOfAllFilesAreSaidTogetherWithTheirNames()
    {
        workspace.With("1.parquet", [1, 2, 3]).With("2.db", [1, 2, 3])
            .With("x", "3.csv").With("{\"a\":[]}", "4.jsonl");
        var problems = (await Should.ThrowAsync<ProblemException>(() =>
            workspace.Ingest(workspace.Input()))).Problems;
        problems.Select(problem => $"{problem.Id} {problem.Where}").ShouldBe(
            ["DATA-002 1.parquet", "DATA-042 2.db", "DATA-040 4.jsonl(1) [a]"]);
    }

    [Fact]
    public async Task EachFileIsReadOnceAndOnlyByItsOwnLibraries()
    {
        workspace.With("1.parquet", Parquet).With("2.db", Sqlite);
        var scratch = await ScratchOf(workspace);
        var remembering = new RememberingContext(scratch);
        var stage = IngestStage.Create(workspace.Hooks);
        await remembering.Call(stage, workspace.Input());
        remembering.Ran.ShouldContain("Ingest.ParseParquet");
        remembering.Ran.ShouldContain("Ingest.ParseSqlite");
        remembering.Ran.Clear();
        await remembering.Call(stage, workspace.Input(maxShare: 0.5));
        remembering.Ran.ShouldBe(["Ingest"]);
    }

    static async Task<ScratchContext> ScratchOf(Workspace workspace)
    {
        await workspace.Ingest(workspace.Input());
        return workspace.Context;
    }
}
