using System.IO.Compression;
using System.Text;
using Mlops.Engine;
using Mlops.Learning.Packaging;

namespace Mlops.Learning.Tests.Packaging;

public sealed class PackageArchiveTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void ReadsWhatTheManifestNames()
    {
        Write(("a.txt", "one"), ("MANIFEST", Manifest(("a.txt", "one"))));

        Encoding.UTF8.GetString(PackageArchive.Open(path)["a.txt"].Span).ShouldBe("one");
    }

    [Fact]
    public void AChangedEntryIsRefused()
    {
        Write(("a.txt", "two"), ("MANIFEST", Manifest(("a.txt", "one"))));

        Refusal().ShouldBe("the entry 'a.txt' does not equal its digest in the manifest");
    }

    [Fact]
    public void AnEntryThatTheManifestLacksIsRefused()
    {
        Write(("a.txt", "one"), ("b.txt", ""), ("MANIFEST", Manifest(("a.txt", "one"))));

        Refusal().ShouldBe("the entry 'b.txt' does not equal its digest in the manifest");
    }

    [Fact]
    public void AnAbsentEntryIsRefused()
    {
        Write(("MANIFEST", Manifest(("a.txt", "one"))));

        Refusal().ShouldBe("the entry 'a.txt' is missing");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("folder\\file")]
    [InlineData("..")]
    public void NamesThatLeadElsewhereAreRefused(string name)
    {
        Write((name, "x"), ("MANIFEST", ""));

        Refusal().ShouldBe($"the entry name '{name}' is not allowed");
    }

    [Fact]
    public void TooManyEntriesAreRefused()
    {
        Write([.. Enumerable.Range(0, 65).Select(i => ($"e{i}", ""))]);

        Refusal().ShouldStartWith("it has 65 entries");
    }

    [Fact]
    public void AnyOtherFileIsRefused()
    {
        File.WriteAllText(path, "no zip");

        Refusal().ShouldNotBeEmpty();
    }

    string Refusal() =>
        Should.Throw<ProblemException>(() => PackageArchive.Open(path)).Problems
            .ShouldHaveSingleItem().Actual!;

    void Write(params (string Name, string Content)[] entries)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    static string Manifest(params (string Name, string Content)[] entries) =>
        string.Concat(
            entries.Select(entry => $"{Digest.Of(Encoding.UTF8.GetBytes(entry.Content))}  {entry.Name}\n"));
}
