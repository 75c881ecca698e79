using System.Globalization;

namespace Mlops.Engine.Tests.Sources;

/// <summary>The index is one file, and one that is not as it was written holds nothing.</summary>
public sealed class SourceIndexFileTests : IDisposable
{
    /// <summary>Ten thousand files on a disk that others write to may take a minute.</summary>
    const string InMemory = "/dev/shm";

    readonly SourceFolder folder = new();

    [Fact]
    public void TenThousandFilesAreOneFileOfTheIndexAndReadOnce()
    {
        using var folder = new SourceFolder(Directory.Exists(InMemory) ? InMemory : null);
        foreach (var number in Enumerable.Range(0, 10_000))
            folder.Write(FormattableString.Invariant($"{number / 100}/{number}.csv"),
                number.ToString(CultureInfo.InvariantCulture));

        folder.List().Files.Count.ShouldBe(10_000);

        folder.ReadsAgain().ShouldBeFalse();
        folder.Write("50/5050.csv", "other");
        folder.ShouldKnowTheBytes();
        File.ReadLines(folder.IndexPath).Count().ShouldBe(10_002);
    }

    [Fact]
    public void AFlipOfAnyBitIsAsIfThereWereNoIndex()
    {
        folder.Write("a.csv", "1");
        folder.Write("b\n.csv", "2");
        folder.ShouldKnowTheBytes();
        var whole = File.ReadAllBytes(folder.IndexPath);
        foreach (var at in Enumerable.Range(0, whole.Length))
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(folder.IndexPath, flipped);
            SourceIndexFile.Read(folder.IndexPath).ShouldBeEmpty();
        }
        folder.ShouldKnowTheBytes();
        folder.ReadsAgain().ShouldBeFalse();
    }

    [Fact]
    public void AFileThatIsCutOffAnywhereIsAsIfThereWereNone()
    {
        folder.Write("a.csv", "1");
        folder.ShouldKnowTheBytes();
        var whole = File.ReadAllBytes(folder.IndexPath);
        foreach (var length in Enumerable.Range(0, whole.Length))
        {
            File.WriteAllBytes(folder.IndexPath, whole[..length]);
            SourceIndexFile.Read(folder.IndexPath).ShouldBeEmpty();
        }
        folder.ShouldKnowTheBytes();
    }

    [Theory]
    [InlineData("mlops-sources/1\n")]
    [InlineData("mlops-sources/3\n")]
    [InlineData("")]
    public void AnotherVersionIsNotRead(string header)
    {
        folder.Write("a.csv", "1");
        folder.ShouldKnowTheBytes();
        var lines = File.ReadAllText(folder.IndexPath).Split('\n', 3)[2];
        File.WriteAllBytes(
            folder.IndexPath, Sealed.Close(System.Text.Encoding.UTF8.GetBytes(header + lines)));

        SourceIndexFile.Read(folder.IndexPath).ShouldBeEmpty();
        folder.ShouldKnowTheBytes();
    }

    public void Dispose() => folder.Dispose();
}
