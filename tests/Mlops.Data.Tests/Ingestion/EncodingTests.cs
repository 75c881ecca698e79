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

    [Fact]
    public async Task ADeclaredEncodingIsNotDoubted()
    {
        var (cells, findings) = await Read(
            Encoding.UTF8.GetBytes("v\nä\n"), new TextFormat(Encoding: "latin1"));
        cells.ShouldBe("Ã¤");
        findings.ShouldBe("");
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
