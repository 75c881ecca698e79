using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Sylvan.Data.Csv;
using ZstdSharp;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>
/// Rows that are set aside can be had byte for byte, whatever they are written in.
/// </summary>
public sealed class OriginalBytesTests
{
    /// <summary>How a text is written, and what may stand in its cells.</summary>
    /// <param name="Declared">What the pipeline says of it; null where the bytes say it.</param>
    sealed record Writing(
        string Encoding, bool HasMark, string? Declared, string Letters, char Delimiter = ',');

    static readonly Writing[] Writings =
    [
        new("utf-8", false, null, "aé漢😀\0"),
        new("utf-8", true, null, "aé漢😀"),
        new("utf-8", false, "utf-8", "aé\uFFFD\u2028\u0085"),
        new("utf-16", true, null, "aé漢😀"),
        new("utf-16BE", true, null, "aé漢😀\u0A0D\u0D0A\u2C22"),
        new("utf-16", false, null, "aé"),
        new("utf-16BE", false, "utf-16BE", "漢😀\u0A0D"),
        new("utf-32", true, null, "aé漢😀"),
        new("windows-1252", false, null, "aé€\u0081"),
        new("windows-1252", false, "windows-1252", "aéÿ\u00A0"),
        new("iso-8859-5", false, "iso-8859-5", "Жя"),
        new("shift_jis", false, "shift_jis", "ソ表ｱ漢"),
        new("gb18030", false, "gb18030", "漢😀é"),
        new("euc-kr", false, "euc-kr", "한국"),
        new("iso-2022-jp", false, "iso-2022-jp", "漢字"),
        new("utf-8", true, null, "aé漢😀", '§'),
        new("utf-16", true, null, "aé", '\t'),
        new("ibm037", false, "ibm037", "aé"),
    ];

    enum Kind
    {
        Kept,
        Blank,
        NoInteger,
        Ragged,
        Torn,
        Fails,
    }

    /// <param name="Text">With its line end.</param>
    sealed record Row(Kind Kind, string Text)
    {
        public bool IsSetAside => Kind is not (Kind.Kept or Kind.Blank);
    }

    static Gen<Row> RowOf(Writing writing)
    {
        var note = Gen.Int[0, writing.Letters.Length + 3].Array[0, 4].Select(letters => string.Concat(
            letters.Select(at => at < writing.Letters.Length ? Runes(writing.Letters, at)
                : at == writing.Letters.Length ? "\n" : at == writing.Letters.Length + 1 ? "\"\"" : "b,")));
        return Gen.Select(Gen.Enum<Kind>(), note, Gen.Int[0, 2]).Select((kind, text, end) => new Row(
            kind, (kind switch
            {
                Kind.Blank => "",
                Kind.NoInteger => $"{Plain(text)}x,1,\"{text}\"",
                Kind.Ragged => $"1,{Plain(text)}",
                Kind.Torn => $"1,2,\"{Plain(text)}\"b",
                Kind.Fails => $"2,-3,\"{text}\"",
                _ => $"3,4,\"{text}\"",
            }).Replace(',', writing.Delimiter) + (end == 0 ? "\n" : end == 1 ? "\r\n" : "\r")));
    }

    /// <summary>A letter, whole also where it is two of UTF-16.</summary>
    static string Runes(string letters, int at) =>
        char.IsLowSurrogate(letters[at]) ? letters[(at - 1)..(at + 1)]
        : char.IsHighSurrogate(letters[at]) ? letters[at..(at + 2)]
        : letters[at].ToString();

    static string Plain(string text) =>
        new([.. text.Where(letter => letter is not ('\n' or '"' or ',' or '\r'))]);

    /// <summary>
    /// The bytes of the rows set aside, of the rows kept and of what is no row are the bytes of the file; and
    /// the rows set aside, handed back as they are, are read as what they were.
    /// </summary>
    [Fact]
    public async Task NoByteIsLostAndNoneIsAltered() => await Gen.Int[0, Writings.Length - 1]
        .SelectMany(at => Gen.Select(
            Gen.Const(Writings[at]), RowOf(Writings[at]).Array[0, 30], Gen.Int[0, 2], Gen.Bool, Gen.Bool,
            Gen.Bool))
        .SampleAsync(async (writing, made, packing, hasSkipped, hasLastEnd, hasTitles) =>
        {
            var rows = MadeReadable(made, writing.Delimiter, hasLastEnd);
            var encoding = EncodingOf(writing);
            var titles = hasTitles ? $"\"{Plain(writing.Letters)}\r\n\n" : "";
            var header = titles + (hasSkipped ? "id,x,note\r\nof,the,lines\n" : "id,x,note\n")
                .Replace(',', writing.Delimiter);
            byte[] mark = writing.HasMark ? encoding.GetPreamble() : [];
            byte[] preamble = [.. mark, .. encoding.GetBytes(header)];
            byte[][] records = [.. rows.Select(row => encoding.GetBytes(row.Text))];
            byte[] file = [.. preamble, .. records.SelectMany(record => record)];
            using var workspace = new Workspace().With("in/a.csv" + Ending(packing), Packed(file, packing));
            var format = new TextFormat(
                writing.Delimiter.ToString(), Encoding: writing.Declared, SkipRows: hasSkipped ? 1 : 0,
                SkipLines: hasTitles ? 2 : null);
            var dataset = await workspace.Ingest(
                workspace.Input(format, Aside.Columns, maxShare: 1), maxPieceBytes: 96);
            var result = await Of(workspace, dataset, format);

            dataset.Table.RowCount.ShouldBe(rows.Count(row => row.Kind is Kind.Kept or Kind.Fails));
            (result.Unparsed + result.Failed).ShouldBe(rows.Count(row => row.IsSetAside));
            var aside = records.Where((_, at) => rows[at].IsSetAside).ToArray();
            Cut(workspace, result, file).ShouldBe(aside, writing.ToString());
            if (aside.Length == 0)
            {
                result.Files.ShouldBeNull();
                return;
            }
            var handed = result.Files!.ShouldHaveSingleItem();
            (handed.Path, handed.Rows, handed.IsRaw).ShouldBe(("in/a.csv", aside.Length, true));
            var bytes = File.ReadAllBytes(workspace.Context.Locate(handed.File));
            bytes.ShouldBe([.. preamble, .. aside.SelectMany(record => record)], writing.ToString());

            using var again = new Workspace().With("a.csv", bytes);
            var back = await again.Ingest(again.Input(format, Aside.Columns, maxShare: 1));
            (back.Table.RowCount, back.QuarantinedRows).ShouldBe((result.Failed, result.Unparsed));
        }, iter: 120, threads: 1);

    /// <summary>What shifts an encoding back stands behind the last character.</summary>
    [Fact]
    public async Task ARowThatEndsTheFileShiftedHasItsEnd()
    {
        byte[] row = [.. "1,"u8, 0x1b, .. "$B4A"u8, 0x1b, .. "(B"u8];
        using var workspace = new Workspace().With("a.csv", [.. "id,x,note\n1,1,a\n"u8, .. row]);
        var format = new TextFormat(Encoding: "iso-2022-jp");
        var dataset = await workspace.Ingest(workspace.Input(format, Aside.Columns, maxShare: 1));
        var result = await Of(workspace, dataset, format);
        File.ReadAllBytes(workspace.Context.Locate(result.Files![0].File))
            .ShouldBe([.. "id,x,note\n"u8, .. row]);
        workspace.Text(result.Csv!).ShouldContain(",16,10,");
    }

    [Fact]
    public async Task SourcesWithTheSameRowsSetAsideHaveAFileEach()
    {
        using var workspace = new Workspace()
            .With("id,x,note\n1,1,a\nx,1,b\n", "a.csv").With("id,x,note\n2,2,a\nx,1,b\n", "b.csv");
        var dataset = await workspace.Ingest(workspace.Input(columns: Aside.Columns, maxShare: 1));
        var result = await Of(workspace, dataset, new TextFormat());
        result.Files!.Select(file => (file.Path, workspace.Text(file.File))).ShouldBe(
            [("a.csv", "id,x,note\nx,1,b\n"), ("b.csv", "id,x,note\nx,1,b\n")]);
    }

    /// <summary>Rows of a warning are looked up to be shown, and stay in the dataset.</summary>
    [Fact]
    public async Task RowsThatAreOnlyShownAreNotSetAside()
    {
        using var workspace = new Workspace().With("id,x,note\n1,-1,a\nx,1,b\n2,-2,c\n");
        var dataset = await workspace.Ingest(workspace.Input(columns: Aside.Columns, maxShare: 1));
        var result = await Of(workspace, dataset, new TextFormat(), Aside.Rules with
        {
            Columns = [new ColumnRule("x", Severity.Warn, Min: 0)],
        });
        result.Places.Count.ShouldBe(2);
        workspace.Text(result.Files!.ShouldHaveSingleItem().File).ShouldBe("id,x,note\nx,1,b\n");
    }

    /// <summary>
    /// Something is kept, so that the encoding shows and the dataset is one; a CR, or what has none, is not
    /// followed by what would make one line end of two.
    /// </summary>
    static Row[] MadeReadable(Row[] made, char delimiter, bool hasLastEnd)
    {
        Row[] rows = [new(Kind.Kept, "1,1,plain text to begin with\n".Replace(',', delimiter)), .. made];
        for (var at = 1; at < rows.Length; at++)
            if (rows[at].Text[0] == '\n' && rows[at - 1].Text[^1] == '\r')
                rows[at] = rows[at] with { Text = "\r\n" };
        if (!hasLastEnd && rows[^1].Kind != Kind.Blank)
            rows[^1] = rows[^1] with { Text = rows[^1].Text.TrimEnd('\r', '\n') };
        return rows;
    }

    static Encoding EncodingOf(Writing writing) =>
        CodePagesEncodingProvider.Instance.GetEncoding(writing.Encoding)
        ?? Encoding.GetEncoding(writing.Encoding);

    static string Ending(int packing) => packing switch { 1 => ".gz", 2 => ".zst", _ => "" };

    static byte[] Packed(byte[] bytes, int packing)
    {
        if (packing == 0)
            return bytes;
        using var packed = new MemoryStream();
        using (Stream stream = packing == 1
            ? new GZipStream(packed, CompressionLevel.Fastest) : new CompressionStream(packed))
            stream.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The rows as anybody cuts them out of the unpacked file by what the CSV says.</summary>
    static byte[][] Cut(Workspace workspace, QuarantineResult result, byte[] file)
    {
        if (result.Csv is null)
            return [];
        using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv)));
        var cut = new List<byte[]>();
        while (csv.Read())
        {
            var offset = int.Parse(csv.GetString(6), CultureInfo.InvariantCulture);
            cut.Add(file[offset..(offset + int.Parse(csv.GetString(7), CultureInfo.InvariantCulture))]);
        }
        return [.. cut];
    }

    static async Task<QuarantineResult> Of(
        Workspace workspace, Dataset dataset, TextFormat format, ValidationRules? rules = null) =>
        (await Aside.Of(workspace, dataset, rules ?? Aside.Rules, format)).Result;
}
