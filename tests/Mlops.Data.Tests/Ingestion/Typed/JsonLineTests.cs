using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Tables;

namespace Mlops.Data.Tests.Ingestion.Typed;

public sealed class JsonLineTests : IDisposable
{
    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    async Task<InferredSource> Infer(string text) =>
        await files.Infer(await files.JsonLines(files.Add("a.jsonl", text)));

    async Task<ParsedSource> Parse(string text, params ColumnDeclaration[] columns) =>
        await files.Parse(await files.JsonLines(files.Add("a.jsonl", text)), columns);

    [Theory]
    [InlineData("""{"a":1,"b":2.0,"c":true,"d":"x"}""", "a integer, b real, c boolean, d text")]
    [InlineData("""{"a":1}_{"a":2.5}""", "a real")]
    [InlineData("""{"a":1e3}""", "a real")]
    [InlineData("""{"a":"1"}""", "a text")]
    [InlineData("""{"a":1}_{"a":"1"}""", "a text")]
    [InlineData("""{"a":"2026-01-31"}_{"a":null}""", "a date")]
    [InlineData("""{"a":"2026-01-31"}_{"a":"2026-01-31T10:00:00Z"}""", "a timestamp")]
    [InlineData("""{"a":12345678901234567890}""", "a text")]
    [InlineData("""{"a":null}""", "a text")]
    [InlineData("""{"b":1}_{"a":1,"b":2}_{"c":1}""", "b integer, a integer, c integer")]
    public async Task TypesAreThoseOfTheValues(string lines, string types) =>
        TypedFiles.Described(await Infer(lines.Replace('_', '\n'))).ShouldBe(types);

    [Fact]
    public async Task MissingKeysNullsAndBlanksAreMissingValues()
    {
        var parsed = await Parse("{\"a\":1,\"b\":\"x\"}\r\n\n{\"b\":null}\n  {\"a\":3,\"b\":\" \"}  ",
            new("a", ColumnType.Integer), new("b", ColumnType.Text));
        var table = await files.Table(parsed);
        TypedFiles.Cells(table, "a").ShouldBe("1|-|3");
        TypedFiles.Cells(table, "b").ShouldBe("x|-|-");
        parsed.QuarantinedRows.ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"a\":2,\"cut\":")]
    [InlineData("{\"a\":2,\"a\":3,\"cut\":1}")]
    [InlineData("{\"a\":2,\"cut\":1} {")]
    [InlineData("{\"b\":2,\"cut\":1,,\"a\":2}")]
    public async Task KeysThatOnlyABadLineHasAreNoColumns(string bad)
    {
        var text = $"{{\"a\":1}}\n{bad}\n{{\"a\":3,\"z\":4}}\n";
        TypedFiles.Described(await Infer(text)).ShouldBe("a integer, z integer");
        var parsed = await Parse(text, new("a", ColumnType.Integer), new("z", ColumnType.Integer));
        parsed.LeftOut.ShouldBeEmpty();
        parsed.QuarantinedRows.ShouldBe(1);
        TypedFiles.Cells(await files.Table(parsed), "z").ShouldBe("-|4");
    }

    [Fact]
    public async Task BadLinesAreQuarantinedWithTheirNumberAndReasonAndReadingGoesOn()
    {
        var deep = $"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}";
        var parsed = await Parse(
            $"{{\"a\":1}}\n{{\"a\":1,}}\n[1]\n7\n{{\"a\":1}} x\n{{\"a\":1,\"a\":2}}\n{{\"a\":null,\"a\":2}}\n"
            + $"{{\"a\":[1]}}\n{{\"a\":\"x\"}}\n{deep}\n{{\"a\":\"\\ud800\"}}\n{{\"a\":1\n{{\"a\":2}}",
            new ColumnDeclaration("a", ColumnType.Integer));
        TypedFiles.Cells(await files.Table(parsed), "a").ShouldBe("1|2");
        parsed.Samples.Select(row => row.Line).ShouldBe([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        parsed.Samples[0].Reason.ShouldStartWith("no JSON from byte ");
        parsed.Samples[1].Reason.ShouldBe("a list instead of an object");
        parsed.Samples[2].Reason.ShouldBe("a single value instead of an object");
        parsed.Samples[4].Reason.ShouldBe("the key 'a' stands twice");
        parsed.Samples[5].Reason.ShouldBe("the key 'a' stands twice");
        parsed.Samples[6].ShouldBe(new QuarantinedRow(8, "a", "a list instead of a value", "{\"a\":[1]}"));
        parsed.Samples[7].Reason.ShouldBe("'x' is not an integer");
        parsed.Samples[8].Reason.ShouldContain("64");
        parsed.Samples[9].Reason.ShouldBe("a text that is not UTF-8");
        (parsed.KeptRows + parsed.QuarantinedRows).ShouldBe(13);
    }

    [Fact]
    public async Task BytesThatAreNoUtf8AreQuarantined()
    {
        var file = files.Add("a.jsonl",
            [.. "{\"a\":\""u8, 0xff, .. "\"}\n{\"a\":{\"b\":\""u8, 0xff, .. "\"}}\n{\"a\":\"x\"}"u8]);
        var parsed = await files.Parse(await files.JsonLines(file), [new("a", ColumnType.Text)]);
        parsed.KeptRows.ShouldBe(1);
        parsed.Samples.ShouldAllBe(row => row.Reason == "a text that is not UTF-8");
    }

    [Fact]
    public async Task NestedValuesAreRefusedByNameOrKeptAsTheirJson()
    {
        const string text = "{\"id\":1,\"tags\":[\"a\", 1],\"who\":{\"n\":1}}\n{\"id\":2}\n";
        var problems = (await Infer(text)).Problems;
        problems.Select(problem => (problem.Id, problem.Where!.Field, problem.Where.Line))
            .ShouldBe([("DATA-040", "tags", 1), ("DATA-040", "who", 1)]);
        var parsed = await Parse(text, new("id", ColumnType.Integer), new("tags", ColumnType.Text));
        TypedFiles.Cells(await files.Table(parsed), "tags").ShouldBe("[\"a\", 1]|-");
        parsed.LeftOut.ShouldBe(["who"]);
    }

    [Fact]
    public async Task AColumnThatNoLineHasIsAProblem() =>
        (await Parse("{\"price\":1}\n", new ColumnDeclaration("prise", ColumnType.Integer)))
            .Problems.ShouldHaveSingleItem().Next!.ShouldStartWith("Was it renamed, 'price' for 'prise'?");

    [Fact]
    public async Task TooManyDifferentKeysAreRefused()
    {
        var text = string.Concat(
            Enumerable.Range(0, JsonLineRows.MaxNames + 1).Select(i => $"{{\"k{i}\":1}}\n"));
        (await Should.ThrowAsync<SourceFaultException>(() => Infer(text))).Problem.Id.ShouldBe("DATA-041");
    }

    [Fact]
    public async Task ALineWithoutEndIsRefused()
    {
        var line = new byte[JsonLineRows.MaxLineBytes + 10];
        line.AsSpan().Fill((byte)' ');
        line[0] = (byte)'{';
        var file = files.Add("a.jsonl", line);
        (await Should.ThrowAsync<SourceFaultException>(async () =>
            await files.Infer(await files.JsonLines(file))))
            .Problem.Id.ShouldBe("DATA-020");
    }

    [Fact]
    public async Task EveryTableWrittenAsJsonLinesReadsBackEqual() =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            using var written = new TypedFiles();
            var columns = table.Schema.Columns.Select(ColumnDeclaration.Of).ToList();
            var file = written.Add("a.jsonl", Lines(table));
            var parsed = await written.Parse(await written.JsonLines(file), columns);
            parsed.QuarantinedRows.ShouldBe(0, string.Join("; ", parsed.Samples));
            RandomTables.ShouldBeEqual(await written.Table(parsed), table);
        }, iter: 150, threads: 1);

    static string Lines(Table table)
    {
        var text = new StringBuilder();
        for (var row = 0; row < table.RowCount; row++)
            text.Append('{').AppendJoin(", ", table.Schema.Columns.Select((column, i) =>
                $"{JsonSerializer.Serialize(column.Name)}: {Value(column.Type, table[i].Text(row))}"))
                    .Append("}\n");
        return text.ToString();
    }

    static string Value(ColumnType type, string? value) => value is null ? "null"
        : type.IsInteger() || type == ColumnType.Boolean ? value
        : type.IsReal() && double.IsFinite(double.Parse(value, CultureInfo.InvariantCulture)) ? value
        : JsonSerializer.Serialize(value);
}
