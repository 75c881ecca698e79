using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion.Delimited;

public sealed class LenientEncodingTests
{
    static readonly Encoding Unmarked = SourceText.Strict("utf-8");

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary>Text with some bytes in it that are none.</summary>
    static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Gen.Byte.Array[0, 20], Gen.String[0, 12].Select(text => Encoding.UTF8.GetBytes(text)),
        Any("a", "é", "漢", "😀", "\udbff\udc05").Array[0, 6].Select(letters =>
            Encoding.UTF8.GetBytes(string.Concat(letters)))).Array[0, 3]
        .Select(parts => parts.SelectMany(part => part).ToArray());

    static Gen<Encoding> AnyEncoding =>
        Any("utf-8", "us-ascii", "windows-1253")
            .Select(name => LenientEncoding.Of(SourceText.Strict(name), name));

    [Fact]
    public void TextIsDecodedAsItselfAndOfAllElseEachByteIsKept() =>
        Gen.Select(AnyBytes, AnyEncoding).Sample((bytes, encoding) =>
        {
            var text = encoding.GetString(bytes);
            encoding.GetByteCount(text).ShouldBe(bytes.Length);
            encoding.GetCharCount(bytes).ShouldBe(text.Length);
            (Undecodable.IndexIn(text) < 0).ShouldBe(Decodes(encoding.WebName, bytes, out var strict));
            if (strict is not null)
                text.ShouldBe(strict);
            Restored(encoding.WebName, text).ShouldBe(bytes);
        }, iter: 3000);

    [Fact]
    public void PiecesAreDecodedAsTheWhole() =>
        Gen.Select(AnyBytes, AnyEncoding, Gen.Int[1, 5]).Sample((bytes, encoding, length) =>
        {
            using var reader = new StreamReader(
                new Pieces(bytes, length), encoding, detectEncodingFromByteOrderMarks: false, 128);
            reader.ReadToEnd().ShouldBe(encoding.GetString(bytes));
        }, iter: 3000);

    /// <summary>Whatever the length of what comes at once, also of what stands for a byte.</summary>
    [Fact]
    public void TranscodedTextIsToldFromWhatIsNoneAlsoInPieces() =>
        Gen.Select(Any("a", "é", "😀", "\uffff", "\ue000\uf8ff").Array[0, 9], Gen.Int[0, 9],
            Any<byte[]>([], [0x00, 0xd8], [0x0a, 0xdc], [0x3d, 0xd8, 0x3d, 0xd8]),
            Gen.Int[1, 7], Gen.Bool).Sample((letters, place, none, length, isTorn) =>
        {
            var at = Math.Min(place, letters.Length);
            var (before, after) = (string.Concat(letters[..at]), string.Concat(letters[at..]));
            byte[] bytes =
            [
                .. Encoding.Unicode.GetBytes(before), .. none, .. Encoding.Unicode.GetBytes(after),
                .. isTorn ? (byte[])[0x41] : [],
            ];
            using var transcoded = new LenientTranscoding(
                new Pieces(bytes, length), Encoding.Unicode, Unmarked);
            using var reader = new StreamReader(
                new Pieces(transcoded, length), LenientEncoding.Transcoded(Unmarked, "utf-16"),
                detectEncodingFromByteOrderMarks: false, 128);
            reader.ReadToEnd().ShouldBe(before + string.Concat(none.Select(Undecodable.CharOf)) + after
                + (isTorn ? Undecodable.CharOf(0x41) : ""));
        }, iter: 3000);

    static bool Decodes(string name, byte[] bytes, out string? text)
    {
        var strict = SourceText.Strict(name);
        text = CodePages.AreText(strict, bytes) ? strict.GetString(bytes) : null;
        return text is not null;
    }

    static byte[] Restored(string name, string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]))
                bytes.AddRange(SourceText.Strict(name).GetBytes(text.Substring(i++, 2)));
            else if (char.IsLowSurrogate(text[i]))
                bytes.Add((byte)(text[i] & 0xff));
            else
                bytes.AddRange(SourceText.Strict(name).GetBytes(text.Substring(i, 1)));
        return [.. bytes];
    }
}
