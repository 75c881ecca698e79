namespace Mlops.Engine.Tests.Sources;

/// <summary>
/// Whatever happens to a file: its digest is that of its bytes, and it is read only if it may have changed.
/// </summary>
public sealed class ChangedFileTests : IDisposable
{
    static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    readonly SourceFolder folder = new();

    [Fact]
    public void AFileThatNobodyTouchedIsNotReadAgain()
    {
        folder.Write("a.csv", "1");
        folder.ShouldKnowTheBytes();

        folder.ReadsAgain().ShouldBeFalse();
    }

    [Fact]
    public void ATouchedFileIsReadOnceMoreAndHasTheSameDigest()
    {
        var path = folder.Write("a.csv", "1");
        folder.ShouldKnowTheBytes();

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);

        folder.ReadsAgain().ShouldBeTrue();
        folder.ReadsAgain().ShouldBeFalse();
        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void ACopyThatKeepsTimeAndLengthIsSeen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "cp -p is not here.");
        var path = folder.Write("a.csv", "1");
        File.SetLastWriteTimeUtc(path, Old);
        folder.ShouldKnowTheBytes();
        var other = Path.Combine(folder.Location, "..", "other");
        File.WriteAllText(other, "2");
        File.SetLastWriteTimeUtc(other, Old);

        SourceFolder.Run("cp", "-p", other, path);

        File.GetLastWriteTimeUtc(path).ShouldBe(Old);
        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void AFileMovedOverAnotherWithTimeAndLengthIsSeen()
    {
        var path = folder.Write("a.csv", "1");
        File.SetLastWriteTimeUtc(path, Old);
        var other = folder.Write("b.csv", "2");
        File.SetLastWriteTimeUtc(other, Old);
        folder.ShouldKnowTheBytes();

        File.Move(other, path, overwrite: true);

        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void FilesThatSwapTheirNamesAreSeen()
    {
        var (a, b) = (folder.Write("a.csv", "1"), folder.Write("b.csv", "2"));
        foreach (var path in (string[])[a, b])
            File.SetLastWriteTimeUtc(path, Old);
        folder.ShouldKnowTheBytes();

        File.Move(a, $"{a}.tmp");
        File.Move(b, a);
        File.Move($"{a}.tmp", b);

        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void ARenamedFileKeepsItsDigestUnderItsNextName()
    {
        var path = folder.Write("a.csv", "1");
        folder.ShouldKnowTheBytes();

        File.Move(path, folder.PathOf("z.csv"));

        folder.Names().ShouldBe(["z.csv"]);
        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void AGitCheckoutThereAndBackIsSeen()
    {
        var path = folder.Write("a.csv", "1");
        Git("init", "-q");
        Git("add", "a.csv");
        Git("commit", "-qm", "one");
        File.WriteAllText(path, "2");
        Git("commit", "-qam", "two");
        folder.ShouldKnowTheBytes("a.csv");

        Git("checkout", "-q", "HEAD~1");
        folder.ShouldKnowTheBytes("a.csv");
        File.ReadAllText(path).ShouldBe("1");
        Git("checkout", "-q", "-");

        folder.ShouldKnowTheBytes("a.csv");
    }

    [Fact]
    public void ATimeInTheFutureDoesNotHaveTheFileReadOverAndOver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system does not tell when a file was changed.");
        File.SetLastWriteTimeUtc(folder.Write("a.csv", "1"), DateTime.UtcNow.AddYears(10));
        folder.ShouldKnowTheBytes();

        folder.ReadsAgain().ShouldBeFalse();
    }

    /// <remarks>
    /// As after a clock was set back: everything seems to be of tomorrow, so nothing may be believed.
    /// </remarks>
    [Fact]
    public void WithAClockThatWasSetBackFilesAreReadAndNeverWrong()
    {
        var path = folder.Write("a.csv", "1");
        folder.Ahead = TimeSpan.FromDays(-1);
        folder.ShouldKnowTheBytes();
        File.WriteAllText(path, "2");

        folder.ShouldKnowTheBytes();
        File.Exists(folder.IndexPath).ShouldBeFalse();
    }

    [Fact]
    public void WithAClockThatWasSetForwardAWriteIsStillSeen()
    {
        var path = folder.Write("a.csv", "1");
        folder.Ahead = TimeSpan.FromDays(1000);
        folder.ShouldKnowTheBytes();
        folder.Ahead = default;
        File.WriteAllText(path, "2");

        folder.ShouldKnowTheBytes();
    }

    /// <remarks>Within one tick of the file system's clock two writes have the same time.</remarks>
    [Fact]
    public void AWriteInTheSameInstantAsTheReadingIsSeen()
    {
        folder.Ahead = default;
        for (var value = 0; value < 50; value++)
        {
            folder.Write("a.csv", FormattableString.Invariant($"{value % 10}"));
            folder.ShouldKnowTheBytes();
        }
    }

    [Fact]
    public void BothNamesOfOneFileFollowItsBytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ln is not here.");
        var path = folder.Write("a.csv", "1");
        SourceFolder.Run("ln", path, folder.PathOf("b.csv"));
        folder.ShouldKnowTheBytes();

        File.WriteAllText(path, "2");

        folder.List().Files.Select(file => file.Digest).Distinct().ShouldHaveSingleItem();
        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public void AFileThatIsGoneIsForgottenAndFoundAgainWhenItIsBack()
    {
        var path = folder.Write("a.csv", "1");
        folder.Write("b.csv", "2");
        folder.ShouldKnowTheBytes();
        File.Delete(path);
        folder.Write("c.csv", "3");
        folder.Names().ShouldBe(["b.csv", "c.csv"]);
        File.ReadAllText(folder.IndexPath).ShouldNotContain("a.csv");

        folder.Write("a.csv", "4");

        folder.ShouldKnowTheBytes();
    }

    [Fact]
    public async Task AFileThatGrowsAllTheTimeIsAProblemAndNoWrongDigest()
    {
        var path = folder.Write("a.csv", new string('x', 64 << 20));
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(
            () => Grow(path, stop.Token), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (new FileInfo(path).Length == 64 << 20)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        try
        {
            var refused = Should.Throw<ProblemException>(() => folder.List());
            refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-062");
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
        folder.ShouldKnowTheBytes();
    }

    public void Dispose() => folder.Dispose();

    static void Grow(string path, CancellationToken stop)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
        while (!stop.IsCancellationRequested)
            file.WriteByte((byte)'x');
    }

    void Git(params string[] arguments) => SourceFolder.Run(
        "git",
        ["-C", folder.Location, "-c", "user.name=test", "-c", "user.email=test@example.org", .. arguments]);
}
