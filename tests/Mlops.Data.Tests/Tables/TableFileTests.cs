using CsCheck;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Tables;

public sealed class TableFileTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-tables-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task EveryTypeReadsBackEqual() =>
        await RandomTables.Table.SampleAsync(async table =>
        {
            var bytes = await Bytes(table);
            (await Bytes(table)).ShouldBe(bytes);
            RandomTables.ShouldBeEqual(await Read(bytes), table);
        }, iter: 200, threads: 1);

    [Fact]
    public async Task SeveralRowGroupsReadBackEqual()
    {
        var rows = 2 * TableFileRows + 17;
        var table = new Table(
            new TableSchema([new Column("PM2.5", ColumnType.Integer), new Column("text", ColumnType.Text)]),
            [
                new WholeValues(
                    ColumnType.Integer,
                    [.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? WholeValues.Missing : i)]),
                new TextValues(
                    [.. Enumerable.Range(0, rows).Select(i => i % 1001 - 1)],
                    [.. Enumerable.Range(0, 1000).Select(i => $"level {i}")]),
            ]);
        RandomTables.ShouldBeEqual(await Read(await Bytes(table)), table);
    }

    [Fact]
    public async Task ColumnsComeInTheAskedOrder()
    {
        var table = new Table(
            new TableSchema([new Column("a", ColumnType.Real), new Column("b", ColumnType.Real)]),
            [new RealValues([1]), new RealValues([2])]);
        var read = await Read(await Bytes(table), ["b", "a"]);
        read.Schema.Columns.Select(column => column.Name).ShouldBe(["b", "a"]);
        read[0].Number(0).ShouldBe(2);
    }

    [Fact]
    public async Task AnUnknownColumnNamesTheNearest()
    {
        var table = new Table(new TableSchema([new Column("price", ColumnType.Real)]), [new RealValues([1])]);
        var bytes = await Bytes(table);
        var problem = (await Should.ThrowAsync<ProblemException>(() => Read(bytes, ["pric"])))
            .Problems.ShouldHaveSingleItem();
        problem.Next.ShouldBe("Did you mean 'price'?");
    }

    [Fact]
    public async Task WhatIsNoParquetIsAProblem() =>
        (await Should.ThrowAsync<ProblemException>(() => Read("a,b\n1,2\n"u8.ToArray())))
            .Problems[0].Id.ShouldBe("DATA-002");

    [Fact]
    public void TextLevelsAreRecodedInOrderOfFirstUse()
    {
        var schema = new TableSchema([new Column("t", ColumnType.Text)]);
        var joined = Table.Concatenate(
        [
            new Table(schema, [new TextValues([1, -1], ["unused", "b"])]),
            new Table(schema, [new TextValues([0, 1, 1], ["a", "b"])]),
        ]);
        var text = joined[0].ShouldBeOfType<TextValues>();
        text.Levels.ShouldBe(["b", "a"]);
        text.Codes.ToArray().ShouldBe([0, -1, 1, 0, 0]);
    }

    [Fact]
    public void TimestampsFarFromNowKeepTheirMicroseconds() =>
        new WholeValues(ColumnType.Timestamp, [253402300799999999]).Text(0)
            .ShouldBe("9999-12-31T23:59:59.999999");

    const int TableFileRows = 122_880;

    static async Task<byte[]> Bytes(Table table)
    {
        var stream = new MemoryStream();
        await TableFile.Write(stream, table, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    async Task<Table> Read(byte[] bytes, IReadOnlyList<string>? columns = null)
    {
        var path = Path.Combine(directory, "table.parquet");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return await TableFile.Read(path, columns, TestContext.Current.CancellationToken);
    }
}
