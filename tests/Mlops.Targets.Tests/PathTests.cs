namespace Mlops.Targets.Tests;

public sealed class PathTests : IDisposable
{
    readonly AbsolutePath folder = Directory.CreateTempSubdirectory("targets-").FullName;

    public void Dispose() => folder.DeleteDirectory();

    [Fact]
    public void PathsGoDownAndUp()
    {
        AbsolutePath path = folder / "a" / "b.tar.gz";
        (path.Name, path.NameWithoutExtension, path.Extension).ShouldBe(("b.tar.gz", "b.tar", ".gz"));
        (path / ..).ShouldBe(folder / "a");
        (path / ".." / "c").ShouldBe(folder / "a" / "c");
        (path + ".sig").Name.ShouldBe("b.tar.gz.sig");
        path.Parent!.Parent.ShouldBe(folder);
        ((string)path).ShouldBe(path.ToString());
        Should.Throw<ArgumentException>(() => path / (1..2));
        Should.Throw<ArgumentException>(() => (AbsolutePath)"relative");
        Should.Throw<ArgumentException>(() => (AbsolutePath)Path.GetPathRoot(folder)! / ..);
    }

    [Fact]
    public void FilesAreWrittenReadAndFound()
    {
        (folder / "x" / "one.txt").WriteAllText("1").ReadAllText().ShouldBe("1");
        (folder / "x" / "y" / "two.txt").WriteAllLines(["a", "b"]).ReadAllLines().ShouldBe(["a", "b"]);
        (folder / "x" / "y" / "three.bin").WriteAllBytes([1, 2]).ReadAllBytes().ShouldBe([1, 2]);
        (folder / "x" / "y" / "two.txt").ReadAllText().ShouldBe("a\nb\n");
        Shown((folder / "x").GetFiles()).ShouldBe("x/one.txt");
        Shown((folder / "x").GetFiles("*.txt", 2)).ShouldBe("x/one.txt x/y/two.txt");
        Shown(folder.GetDirectories(depth: 2)).ShouldBe("x x/y");
        (folder / "x" / "one.txt").ToFileInfo().Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("*.txt", "")]
    [InlineData("**/*.txt", "x/.hidden/z.txt x/one.txt x/y/two.txt")]
    [InlineData("x/*.txt", "x/one.txt")]
    [InlineData("x/**", "x/.hidden/z.txt x/one.txt x/y/three.bin x/y/two.txt")]
    [InlineData("**/y/*", "x/y/three.bin x/y/two.txt")]
    [InlineData("**/t???.txt", "")]
    [InlineData("**/t??.txt", "x/y/two.txt")]
    public void GlobsFit(string pattern, string expected)
    {
        foreach (var file in (string[])["x/one.txt", "x/y/two.txt", "x/y/three.bin", "x/.hidden/z.txt"])
            (folder / file).WriteAllText("");
        Shown(folder.GlobFiles(pattern)).ShouldBe(expected);
    }

    [Fact]
    public void CopyingKeepsToItsPolicy()
    {
        var (source, target) = (folder / "source", folder / "target");
        (source / "in" / "a.txt").WriteAllText("new");
        (target / "in" / "a.txt").WriteAllText("old");
        (target / "b.txt").WriteAllText("stays");
        Should.Throw<IOException>(() => source.Copy(target));
        source.Copy(target, ExistsPolicy.MergeAndSkip);
        (target / "in" / "a.txt").ReadAllText().ShouldBe("old");
        File.SetLastWriteTimeUtc(target / "in" / "a.txt", DateTime.UtcNow.AddDays(1));
        source.Copy(target, ExistsPolicy.MergeAndOverwriteIfNewer);
        (target / "in" / "a.txt").ReadAllText().ShouldBe("old");
        source.Copy(target, ExistsPolicy.MergeAndOverwrite);
        (target / "in" / "a.txt").ReadAllText().ShouldBe("new");
        (target / "b.txt").ReadAllText().ShouldBe("stays");
        (source / "in" / "a.txt").CopyToDirectory(folder).FileExists().ShouldBeTrue();
    }

    [Fact]
    public void MovingLeavesNothingBehind()
    {
        (folder / "source" / "in" / "a.txt").WriteAllText("x");
        (folder / "source").Move(folder / "target");
        (folder / "source").Exists().ShouldBeFalse();
        (folder / "target" / "in" / "a.txt").MoveToDirectory(folder).FileExists().ShouldBeTrue();
        (folder / "target" / "in" / "a.txt").Exists().ShouldBeFalse();
    }

    [Fact]
    public void ADirectoryHashSeesNamesAndContents()
    {
        (folder / "a" / "x.txt").WriteAllText("1");
        (folder / "b" / "x.txt").WriteAllText("1");
        var before = (folder / "a").GetDirectoryHash();
        (folder / "b").GetDirectoryHash().ShouldBe(before);
        (folder / "b" / "x.txt").Move(folder / "b" / "y.txt");
        (folder / "b").GetDirectoryHash().ShouldNotBe(before);
        (folder / "a" / "x.txt").WriteAllText("2");
        (folder / "a").GetDirectoryHash().ShouldNotBe(before);
    }

    string Shown(IEnumerable<AbsolutePath> paths) =>
        string.Join(' ', paths.Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')));
}
