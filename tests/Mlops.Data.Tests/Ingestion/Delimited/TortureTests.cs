using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Sylvan.Data.Csv;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>
/// Every corner of RFC 4180 and what lies beyond it, with the cells that are expected written down. Each is
/// read record by record and in blocks, with borders between blocks at every byte.
/// </summary>
public sealed class TortureTests
{
    /// <summary>Name, text, and the rows: cells with <c>|</c> between them.</summary>
    public static TheoryData<string, string, string[]> Corners => new()
    {
        { "RFC 4180, 1: rows end with CRLF", "aaa,bbb\r\nzzz,yyy\r\n", ["aaa|bbb", "zzz|yyy"] },
        { "RFC 4180, 2: the last may have no end", "aaa,bbb\r\nzzz,yyy", ["aaa|bbb", "zzz|yyy"] },
        { "RFC 4180, 4: blanks are part of a cell", " aaa , bbb\r\n", [" aaa | bbb"] },
        { "RFC 4180, 5: quoted and unquoted", "\"aaa\",\"bbb\"\r\nzzz,\"yyy\"", ["aaa|bbb", "zzz|yyy"] },
        { "RFC 4180, 6: a line end in quotes", "\"aaa\",\"b\r\nbb\"\r\nzzz,yyy", ["aaa|b\r\nbb", "zzz|yyy"] },
        { "RFC 4180, 6: a comma in quotes", "\"a,a\",b\n", ["a,a|b"] },
        { "RFC 4180, 7: a quote in quotes", "\"aaa\",\"b\"\"bb\"", ["aaa|b\"bb"] },
        { "LF", "a,b\nc,d\n", ["a|b", "c|d"] },
        { "lone CR", "a,b\rc,d\r", ["a|b", "c|d"] },
        { "lone CR at the very end", "a,b\r", ["a|b"] },
        { "all line ends in one text", "a,b\nc,d\r\ne,f\rg,h", ["a|b", "c|d", "e|f", "g|h"] },
        { "LF then CR is an empty line", "a,b\n\rc,d", ["a|b", "c|d"] },
        { "CR CR LF is an empty line", "a,b\r\r\nc,d", ["a|b", "c|d"] },
        { "empty lines", "\n\na,b\n\n\nc,d\n\n", ["a|b", "c|d"] },
        { "a line of blanks is a row", "a,b\n  \nc,d", ["a|b", "2: 1 cells", "c|d"] },
        { "empty cells", ",\n,b\na,\n\"\",\"\"\n", ["|", "|b", "a|", "|"] },
        { "a delimiter at the end opens a cell", "a,b\nc,", ["a|b", "c|"] },
        { "a quote that opens the last, empty cell", "a,\"\"", ["a|"] },
        { "only a quoted quote", "\"\"\"\",\"\"\"\"\"\"", ["\"|\"\""] },
        { "a quoted line end alone", "\"\n\",\"\r\"\n\"\r\n\",x", ["\n|\r", "\r\n|x"] },
        { "a quoted cell of delimiters", "\",,,\",b", [",,,|b"] },
        { "doubled quotes beside line ends", "\"\"\"\n\"\"\",b\nc,d", ["\"\n\"|b", "c|d"] },
        { "a quote inside an unquoted cell", "a\"b,c\"d\"\ne,f", ["a\"b|c\"d\"", "e|f"] },
        { "a quote after a blank", "a, \"b\"\nc,d", ["a| \"b\"", "c|d"] },
        { "text after a closing quote", "a,\"b\"c\nd,e",
            ["1: cell 2 goes on after its closing quote", "d|e"] },
        { "a blank after a closing quote", "\"a\" ,b\nd,e",
            ["1: cell 1 goes on after its closing quote", "d|e"] },
        { "unterminated at the end", "a,b\nc,\"d", ["a|b", "2: the quote that opens cell 2 is not closed"] },
        { "unterminated, rows after it", "a,\"b\nc,d\ne,f",
            ["1: the quote that opens cell 2 is not closed", "c|d", "e|f"] },
        { "a lone quote at the end", "a,b\n\"", ["a|b", "2: the quote that opens cell 1 is not closed"] },
        { "three quotes at the end", "a,\"\"\"", ["1: the quote that opens cell 2 is not closed"] },
        { "a stray quote closed lines below", "a,\"b\nc,d\"x\ne,f",
            ["1: the quote that opens cell 2 is not closed", "c|d\"x", "e|f"] },
        { "ragged rows", "a\na,b\na,b,c\n,,\nd,e", ["1: 1 cells", "a|b", "3: 3 cells", "4: 3 cells", "d|e"] },
        { "ragged rows after quoted lines", "\"a\n\n\",b\nc\nd,e", ["a\n\n|b", "4: 1 cells", "d|e"] },
        { "NUL", "a\0b,\0\n\0,\"\0\"\n", ["a\0b|\0", "\0|\0"] },
        { "other controls", "\u0001\u001f,\u007f\n\u000b\u000c,\u0085\n",
            ["\u0001\u001f|\u007f", "\u000b\u000c|\u0085"] },
        { "no line ends but LF and CR", "a\u2028b,c\u2029d\n", ["a\u2028b|c\u2029d"] },
        { "a byte-order mark inside", "a,\ufeffb\n\ufeff,c\n", ["a|\ufeffb", "|c"] },
        {
            "a byte-order mark where reading begins anew", new string('x', 61) + ",b\n\ufeff,c\n\"x\"y,z\n",
            [new string('x', 61) + "|b", "|c", "3: cell 1 goes on after its closing quote"]
        },
        { "other letters", "é,ß\n語,😀\n\"é\"\"語\",\"😀\n\"", ["é|ß", "語|😀", "é\"語|😀\n"] },
        { "a cell over 64 bytes", new string('x', 100) + ",b\nc," + new string('y', 129),
            [new string('x', 100) + "|b", "c|" + new string('y', 129)] },
        { "quoted over 64 bytes", "\"" + new string('\n', 70) + "\",b\n\"" + new string(',', 64) + "\",c",
            [new string('\n', 70) + "|b", new string(',', 64) + "|c"] },
        { "63 doubled quotes", "\"" + new string('"', 126) + "\",b", [new string('"', 63) + "|b"] },
        { "only line ends", "\n\r\n\r\r\n", [] },
        { "one delimiter", ",", ["|"] },
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public async Task CornersGiveTheirCells(string name, string text, string[] rows)
    {
        var format = new TextFormat(Encoding: "utf-8");
        var expected = rows.Select(row =>
            char.IsAsciiDigit(row.FirstOrDefault()) && row.Contains(": ", StringComparison.Ordinal)
                ? [row] : row.Split('|')).ToList();
        (await Splitting.RecordByRecord(text, format, 2)).ShouldBe(expected, $"record by record: {name}");
        for (var window = 1; window <= Encoding.UTF8.GetByteCount(text) + 1; window++)
            foreach (var records in (int[])[1, 1000])
                (await Splitting.InBlocks(text, format, 2, window, records))
                    .ShouldBe(expected, $"{name}, blocks of {window}");
    }

    [Theory]
    [InlineData(";", "\"", "a;\"b;c\"\n", "a|b;c")]
    [InlineData("\t", "\"", "a\tb,c\n", "a|b,c")]
    [InlineData("|", "'", "a|'b''c'\n", "a~b'c")]
    [InlineData(",", "'", "\"a,'b,\"'\n", "\"a|b,\"")]
    [InlineData(",", null, "\"a,b\"\n", "\"a|b\"")]
    [InlineData("\u0001", "\"", "a\u0001b\n", "a|b")]
    [InlineData("§", "\"", "a§\"b§c\"\n", "a|b§c")]
    [InlineData(",", "«", "a,«b,c«\n", "a|b,c")]
    public async Task OtherDelimitersAndQuotes(string delimiter, string? quote, string text, string row)
    {
        var format = new TextFormat(delimiter, quote, "utf-8");
        var expected = row.Split(delimiter == "|" ? '~' : '|');
        for (var window = 1; window < 20; window++)
            (await Splitting.InBlocks(text + text, format, 2, window, 1)).ShouldBe([expected, expected]);
    }

    [Fact]
    public async Task ACellOfAMegabyteIsACell()
    {
        var large = string.Concat(Enumerable.Range(0, 1 << 17)
            .Select(i => (i % 3) switch { 0 => "abc\n,", 1 => "\"\"", _ => "xyz" }));
        var text = $"a,\"{large}\"\n\"{large}\",b\nc,d\n";
        var cell = large.Replace("\"\"", "\"");
        foreach (var window in (int[])[1 << 10, 1 << 16, SourceText.WindowBytes])
            (await Splitting.InBlocks(text, new TextFormat(), 2, window, 1))
                .ShouldBe([["a", cell], [cell, "b"], ["c", "d"]]);
    }

    [Fact]
    public async Task TenThousandColumnsAreColumns()
    {
        var cells = Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"{i}")).ToArray();
        var text = string.Concat(Enumerable.Repeat(string.Join(',', cells) + "\n", 30))
            + string.Join(',', cells[1..]);
        var rows = await Splitting.InBlocks(text, new TextFormat(), cells.Length, 1 << 12, 1);
        rows.Count.ShouldBe(31);
        rows.Take(30).ShouldAllBe(row => row.SequenceEqual(cells));
        rows[30].ShouldBe(["31: 9999 cells"]);
    }

    /// <summary>Whatever is written by the rules comes back, and as another library reads it.</summary>
    [Fact]
    public async Task AnyCellsWrittenByTheRulesComeBack() =>
        await Gen.Select(
            Gen.Char["ab1,;\"\n\r \té語"].Array[0, 12].Select(cell => new string(cell)).Array[3].Array[1, 30],
            Gen.Bool, Gen.Int[0, 2]).SampleAsync(async (rows, quoted, end) =>
        {
            var lineEnd = ((string[])["\n", "\r\n", "\r"])[end];
            var text = string.Concat(
                rows.Select(row => string.Join(',', row.Select(cell => Written(cell, quoted))) + lineEnd));
            foreach (var window in (int[])[17, 64, 1 << 16])
                (await Splitting.InBlocks(text, new TextFormat(Encoding: "utf-8"), 3, window, 1))
                    .ShouldBe(rows);
            // It sees an empty row between some CR and LF.
            if (!text.Contains('\r', StringComparison.Ordinal))
                BySylvan(text).ShouldBe(rows);
        }, iter: 300, threads: 1);

    static string Written(string cell, bool quoted) => quoted || cell.AsSpan().IndexOfAny(",\"\n\r") >= 0
        ? $"\"{cell.Replace("\"", "\"\"")}\""
        : cell;

    static List<string[]> BySylvan(string text)
    {
        using var reader = CsvDataReader.Create(
            new StringReader(text),
            new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',', BufferSize = 1 << 16 });
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
