using System.IO.Compression;
using System.Text;
using Mlops.Data.Ingestion;
using ZstdSharp;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>A text of some rows in some encoding, with bytes in it that were changed.</summary>
/// <param name="Bytes">Unpacked.</param>
/// <param name="Packing">0 for none, 1 gzip, 2 Zstandard.</param>
/// <param name="Secret">Stands in cells of the column 'note', which is redacted; null where none is.</param>
sealed record DamagedText(
    TextFormat Format, Encoding Encoding, byte[] Bytes, int Packing, long PieceBytes, string? Secret)
{
    /// <param name="Declared">Null where a byte-order mark says it.</param>
    sealed record Writing(string Encoding, bool HasMark, string? Declared, string Letters);

    static readonly Writing[] Writings =
    [
        new("utf-8", false, "utf-8", "aé漢😀\u0085\u2028\ufeff\uffff"),
        new("utf-8", true, null, "aé漢😀"),
        new("us-ascii", false, "us-ascii", "ab'"),
        new("windows-1253", false, "windows-1253", "aΩ€"),
        new("windows-1255", false, "windows-1255", "aש"),
        new("iso-8859-6", false, "iso-8859-6", "aع"),
        new("utf-16", true, null, "aé漢😀\uf8ff\uffff\u0a0d\u2c22"),
        new("utf-16", false, "utf-16", "aé漢😀\ue000"),
        new("utf-16BE", false, "utf-16BE", "aé漢😀\u0a0d"),
        new("utf-16BE", true, null, "a漢😀"),
        new("utf-32", true, null, "aé漢😀"),
        new("utf-32", false, "utf-32", "a😀"),
        new("utf-32BE", false, "utf-32BE", "a😀"),
        new("shift_jis", false, "shift_jis", "ソ表ｱ漢a"),
        new("gb18030", false, "gb18030", "漢😀éa"),
        new("gb2312", false, "gb2312", "漢a"),
        new("big5", false, "big5", "功a"),
        new("euc-kr", false, "euc-kr", "한국a"),
        new("euc-jp", false, "euc-jp", "漢字ｱa"),
        new("ks_c_5601-1987", false, "ks_c_5601-1987", "한a"),
        new("ibm037", false, "ibm037", "aé"),
        new("iso-2022-jp", false, "iso-2022-jp", "漢字a"),
        new("iso-2022-kr", false, "iso-2022-kr", "한a"),
        new("hz-gb-2312", false, "hz-gb-2312", "中a"),
    ];

    /// <summary>What is no text in one encoding or another, or nearly so.</summary>
    static readonly string[] Pieces =
    [
        "FF", "FE", "80", "C3", "E282", "EDA080", "EDB280", "EDB0", "F09F98", "C0AF", "FFFE", "FEFF",
        "EFBBBF", "00D8", "00DC", "D800", "DC0A", "3DD8", "81", "8130", "8540", "A1", "FD", "1B", "0E", "22",
        "2222", "2C", "0A", "0D", "0D0A", "00", "0000", "FFFF1100", "DBFFDC05", "8E", "8F", "A0",
    ];

    const string Hidden = "Geheim42";

    public static DamagedText Any(Random random)
    {
        var writing = Writings[random.Next(Writings.Length)];
        var encoding = SourceText.Strict(writing.Encoding);
        // Where no byte that is put in can be taken for a delimiter or a quote.
        var isRedacted = encoding.IsSingleByte && writing.Encoding != "ibm037" && random.Next(3) == 0;
        var delimiter = random.Next(8) == 0 ? ";" : ",";
        var skipped = random.Next(5) == 0 ? 1 : 0;
        byte[] preamble =
        [
            .. writing.HasMark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes(
                $"id{delimiter}x{delimiter}note\n" + (skipped > 0 ? "of,the,lines\r\n" : "")),
        ];
        var rows = encoding.GetBytes(Rows(random, writing.Letters, delimiter, isRedacted)).ToList();
        for (var change = random.Next(8); change > 0; change--)
            Change(random, rows, isRedacted);
        var format = new TextFormat(
            delimiter, random.Next(9) == 0 && !isRedacted ? null : "\"", writing.Declared, SkipRows: skipped);
        return new DamagedText(
            format, encoding, [.. preamble, .. rows], random.Next(6),
            random.Next(2) == 0 ? CutSource.MaxBytes : 60 + random.Next(200), isRedacted ? Hidden : null);
    }

    /// <summary>Whether what bytes mean depends on those before: a row is not read alone then.</summary>
    public bool IsShifted => Encoding.WebName.StartsWith("iso-2022", StringComparison.Ordinal)
        || Encoding.WebName == "hz-gb-2312";

    /// <summary>As they lie on disk.</summary>
    public byte[] Packed()
    {
        if (Packing is not (1 or 2))
            return Bytes;
        using var packed = new MemoryStream();
        using (Stream stream = Packing == 1
            ? new GZipStream(packed, CompressionLevel.Fastest) : new CompressionStream(packed))
            stream.Write(Bytes);
        return packed.ToArray();
    }

    static string Rows(Random random, string letters, string delimiter, bool isRedacted)
    {
        var runes = letters.EnumerateRunes().ToArray();
        string[] ends = ["\n", "\r\n", "\r"];
        var usual = ends[random.Next(ends.Length)];
        var text = new StringBuilder($"1{delimiter}1{delimiter}{(isRedacted ? Hidden : "first")}{usual}");
        for (var row = random.Next(random.Next(6) == 0 ? 400 : 30); row > 0; row--)
        {
            var quote = random.Next(3) == 0 ? "\"" : "";
            text.Append(random.Next(9) == 0 ? "none" : random.Next(100).ToString("0", null)).Append(delimiter)
                .Append(random.Next(7) - 1).Append(delimiter).Append(quote).Append(isRedacted ? Hidden : "");
            for (var letter = random.Next(5); letter > 0; letter--)
                text.Append(runes[random.Next(runes.Length)]);
            text.Append(quote.Length > 0 && random.Next(4) == 0 ? "\n" : "").Append(quote)
                .Append(random.Next(12) == 0 ? $"{delimiter}more" : "")
                .Append(random.Next(8) == 0 ? ends[random.Next(ends.Length)] : usual)
                .Append(random.Next(12) == 0 ? usual : "");
        }
        return random.Next(3) == 0 ? text.ToString().TrimEnd('\r', '\n') : text.ToString();
    }

    static void Change(Random random, List<byte> rows, bool insertsOnly)
    {
        var at = random.Next(rows.Count + 1);
        if (insertsOnly)
            rows.Insert(at, (byte)random.Next(128, 256));
        else if (at == rows.Count || random.Next(2) == 0)
            rows.InsertRange(at, Convert.FromHexString(Pieces[random.Next(Pieces.Length)]));
        else if (random.Next(3) == 0)
            rows.RemoveRange(at, Math.Min(rows.Count - at, 1 + random.Next(5)));
        else
            rows[at] = (byte)random.Next(256);
    }
}
