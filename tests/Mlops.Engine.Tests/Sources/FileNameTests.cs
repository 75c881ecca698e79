namespace Mlops.Engine.Tests.Sources;

/// <summary>Names that files really have.</summary>
public sealed class FileNameTests : IDisposable
{
    readonly SourceFolder folder = new();

    public static TheoryData<string> Names =>
    [
        "..x", "..hidden/a.csv", "...", "a b.csv", " a", "a ", "ü.csv", "u\u0308.csv", "数据.csv", "🙂.csv",
        "a\nb.csv", "a\\b.csv", "a\\nb.csv", "a\tb.csv", "-rf", "a'\"$`.csv", "deep/er/a.csv", "\\", "a\n",
    ];

    [Theory, MemberData(nameof(Names))]
    public void AFileIsFoundByItsNameReadOnceAndKnownAfterwards(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "File systems elsewhere refuse some of these names.");
        folder.Write(name, "1");

        folder.Names().ShouldBe([name]);
        folder.ReadsAgain().ShouldBeFalse();
        folder.Write(name, "2");
        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void ABackslashInANameIsNoFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A backslash separates folders here.");
        folder.Write("a\\b.csv", "1");
        folder.Write("a/b.csv", "2");

        folder.Names().ShouldBe(["a/b.csv", "a\\b.csv"]);
    }

    [Fact]
    public void ANameThatIsNoUtf8IsAProblemThatSaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names are Unicode here.");
        folder.Write("good.csv", "1");
        SourceFolder.Run(
            "/bin/sh", "-c",
            $"cd '{folder.Location}' && printf 1 > \"$(printf 'm\\374ller.csv')\" "
            + "&& mkdir \"$(printf 'd\\377')\"");

        try
        {
            var refused = Should.Throw<ProblemException>(() => folder.List());

            refused.Problems.Select(problem => problem.Id).ShouldBe(["ENGINE-060", "ENGINE-060"]);
            folder.Names("good.*").ShouldBe(["good.csv"]);
        }
        finally
        {
            // .NET cannot name them either.
            SourceFolder.Run("rm", "-r", folder.Location);
        }
    }

    [Fact]
    public void TheNameOfAFileElsewhereIsItsLastPartAndOrderDoesNotDependOnWhereItLies()
    {
        folder.Write("x/a.csv", "1");
        folder.Write("y/a.csv", "2");
        string[] elsewhere = ["../raw/y/a.csv", "../raw/x/a.csv"];
        var inner = Directory.CreateDirectory(folder.PathOf("inner")).FullName;
        var workspace = Workspace.Open(Path.Combine(inner, "workspace"), TimeProvider.System);

        var there = workspace.ResolveSources(
            inner, [.. elsewhere.Select(glob => Path.Combine("..", glob))]).Files;

        there.Select(file => file.Name).ShouldBe(["a.csv", "a.csv"]);
        there.Select(file => file.Digest).ShouldBe(there.Select(file => file.Digest).Order());
    }

    [Fact]
    public void LinksAreFollowedButNotRoundAndRound()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege here.");
        folder.Write("data/a.csv", "1");
        var outside = Directory.CreateDirectory(Path.Combine(folder.Location, "..", "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "o.csv"), "2");
        Directory.CreateSymbolicLink(folder.PathOf("linked"), outside);
        Directory.CreateSymbolicLink(folder.PathOf("data/up"), folder.Location);
        Directory.CreateSymbolicLink(Path.Combine(outside, "self"), outside);
        Directory.CreateSymbolicLink(Path.Combine(outside, "back"), folder.PathOf("data"));
        File.CreateSymbolicLink(folder.PathOf("b.csv"), folder.PathOf("data/a.csv"));

        folder.Names("**/*.csv").ShouldBe(["b.csv", "data/a.csv", "linked/back/a.csv", "linked/o.csv"]);
    }

    [Fact]
    public void ALinkThatPointsElsewhereNowIsSeen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege here.");
        var (a, b) = (folder.Write("1.txt", "1"), folder.Write("2.txt", "2"));
        var link = File.CreateSymbolicLink(folder.PathOf("link.csv"), a);
        folder.ShouldKnowTheBytes();

        link.Delete();
        File.CreateSymbolicLink(folder.PathOf("link.csv"), b);

        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void ALinkToNothingIsAProblem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege here.");
        File.CreateSymbolicLink(folder.PathOf("link.csv"), folder.PathOf("nothing"));

        Should.Throw<ProblemException>(() => folder.List()).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("ENGINE-005");
    }

    [Fact]
    public void FilesThatMayNotBeReadAreNamedAllAtOnce()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "This user may read everything.");
        if (OperatingSystem.IsWindows())
            return;
        foreach (var name in (string[])["a.csv", "b.csv", "c.csv"])
            File.SetUnixFileMode(
                folder.Write(name, "1"), name == "b.csv" ? UnixFileMode.UserRead : UnixFileMode.None);

        var refused = Should.Throw<ProblemException>(() => folder.List());

        refused.Problems.Select(problem => (problem.Id, Path.GetFileName(problem.Where!.File)))
            .ShouldBe([("ENGINE-061", "a.csv"), ("ENGINE-061", "c.csv")]);
    }

    public void Dispose() => folder.Dispose();
}
