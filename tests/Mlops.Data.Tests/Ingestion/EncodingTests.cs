using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

public sealed class EncodingTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static Encoding Windows => CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    static string Text(Table table, string column) =>
        string.Join('|', Enumerable.Range(0, table.RowCount).Select(table[column].Text));

    async Task<(string Cells, string Findings)> Read(byte[] bytes, TextFormat? format = null)
    {
        var dataset = await workspace.With("a.csv", bytes).Ingest(workspace.Input(format));
        return (Text(await workspace.Load(dataset), "v"), string.Join(' ', dataset.Judgement.Findings));
    }

    [Fact]
    public async Task WhatIsNoUtf8IsReadAsWindows1252AndSaid()
    {
        var (cells, findings) = await Read(Windows.GetBytes("v\nä\n€ and œ\n"));
        cells.ShouldBe("ä|€ and œ");
        findings.ShouldBe("Read as windows-1252, which nobody declared: 'a.csv'.");
    }

    [Fact]
    public async Task Utf8IsReadAsItself() =>
        (await Read(Encoding.UTF8.GetBytes("v\nä\n€\n"))).ShouldBe(("ä|€", ""));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16WithoutAMarkIsToldByItsZeros(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var (cells, findings) = await Read(encoding.GetBytes("v\nplain\nä €\n"));
        cells.ShouldBe("plain|ä €");
        findings.ShouldContain($"Read as {encoding.WebName}, which nobody declared");
        using var declared = new Workspace();
        Text(await declared.With("a.csv", encoding.GetBytes("v\nä\n"))
            .Table(declared.Input(new TextFormat(Encoding: name))), "v")
            .ShouldBe("ä");
    }

    public static TheoryData<string> Cells { get; } =
    [
        "Наталья Сергеевна", "Њњ Ђђ љубав", "东京都新宿区上野一丁目", "ひらがなのことば", "カタカナ・ことば", "서울특별시 강남구",
        "ชื่อภาษาไทย", "देवनागरी लिपि", "ગુજરાતી", "മലയാളം", "Ελληνικά",
        "עברית", "العربية", "āĒģŗ ūž", "😀😀😀", "上海市浦东新区",
        "বাংলা", "一丁目", "Ѐ Ȁ Ā",
    ];

    /// <summary>
    /// Half of the bytes of some are control characters, and valid UTF-8; those of others are none, or all
    /// ASCII.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Utf16WithoutAMarkIsToldWhereFewBytesAreZero(string cell)
    {
        var row = string.Concat(Enumerable.Repeat(cell, 9)) + "\n";
        var text = "v\n" + string.Concat(Enumerable.Repeat(row, 70));
        foreach (var name in new[] { "utf-16", "utf-16BE" })
        {
            var encoding = Encoding.GetEncoding(name);
            using var files = new Workspace();
            var dataset = await files.With("a.csv", encoding.GetBytes(text)).Ingest(files.Input());
            dataset.Judgement.Findings.ShouldHaveSingleItem()
                .ShouldBe($"Read as {encoding.WebName}, which nobody declared: 'a.csv'.");
            Text(await files.Load(dataset), "v").ShouldBe(string.Join('|', text.Split('\n')[1..^1]));
        }
    }

    /// <summary>Rows of random cells of a script and any letters, also cut off within one.</summary>
    [Fact]
    public void TablesOfAnyScriptAreToldToBeUtf16WithoutAMark()
    {
        var letter = Gen.OneOf(
            Gen.Int[0x20, 0x7e], Gen.Int[0x100, 0x17f], Gen.Int[0x3b1, 0x3c9], Gen.Int[0x400, 0x4ff],
            Gen.Int[0x905, 0x939], Gen.Int[0xe01, 0xe30], Gen.Int[0x3041, 0x3096], Gen.Int[0x4e00, 0x9fff],
            Gen.Int[0xac00, 0xd7a3], Gen.Int[0x1f600, 0x1f64f]);
        var script = Any(
            (0x3b1, 0x3c9), (0x400, 0x4ff), (0x5d0, 0x5ea), (0x905, 0x939), (0xe01, 0xe30), (0x3041, 0x3096),
            (0x4e00, 0x9fff), (0xac00, 0xd7a3), (0x1f600, 0x1f64f), (0x100, 0x17f));
        var ofScript = script.SelectMany(range => Gen.OneOf(Gen.Int[range.Item1, range.Item2], letter)
            .Array[1, 30].Array[2, 4].Array[3, 60]);
        ofScript.Sample(rows =>
        {
            var text = string.Concat(rows.Select(cells => string.Join(',', cells.Select(cell =>
                $"\"{string.Concat(cell.Select(char.ConvertFromUtf32)).Replace("\"", "\"\"")}\"")) + "\r\n"));
            foreach (var name in new[] { "utf-16", "utf-16BE" })
            {
                var bytes = Encoding.GetEncoding(name).GetBytes(text);
                DetectedEncoding.Of(bytes.AsSpan(0, Math.Min(bytes.Length, DetectedEncoding.HeadBytes)))
                    .ShouldBe(name);
            }
        });
    }

    /// <summary>NUL among them too, as what was written from memory has it.</summary>
    [Fact]
    public void TextOfOtherEncodingsIsNotToldToBeUtf16()
    {
        var cell = Gen.OneOf(
            Gen.Char[' ', '~'].Array[0, 20].Select(letters => new string(letters)),
            Any("Müller", "größer", "naïve", "漢字かな", "Наталья", "\0", "a\0", "ab\0\0", "1\0"));
        Gen.Select(cell.Array[1, 5].Array[8, 60], Any("\n", "\r\n"), Any(",", "\t", ";"))
            .Sample((rows, end, comma) =>
            {
                var text = string.Concat(rows.Select(cells => string.Join(comma, cells) + end));
                foreach (var encoding in new[] { Encoding.UTF8, Windows, Encoding.UTF32 })
                {
                    var bytes = encoding.GetBytes(text);
                    DetectedEncoding.Of(bytes.AsSpan(0, Math.Min(bytes.Length, DetectedEncoding.HeadBytes)))
                        .ShouldBe(DetectedEncoding.Utf8, Convert.ToHexString(bytes));
                }
            }, iter: 20_000);
    }

    [Fact]
    public async Task ADeclaredEncodingIsNotDoubted()
    {
        var (cells, findings) = await Read(
            Encoding.UTF8.GetBytes("v\nä\n"), new TextFormat(Encoding: "latin1"));
        cells.ShouldBe("Ã¤");
        findings.ShouldBe("");
    }

    public static TheoryData<string, string, string, string?> WronglyDeclared => new()
    {
        // What it is declared to be, what it is written in, its rows, and what is said of it.
        { "us-ascii", "utf-8", "1,ä\n2,b\n3,漢\n", Utf8 },
        { "euc-kr", "utf-8", "1,漢x\n", Utf8 },
        { "utf-8", "windows-1252", "1,ä\n2,b\n3,“Öl”\n", Windows1252 },
        { "utf-8", "iso-8859-5", "1,Жя\n", Windows1252 },
        // A byte that is none, among others that are text: the file is damaged, and what was declared is so.
        { "utf-8", "latin1", "1,Ã¤\n2,Ã¤\n3,ä\n", null },
        { "utf-8", "latin1", "1,\u0081ä\n", null },
        { "utf-8", "latin1", "1,\0ä\n", null },
        { "gb18030", "latin1", "1,ÿl\n", null },
    };

    const string Utf8 = "all bytes are valid utf-8, and {0} is declared: set data.format.encoding to utf-8";
    const string Windows1252 = "the bytes that are no {0} look like windows-1252 or another encoding of one byte";

    [Theory]
    [MemberData(nameof(WronglyDeclared))]
    public async Task WhatAWronglyDeclaredFileLooksLikeIsSaid(
        string declared, string written, string rows, string? said)
    {
        byte[] bytes = [.. "n,v\n"u8, .. SourceText.Strict(written).GetBytes(rows)];
        var dataset = await workspace.With("a.csv", bytes)
            .Ingest(workspace.Input(new TextFormat(Encoding: declared)));
        dataset.Judgement.Accepted.ShouldBeFalse();
        var findings = string.Join('\n', dataset.Judgement.Findings);
        if (said is null)
            findings.ShouldNotContain("data.format.encoding");
        else
            findings.ShouldContain($"'a.csv': {string.Format(null, said, declared)}");
    }

    /// <summary>A byte-order mark wins, so there would be nothing to set.</summary>
    [Fact]
    public async Task OfWhatAMarkSaysNothingElseIsSupposed()
    {
        byte[] bytes = [0xef, 0xbb, 0xbf, .. Windows.GetBytes("n,v\n1,ä\n2,b\n")];
        var dataset = await workspace.With("a.csv", bytes)
            .Ingest(workspace.Input(new TextFormat(Encoding: "utf-8")));
        dataset.QuarantinedRows.ShouldBe(1);
        string.Join('\n', dataset.Judgement.Findings).ShouldNotContain("data.format.encoding");
    }

    [Theory]
    [InlineData(1 << 16)]
    [InlineData(CutSource.MaxBytes)]
    public async Task PiecesOfAWronglyDeclaredFileSayItOnce(int pieceBytes)
    {
        var rows = string.Concat(
            Enumerable.Range(0, 20_000).Select(i => $"{i},{(i % 7 == 0 ? "ä" : "b")}\n"));
        workspace.With("a.csv", Windows.GetBytes("n,v\n" + rows))
            .With("b.csv", Windows.GetBytes("n,v\n1,Öl\n"));
        var dataset = await workspace.Ingest(workspace.Input(new TextFormat(Encoding: "utf-8")), pieceBytes);
        dataset.Judgement.Findings.Where(finding => finding.Contains("data.format.encoding"))
            .ShouldHaveSingleItem().ShouldStartWith("'a.csv', 'b.csv': the bytes that are no utf-8");
    }

    [Fact]
    public async Task BytesThatAreNoTextAreRefused() =>
        (await Should.ThrowAsync<ProblemException>(() =>
            Read([0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0xff])))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("DATA-017");

    /// <summary>Also where only a later piece is no UTF-8, and earlier ones are by chance.</summary>
    [Fact]
    public async Task AFileInPiecesIsOfOneEncoding()
    {
        var plain = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i},Ã¤\n"));
        var bytes = Windows.GetBytes($"n,v\n{plain}1,ä\n2,b\n");
        workspace.With("a.csv", bytes);
        var whole = await workspace.Table(workspace.Input());
        using var cut = new Workspace();
        cut.With("a.csv", bytes);
        var dataset = await cut.Ingest(cut.Input(), 1 << 16);
        dataset.Table.Parts.Count.ShouldBeGreaterThan(3);
        dataset.Judgement.Findings.ShouldHaveSingleItem().ShouldContain("windows-1252");
        Mlops.Data.Tests.Tables.RandomTables.ShouldBeEqual(await cut.Load(dataset), whole);
        whole["v"].Text(0).ShouldBe("Ã¤");
    }

    [Fact]
    public void Utf8IsToldInPiecesAsAsAWhole() =>
        Gen.Select(Gen.Byte.Array[0, 12], Gen.String[0, 6], Gen.Int[0, 20], Gen.Int[0, 20])
            .Sample((noise, text, first, second) =>
            {
                foreach (var bytes in new[] { noise, Encoding.UTF8.GetBytes(text),
                    [.. Encoding.UTF8.GetBytes(text), .. noise] })
                {
                    var check = new Utf8Check();
                    var (from, to) =
                        (Math.Min(first, bytes.Length), Math.Min(Math.Max(first, second), bytes.Length));
                    check.Add(bytes.AsSpan(0, from));
                    check.Add(bytes.AsSpan(from, to - from));
                    check.Add(bytes.AsSpan(to));
                    check.IsWhole.ShouldBe(System.Text.Unicode.Utf8.IsValid(bytes));
                }
            });
}
