using System.IO.Compression;
using System.Text;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>
/// UTF-8 is text in most encodings of one byte a character: nothing fails where one of them is declared.
/// </summary>
public sealed class MistakenEncodingTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    async Task<IReadOnlyList<string>> Findings(
        string declared, byte[] bytes, long maxPieceBytes = CutSource.MaxBytes)
    {
        var dataset = await workspace.With("a.csv", bytes)
            .Ingest(workspace.Input(new TextFormat(Encoding: declared)), maxPieceBytes);
        dataset.Judgement.Accepted.ShouldBeTrue();
        return dataset.Judgement.Findings;
    }

    [Theory]
    [InlineData("windows-1252", "n,v\n1,a\n2,ä\n3,öß\n", 3)]
    [InlineData("latin1", "n,v\n1,€€€\n", 2)]
    [InlineData("iso-8859-15", "ä,ö,ü\n1,2,3\n", 1)]
    [InlineData("windows-1251", "n,v\r\n1,a\r2,b\r\n3,Жук\r\n", 4)]
    [InlineData("windows-1252", "n,v\n1,\"a\nb\"\n2,😀😀😀\n", 4)]
    public async Task WhatIsUtf8AndDeclaredToBeOfOneByteACharacterIsSaid(
        string declared, string text, int line) =>
        (await Findings(declared, Encoding.UTF8.GetBytes(text))).ShouldBe(
        [
            $"'a.csv({line})': read as {declared}, which is declared, but all bytes are valid utf-8 "
                + "(the first beyond ASCII are there): where letters look like 'Ã©', set "
                + "data.format.encoding to utf-8, or leave it out.",
        ]);

    public static TheoryData<string, string, string> InNoDoubt => new()
    {
        // What it is declared to be, what it is written in, and its text.
        { "windows-1252", "utf-8", "n,v\n1,a\n2,b\n" },
        { "windows-1252", "utf-8", "n,v\n1,ä\n2,ö\n" },
        { "windows-1252", "windows-1252", "n,v\n1,Äöü\n2,é\n" },
        { "windows-1252", "windows-1252", "n,v\n1,Ã¤Ã¤Ã¤Ã¤\n2,é\n" },
        { "windows-1252", "windows-1252", "n,v\n1,éÃ¤Ã¤Ã¤Ã¤\n" },
        { "windows-1252", "windows-1252", "n,v\n1,Ã¤Ã¤Ã¤Ã" },
        // Cars in Thai are 'ö' in UTF-8.
        { "windows-874", "windows-874", "n,v\n1,รถ\n2,รถ\n3,รถ\n" },
        { "utf-8", "utf-8", "n,v\n1,äöü\n" },
    };

    [Theory]
    [MemberData(nameof(InNoDoubt))]
    public async Task WhatMayBeAsDeclaredIsNotDoubted(string declared, string written, string text) =>
        (await Findings(declared, SourceText.Strict(written).GetBytes(text))).ShouldBeEmpty();

    [Fact]
    public async Task WhatAMarkSaysToBeUtf8IsReadAsSuch() =>
        (await Findings("windows-1252", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("n,v\n1,äöü\n")]))
            .ShouldBeEmpty();

    [Fact]
    public async Task WhatNobodyDeclaredIsNotDoubted()
    {
        var latin = Encoding.Latin1.GetBytes("n,v\n1,Ã¤Ã¤Ã¤\n2,é\n");
        var dataset = await workspace.With("a.csv", latin).Ingest(workspace.Input());
        dataset.Judgement.Findings.ShouldHaveSingleItem().ShouldStartWith("Read as windows-1252");
    }

    [Fact]
    public async Task FilesOfOneMistakeAreSaidTogether()
    {
        workspace.With("b.csv", Encoding.UTF8.GetBytes("n,v\n1,äöü\n"));
        (await Findings("latin1", Encoding.UTF8.GetBytes("n,v\n1,a\n2,äöü\n")))
            .ShouldHaveSingleItem().ShouldStartWith("'b.csv(2)', 'a.csv(3)': read as latin1");
    }

    /// <summary>Longer than what is read at once, with line ends that are torn between.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LinesAreCountedOverAllThatIsRead(bool isPacked)
    {
        const int rows = 200_000;
        var text = $"n,v\r\n{string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},b\r\n"))}1,äöü\r\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        (await Findings("latin1", isPacked ? Packed(bytes) : bytes))
            .ShouldHaveSingleItem().ShouldStartWith($"'a.csv({rows + 2})'");
    }

    static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Pieces are judged together: each has too little, and the last may be no UTF-8.</summary>
    [Theory]
    [InlineData("ä", true)]
    [InlineData("é", false)]
    public async Task AFileInPiecesIsJudgedAsAWhole(string last, bool isSaid)
    {
        const int every = 20_000;
        var rows = Enumerable.Range(0, 4 * every)
            .Select(i => $"{i},{(i % every == every - 1 ? "Ã¤" : "b")}\n");
        byte[] bytes =
        [
            .. Encoding.Latin1.GetBytes($"n,v\n{string.Concat(rows)}1,"),
            .. (isSaid ? Encoding.UTF8 : Encoding.Latin1).GetBytes($"{last}\n"),
        ];
        var findings = await Findings("latin1", bytes, 1 << 16);
        if (isSaid)
            findings.ShouldHaveSingleItem().ShouldStartWith($"'a.csv({every + 1})'");
        else
            findings.ShouldBeEmpty();
    }
}
