using System.Text;

namespace Mlops.Engine.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    const string Request = "Report\nchurn";

    /// <summary>Late enough for all files of the test to be old.</summary>
    static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddMinutes(5);

    readonly Bench bench = new();
    readonly Dictionary<string, string> variables = new() { ["REGION"] = "north" };
    Node<Total>? step;

    [Fact]
    public void WhatStandsIsFoundAgainWithWhatWasSaid()
    {
        Keep(Later);

        Find().ShouldNotBeNull().Text.ShouldBe("up to date 1 step\nsaid");
        Snapshot.Find(bench.WorkspaceDirectory, Request + " ", Variable).ShouldBeNull();
    }

    /// <summary>The full plan would else read it again.</summary>
    [Theory]
    [InlineData(2 << 20, true, true)]
    [InlineData(2 << 20, false, false)]
    [InlineData(200, true, false)]
    public void WhatWasReadOfALargeFileThatChangedIsNoted(int length, bool mayNote, bool noted)
    {
        File.WriteAllText(Source, new string('0', length) + "4");
        Keep(Later);
        File.WriteAllText(Source, new string('0', length) + "5");

        Snapshot.Find(
            bench.WorkspaceDirectory, Request, Variable, mayNote ? new LaterClock() : null).ShouldBeNull();

        var index = Path.Combine(bench.WorkspaceDirectory, "sources.index");
        SourceIndexFile.Read(index)
            .Any(entry => entry.Key == Source && entry.Value.Digest == Digest.Of(File.ReadAllBytes(Source)))
            .ShouldBe(noted);
    }

    [Fact]
    public void WhatWasReadOfAFileThatIsYoungIsNotNoted()
    {
        File.WriteAllText(Source, new string('0', 2 << 20) + "4");
        Keep(Later);
        File.WriteAllText(Source, new string('0', 2 << 20) + "5");

        Snapshot.Find(bench.WorkspaceDirectory, Request, Variable, TimeProvider.System).ShouldBeNull();

        SourceIndexFile.Read(Path.Combine(bench.WorkspaceDirectory, "sources.index"))
            .ShouldNotContain(entry => entry.Key == Source);
    }

    sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Later;
    }

    [Fact]
    public void TheyAreOutdatedWhenSomethingWasExecutedSinceOneWasKept()
    {
        using var other = new Bench();
        var folder = Path.Combine(other.Root, "snapshots");
        var ledger = Path.Combine(other.Root, "ledger.jsonl");
        Snapshot.AreOutdated(other.Root).ShouldBeFalse("nothing was ever executed");

        File.WriteAllText(ledger, "");
        Snapshot.AreOutdated(other.Root).ShouldBeTrue();

        Directory.CreateDirectory(folder);
        Directory.SetLastWriteTimeUtc(folder, File.GetLastWriteTimeUtc(ledger).AddSeconds(1));
        Snapshot.AreOutdated(other.Root).ShouldBeFalse();
    }

    [Fact]
    public void WhatWasTooYoungIsNotKept()
    {
        Keep(DateTimeOffset.UtcNow);

        Find().ShouldBeNull();
    }

    public static TheoryData<string> Changes => [.. All.Keys];

    static Dictionary<string, Action<SnapshotTests>> All { get; } = new()
    {
        ["a source rewritten with the same size and time"] = test =>
        {
            var (path, time) = (test.Source, File.GetLastWriteTimeUtc(test.Source));
            File.WriteAllText(path, "5");
            File.SetLastWriteTimeUtc(path, time);
        },
        ["a touched source with other bytes"] = test => File.WriteAllText(test.Source, "7"),
        ["the program touched"] = test => File.SetLastWriteTimeUtc(test.Program, DateTime.UtcNow),
        ["a note rewritten in its place"] = test =>
        {
            test.bench.Open().Remember(new NoteName("champion"), "model 6"u8);
            test.Keep(Later);
            File.WriteAllText(
                Directory.GetFiles(Path.Combine(test.bench.WorkspaceDirectory, "notes")).Single(), "model 8");
        },
        ["a source gone"] = test => File.Delete(test.Source),
        ["another file in the folder"] = test => test.bench.WriteSource("b.txt", 1),
        ["an artifact gone"] = test => File.Delete(test.Stored("cas")),
        ["an artifact written to"] = test => File.AppendAllText(test.Stored("cas"), "!"),
        ["an artifact touched"] = test => File.SetLastWriteTimeUtc(test.Stored("cas"), DateTime.UtcNow),
        ["the trace gone"] = test => File.Delete(test.TracePath),
        ["the trace written to"] = test => File.AppendAllText(test.TracePath, "!"),
        ["an output gone"] = test => File.Delete(test.Output),
        ["an output written to"] = test => File.AppendAllText(test.Output, "!"),
        ["a note remembered"] = test => test.bench.Open().Remember(new NoteName("champion"), "model 7"u8),
        ["a variable with another value"] = test => test.variables["REGION"] = "south",
        ["a variable no longer set"] = test => test.variables.Clear(),
        ["another workspace format"] = test =>
            File.WriteAllText(Path.Combine(test.bench.WorkspaceDirectory, "format"), "mlops-workspace/99\n"),
        ["half a snapshot"] = test => File.WriteAllBytes(test.Kept, File.ReadAllBytes(test.Kept)[..^40]),
        ["a snapshot of one changed byte"] = test =>
        {
            var content = File.ReadAllBytes(test.Kept);
            content[^1] ^= 1;
            File.WriteAllBytes(test.Kept, content);
        },
        ["an empty snapshot"] = test => File.WriteAllBytes(test.Kept, []),
    };

    [Theory, MemberData(nameof(Changes))]
    public void AnythingThatChangedLeadsBackToTheFullPlan(string change)
    {
        Keep(Later);
        Find().ShouldNotBeNull();

        All[change](this);

        Find().ShouldBeNull();
    }

    static Dictionary<string, Action<SnapshotTests>> Touches { get; } = new()
    {
        ["a source touched"] = test => File.SetLastWriteTimeUtc(test.Source, DateTime.UtcNow),
        ["a source replaced by a copy"] = test =>
        {
            File.Copy(test.Source, test.Source + ".copy");
            File.Move(test.Source + ".copy", test.Source, overwrite: true);
        },
        ["the trace touched"] = test => File.SetLastWriteTimeUtc(test.TracePath, DateTime.UtcNow),
        ["the output touched"] = test => File.SetLastWriteTimeUtc(test.Output, DateTime.UtcNow),
        ["the folder touched"] = test =>
        {
            test.bench.WriteSource("b.txt", 1);
            File.Delete(Path.Combine(test.bench.Sources, "b.txt"));
        },
    };

    public static TheoryData<string> AllTouches => [.. Touches.Keys];

    [Theory, MemberData(nameof(AllTouches))]
    public void WhatWasTouchedStandsAsLongAsItsContentDoes(string touch)
    {
        Keep(Later);

        Touches[touch](this);

        var found = Find().ShouldNotBeNull();
        found.HasTouched.ShouldBeTrue();
        found.Text.ShouldBe("up to date 1 step\nsaid");
        found.Refresh(DateTimeOffset.UtcNow);
        Find().ShouldNotBeNull().HasTouched.ShouldBeTrue("it is too young to be believed by its time");
        found.Refresh(Later);
        Find().ShouldNotBeNull().HasTouched.ShouldBeFalse();
        Find()!.Text.ShouldBe("up to date 1 step\nsaid");
    }

    [Fact]
    public async Task ASourceTooYoungToBeBelievedByItsTimeIsReadAgain()
    {
        Keep(Later);
        // Until all else is old.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Source, DateTime.UtcNow);
        Keep(DateTimeOffset.UtcNow);

        Find().ShouldNotBeNull().HasTouched.ShouldBeTrue();
        await File.WriteAllTextAsync(Source, "9", TestContext.Current.CancellationToken);
        Find().ShouldBeNull();
    }

    [Fact]
    public void TheValueOfAVariableIsNotInTheFile()
    {
        variables["REGION"] = "very secret";

        Keep(Later);

        Find().ShouldNotBeNull();
        Encoding.UTF8.GetString(File.ReadAllBytes(Kept)).ShouldNotContain("secret");
    }

    [Fact]
    public void OnlyTheLatestRequestsAreKept()
    {
        foreach (var number in Enumerable.Range(0, 40))
            Keep(Later, FormattableString.Invariant($"request {number}"));

        Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "snapshots")).Length.ShouldBe(32);
    }

    public void Dispose() => bench.Dispose();

    string Source => Path.Combine(bench.Sources, "a.txt");

    string Program => Path.Combine(bench.WorkspaceDirectory, "..", "program");

    string Output => Path.Combine(bench.WorkspaceDirectory, "..", "out", "total.txt");

    string Kept =>
        Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "snapshots")).ShouldHaveSingleItem();

    /// <summary>The trace of the step itself: the one of the call inside it is not looked at again.</summary>
    string TracePath =>
        Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "traces"), "*", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains("\"stage\":\"Add\"", StringComparison.Ordinal));

    string Stored(string folder) =>
        Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, folder), "*", SearchOption.AllDirectories)
            .ShouldHaveSingleItem();

    string? Variable(string name) => variables.GetValueOrDefault(name);

    Snapshot? Find() => Snapshot.Find(bench.WorkspaceDirectory, Request, Variable);

    void Keep(DateTimeOffset now, string request = Request)
    {
        if (!File.Exists(Source))
            bench.WriteSource("a.txt", 4);
        if (!File.Exists(Program))
            File.WriteAllText(Program, "code");
        var workspace = bench.Open();
        var listing = workspace.ResolveSources(bench.Sources, ["*.txt"]);
        step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("xyz", [], listing.Files));
        var run = Bench.Engine(workspace).Start([step], CancellationToken.None);
        var result = run.Completion.GetAwaiter().GetResult();
        workspace.Place(run.Output(step)!.Text, Output);
        var draft = new SnapshotDraft(now);
        draft.Add(listing);
        draft.AddProgram(Program);
        draft.AddVariable("REGION", Variable("REGION"));
        workspace.Keep(draft, request, result, "up to date 1 step\nsaid");
    }
}
