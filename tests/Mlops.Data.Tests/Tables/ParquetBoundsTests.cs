using System.Globalization;
using CsCheck;
using DuckDB.NET.Data;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Tables;

/// <summary>
/// What a file says of the least and the greatest value of its row groups: other readers leave groups out by
/// it, and would lose rows if it were wrong.
/// </summary>
public sealed class ParquetBoundsTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-bounds-").FullName;
    readonly DuckDBConnection connection = new("DataSource=:memory:");

    public ParquetBoundsTests()
    {
        connection.Open();
        Ask("SET TimeZone = 'UTC'");
    }

    public void Dispose()
    {
        connection.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task BoundsOfEveryTypeAreThoseOfTheValues() =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            var path = await Write(table);
            foreach (var column in table.Schema.Columns)
            {
                var told = Ask("SELECT stats_min_value, stats_max_value FROM parquet_metadata("
                    + $"'{path}') WHERE path_in_schema = '{column.Name}'");
                var real = Ask($"SELECT min(\"{column.Name}\")::VARCHAR, max(\"{column.Name}\")::VARCHAR "
                    + $"FROM read_parquet('{path}')");
                if (column.Type == ColumnType.Boolean)
                    told.ShouldBe([null, null]);
                else
                    told.Select(Unsigned).ShouldBe(real.Select(Unsigned), column.ToString());
            }
        }, iter: 300, threads: 1, print: RandomTables.Print);

    [Fact]
    public async Task ATimeIsFoundAmongThoseOfItsRowGroup()
    {
        var path = await Write(Of(ColumnType.Timestamp, Micros("2026-01-01"), Micros("2026-03-31T23:59:59")));
        Ask($"SELECT count(*) FROM '{path}' WHERE c > TIMESTAMP '2026-02-01'").ShouldBe(["1"]);
        Ask($"SELECT c FROM '{path}' WHERE c = TIMESTAMP '2026-01-01'").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("！", "😀")]
    [InlineData("😀", "�", "a")]
    [InlineData("ﬁ", "𝒳", "ﬁ", "𝒳", "ﬁ", "𝒳", "ﬁ", "𝒳")]
    public async Task ATextIsFoundWhateverItsCharacters(params string[] texts)
    {
        var levels = texts.Distinct().ToArray();
        var table = Of([.. texts.Select(text => Array.IndexOf(levels, text))], levels);
        var path = await Write(table);
        foreach (var text in levels)
            Ask($"SELECT count(*) FROM '{path}' WHERE c = '{text}'")
                .ShouldBe([texts.Count(each => each == text).ToString(CultureInfo.InvariantCulture)]);
        RandomTables.ShouldBeEqual(
            await TableFile.Read(path, ct: TestContext.Current.CancellationToken), table);
    }

    [Theory]
    [InlineData(TextBounds.MostChars)]
    [InlineData(TextBounds.MostChars + 1)]
    [InlineData(1 << 20)]
    public async Task ALongTextIsNotRepeatedInTheFooter(int length)
    {
        var random = new Random(7);
        var text = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('!', '~')));
        var table = Of([0, -1, 1], [text, "short"]);
        var path = await Write(table);
        var told = Ask($"SELECT stats_max_value FROM parquet_metadata('{path}')").ShouldHaveSingleItem();
        (told is null).ShouldBe(length > TextBounds.MostChars);
        new FileInfo(path).Length.ShouldBeLessThan(length + (4 * TextBounds.MostChars) + 1000);
        RandomTables.ShouldBeEqual(
            await TableFile.Read(path, ct: TestContext.Current.CancellationToken), table);
    }

    [Fact]
    public async Task LevelsThatNoRowHasChangeNoByte()
    {
        var few = await File.ReadAllBytesAsync(
            await Write(Of([0, 1, 0, 1], ["！", "a"])), TestContext.Current.CancellationToken);
        var more = await File.ReadAllBytesAsync(
            await Write(Of([0, 1, 0, 1], ["！", "a", "😀", new string('x', 5000)])),
            TestContext.Current.CancellationToken);
        more.ShouldBe(few);
    }

    /// <summary>Zero has no sign there.</summary>
    static string? Unsigned(string? value) => value is "-0.0" or "-0" ? value[1..] : value;

    static long Micros(string time) =>
        (DateTime.Parse(time, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    static Table Of(ColumnType type, params long[] values) =>
        new(new TableSchema([new Column("c", type)]), [new WholeValues(type, values)]);

    static Table Of(int[] codes, string[] levels) =>
        new(new TableSchema([new Column("c", ColumnType.Text)]), [new TextValues(codes, levels)]);

    /// <summary>Each time another name: DuckDB remembers what files hold.</summary>
    async Task<string> Write(Table table)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():n}.parquet");
        await using var stream = File.Create(path);
        await TableFile.Write(stream, table, TestContext.Current.CancellationToken);
        return path;
    }

    /// <returns>The values of all rows one after the other.</returns>
    List<string?> Ask(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string?>();
        while (reader.Read())
            for (var i = 0; i < reader.FieldCount; i++)
                values.Add(reader.IsDBNull(i)
                    ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
        return values;
    }
}
