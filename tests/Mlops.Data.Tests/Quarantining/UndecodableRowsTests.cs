using System.Globalization;
using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Ingestion.Typed;
using Sylvan.Data.Csv;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>
/// Of text whose encoding is known exactly those rows are set aside that are none in it, byte for byte.
/// </summary>
public sealed class UndecodableRowsTests
{
    static readonly ColumnDeclaration[] Columns =
        [new("id", ColumnType.Integer), new("note", ColumnType.Text)];

    /// <param name="Declared">Null where a byte-order mark says it.</param>
    /// <param name="Bad">Bytes that are no text, whatever letter comes behind.</param>
    sealed record Writing(string Encoding, string? Declared, string Letters, params string[] Bad);

    static readonly Writing[] Writings =
    [
        new("utf-8", "utf-8", "aé漢😀", "FF", "C3", "E282", "EDA080", "EDB280", "F09F98", "C0AF", "FFFE"),
        new("utf-8", null, "aé漢😀", "80", "F4908080"),
        new("utf-16", "utf-16", "aé漢😀", "00D8", "00DC", "3DD83DD8"),
        new("utf-16", null, "aé漢😀\uffff\uf8ff", "00D8", "00DC"),
        new("utf-16BE", "utf-16BE", "aé漢😀", "D800", "DC0A"),
        new("utf-32", null, "a漢😀", "FFFF1100", "00D80000"),
        new("us-ascii", "us-ascii", "ab", "80", "FFFE"),
        new("windows-1253", "windows-1253", "aώ€\u0081", "AA", "D2FF"),
        new("iso-8859-8", "iso-8859-8", "aא", "BF", "A1DEFB"),
        new("shift_jis", "shift_jis", "ソ表ｱ漢", "8540"),
        new("gb18030", "gb18030", "漢😀é", "FF"),
    ];

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    sealed record Row(byte[] Bytes, string Note, bool IsText, bool IsSetAside);

    static Encoding EncodingOf(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    static Gen<Row> RowOf(Writing writing)
    {
        var encoding = EncodingOf(writing.Encoding);
        var letters = writing.Letters.EnumerateRunes().ToArray();
        return Gen.Select(
            Gen.Int[0, letters.Length - 1].Array[1, 4], Gen.Int[0, 7], Gen.Int[0, writing.Bad.Length - 1],
            Gen.Bool, Gen.Bool, Any("\n", "\r\n"), (note, kind, bad, isQuoted, isRagged, end) =>
            {
                var text = string.Concat(note.Select(letter => letters[letter]));
                var (quote, id) = (isQuoted ? "\"" : "", kind == 0 ? "none" : "7");
                var before = $"{id},{quote}{text}";
                var after = $"b{(isRagged && kind == 1 ? ",c" : "")}{quote}";
                byte[] none = kind > 2 ? [] : Convert.FromHexString(writing.Bad[bad]);
                return new Row(
                    [.. encoding.GetBytes(before), .. none, .. encoding.GetBytes(after + end)],
                    $"{text}b", none.Length == 0, kind <= 2);
            });
    }

    [Fact]
    public async Task ExactlyTheRowsThatAreNoTextAreSetAsideByteForByte() =>
        await Gen.Int[0, Writings.Length - 1].SelectMany(at => Gen.Select(
            Gen.Const(Writings[at]), RowOf(Writings[at]).Array[1, 60], Gen.Bool)).SampleAsync(
            async (writing, rows, isCut) =>
            {
                var encoding = EncodingOf(writing.Encoding);
                byte[] preamble =
                [
                    .. writing.Declared is null ? encoding.GetPreamble() : [],
                    .. encoding.GetBytes("id,note\n"),
                ];
                byte[] bytes = [.. preamble, .. rows.SelectMany(row => row.Bytes)];
                using var workspace = new Workspace().With("a.csv", bytes);
                var format = new TextFormat(Encoding: writing.Declared);
                var dataset = await workspace.Ingest(
                    workspace.Input(format, Columns, maxShare: 1), isCut ? 90 : CutSource.MaxBytes);
                var kept = rows.Where(row => !row.IsSetAside).ToList();
                var aside = rows.Where(row => row.IsSetAside).ToList();
                TypedFiles.Cells(await workspace.Load(dataset), "note")
                    .ShouldBe(string.Join('|', kept.Select(row => row.Note)));
                dataset.QuarantinedRows.ShouldBe(aside.Count);
                var result = await Of(workspace, dataset, format);
                if (aside.Count == 0)
                {
                    result.Csv.ShouldBeNull();
                    return;
                }
                var records = Records(workspace, result);
                records.Select(record => record.Reason.EndsWith($" no {encoding.WebName}"))
                    .ShouldBe(aside.Select(row => !row.IsText));
                records.Select(record => Convert.ToHexString(bytes, record.Offset, record.Length))
                    .ShouldBe(aside.Select(row => Convert.ToHexString(row.Bytes)));
                File.ReadAllBytes(workspace.Context.Locate(result.Files!.ShouldHaveSingleItem().File))
                    .ShouldBe([.. preamble, .. aside.SelectMany(row => row.Bytes)]);
            }, iter: 200, threads: 1);

    /// <summary>
    /// The bytes for which the Encoding Standard of the web has no character either; those of windows-125x
    /// that it reads as controls are controls, and the sign of Apple is one of the Macintosh's.
    /// </summary>
    [Theory]
    [InlineData("windows-874", "DBDCDDDEFCFDFEFF")]
    [InlineData("windows-1250", "")]
    [InlineData("windows-1251", "")]
    [InlineData("windows-1252", "")]
    [InlineData("windows-1253", "AAD2FF")]
    [InlineData("windows-1254", "")]
    [InlineData("windows-1255", "D9DADBDCDDDEDFFBFCFF")]
    [InlineData("windows-1256", "")]
    [InlineData("windows-1257", "A1A5")]
    [InlineData("windows-1258", "")]
    [InlineData("iso-8859-1", "")]
    [InlineData("iso-8859-3", "A5AEBEC3D0E3F0")]
    [InlineData("iso-8859-6", "A1A2A3A5A6A7A8A9AAABAEAFB0B1B2B3B4B5B6B7B8B9BABCBDBEC0DBDCDDDEDF"
        + "F3F4F5F6F7F8F9FAFBFCFDFEFF")]
    [InlineData("iso-8859-8", "A1BFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEFBFCFDFEFF")]
    [InlineData("iso-8859-15", "")]
    [InlineData("koi8-r", "")]
    [InlineData("koi8-u", "")]
    [InlineData("macintosh", "")]
    public async Task BytesThatACodePageLeavesOutAreNoText(string name, string none)
    {
        byte[] bytes = [.. "id,note\n"u8, .. Enumerable.Range(128, 128).SelectMany(value =>
            (byte[])[.. Encoding.ASCII.GetBytes($"{value},"), (byte)value, (byte)'x', (byte)'\n'])];
        using var workspace = new Workspace().With("a.csv", bytes);
        var dataset = await workspace.Ingest(
            workspace.Input(new TextFormat(Encoding: name), Columns, maxShare: 1));
        var kept = (WholeValues)(await workspace.Load(dataset))["id"];
        byte[] aside = [.. Enumerable.Range(128, 128).Except([.. kept.Values.ToArray().Select(id => (int)id)])
            .Select(value => (byte)value)];
        Convert.ToHexString(aside).ShouldBe(none);
        dataset.QuarantinedRows.ShouldBe(aside.Length);
    }

    [Fact]
    public async Task TheReasonSaysWhichBytesStandWhere()
    {
        using var workspace = new Workspace().With(
            "a.csv", [.. "id,note\n1,ä\n2,😀ä"u8, 0xe2, 0x82, .. "\n3,c\n"u8, 0xff]);
        var dataset = await workspace.Ingest(
            workspace.Input(new TextFormat(Encoding: "utf-8"), Columns, maxShare: 1));
        dataset.Sources[0].Samples.ShouldBe([
            new QuarantinedRow(3, null, "the bytes 'E2 82' at character 5 are no utf-8", "2,😀ä\ufffd\ufffd"),
            new QuarantinedRow(5, null, "the byte 'FF' at character 1 is no utf-8", "\ufffd"),
        ]);
        dataset.Sources[0].KeptRows.ShouldBe(2);
        dataset.Judgement.Findings.ShouldContain(finding => finding.Contains("'E2 82'"));
    }

    [Fact]
    public async Task RowsThatAreNoTextSayNothingAboutTypesAndCountInTheLimits()
    {
        using var workspace = new Workspace().With("a.csv", [.. "n\n1\nx"u8, 0xff, .. "\n3\n"u8]);
        var format = new TextFormat(Encoding: "utf-8");
        var dataset = await workspace.Ingest(workspace.Input(format, maxShare: 0.4));
        dataset.Table.Schema.Columns.ShouldBe([new Column("n", ColumnType.Integer)]);
        dataset.Judgement.Accepted.ShouldBeTrue();
        (await workspace.Ingest(workspace.Input(format))).Judgement.Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task WhatIsNoTextIsNotShownWhereAColumnIsRedacted()
    {
        using var workspace = new Workspace().With("a.csv", [.. "id,note\n1,"u8, 0xe9, .. "\n2,a\n"u8]);
        var dataset = await workspace.Ingest(
            workspace.Input(new TextFormat(Encoding: "utf-8"), Columns, maxShare: 1) with
            {
                Redact = ["note"],
            });
        dataset.Sources[0].Samples.ShouldHaveSingleItem().ToString().ShouldNotContain("E9");
        dataset.Judgement.Findings.ShouldAllBe(finding => !finding.Contains("E9"));
    }

    static List<(string Reason, int Offset, int Length)> Records(Workspace workspace, QuarantineResult result)
    {
        using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv!)));
        var records = new List<(string, int, int)>();
        while (csv.Read())
            records.Add((
                csv.GetString(4), int.Parse(csv.GetString(6), CultureInfo.InvariantCulture),
                int.Parse(csv.GetString(7), CultureInfo.InvariantCulture)));
        return records;
    }

    static Task<QuarantineResult> Of(Workspace workspace, Dataset dataset, TextFormat format) =>
        workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, format, dataset.Table, null, null, null, [], null, null));
}
