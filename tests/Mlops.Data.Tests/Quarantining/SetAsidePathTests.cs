using CsCheck;
using Mlops.Data.Quarantining;

namespace Mlops.Data.Tests.Quarantining;

public sealed class SetAsidePathTests
{
    [Theory]
    [InlineData("data/2026/sales.csv", "data/2026/sales.csv")]
    [InlineData("market=DE/sales.tsv.gz", "market=DE/sales.tsv")]
    [InlineData("../../raw/lines.jsonl.zst", "raw/lines.jsonl")]
    [InlineData("/etc/pass wd", "etc/pass-wd")]
    [InlineData("https://host:80/a.csv?x=1", "https-/host-80/a.csv-x=1")]
    [InlineData("C:\\data\\..\\a.csv", "C--data-..-a.csv")]
    [InlineData("..", "rows")]
    [InlineData("aux/Con.csv.gz", "_aux/_Con.csv")]
    [InlineData("com1.raw/LPT9", "_com1.raw/_LPT9")]
    [InlineData("https://host/nul./a...", "https-/host/_nul/a")]
    [InlineData("console/com/aux-1/com10.csv", "console/com/aux-1/com10.csv")]
    public void ItIsTheSourcesOwnAsFarAsThatIsSafe(string source, string path) =>
        SetAsidePath.Of(source, isRaw: true, new HashSet<string>()).ShouldBe(path);

    [Fact]
    public void WhatHasNoBytesOfItsOwnIsJsonLines() =>
        SetAsidePath.Of("a.parquet", isRaw: false, new HashSet<string>()).ShouldBe("a.parquet.jsonl");

    [Theory]
    [InlineData("../a.csv")]
    [InlineData("/a.csv")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a\0b")]
    [InlineData("a/prn.csv")]
    [InlineData("a./b")]
    [InlineData("")]
    public void WhatLeadsElsewhereIsNone(string path) => SetAsidePath.IsOne(path).ShouldBeFalse();

    static readonly string[] Parts =
        ["a", "A", "/", "../", ".gz", ".csv", "b", " ", "ü", ".", "nul", new string('x', 90)];

    static readonly Gen<string> Name = Gen.Int[0, Parts.Length - 1].Array[1, 5]
        .Select(parts => string.Concat(parts.Select(part => Parts[part])));

    /// <summary>No two sources share a file, no file is a folder of another, and all are safe.</summary>
    [Fact]
    public void EachSourceHasOneOfItsOwn() => Name.Array[1, 12].Sample(names =>
    {
        var taken = new HashSet<string>();
        string[] paths = [.. names.Distinct().Select(name => SetAsidePath.Of(name, isRaw: true, taken))];
        paths.ShouldAllBe(path => SetAsidePath.IsOne(path));
        foreach (var path in paths)
            paths.Count(other => other.Equals(path, StringComparison.OrdinalIgnoreCase)
                || other.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase)).ShouldBe(1, path);
    });
}
