namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// A remote that misbehaves when something is stored there: whoever stores and whoever reads
/// later build right.
/// </summary>
public sealed class WritingMisdeedTests : IDisposable
{
    readonly RemoteServer server = new();

    public static TheoryData<string, RequestKind> Writing =>
        Misdeeds.At(RequestKind.LookFor, RequestKind.PutBlob, RequestKind.PutEntry);

    [Theory, MemberData(nameof(Writing))]
    public void WhoeverWritesBuildsRightAndWhoeverReadsAfterwardsToo(string misdeed, RequestKind kind)
    {
        using var ci = new Desk();
        // What is here but not there is looked for: half of it was made before.
        ci.Run(null, new SumGraph(Desk.Shape.Steps[..2]));
        server.Misbehave = request => request.Kind == kind ? Misdeeds.All[misdeed] : null;

        ci.Run(Desk.Options(server.Url, writes: true, Misdeeds.Patience(misdeed))).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed || step.Status == StepStatus.Reused);

        ci.ShouldHaveBeenToldOnce();
        // A remote that takes an upload, whatever it says with its yes, did what it should.
        if (kind != RequestKind.LookFor && !IsYes(misdeed))
            ci.Noticed.ShouldNotBeEmpty();
        ci.KeptValues().ShouldBe(Desk.RightValues);
        server.Misbehave = _ => null;
        if (!IsYes(misdeed))
            EntriesNameOnlyWhatIsThere();
        using var laptop = new Desk();
        laptop.Run(Desk.Options(server.Url, writes: false));
        laptop.KeptValues().ShouldBe(Desk.RightValues);
    }

    public void Dispose() => server.Dispose();

    void EntriesNameOnlyWhatIsThere()
    {
        var entries = server.Entries.Where(entry => entry.Key.Contains("/ac/", StringComparison.Ordinal));
        foreach (var entry in entries)
            foreach (var output in ActionResult.Read(entry.Value).Outputs)
                server.Entries.ShouldContainKey($"/store/cas/{output.Digest}");
    }

    static bool IsYes(string misdeed) =>
        misdeed is "204" or "nothing" or "a page" or "cut off" or "a byte less" or "a byte more"
            or "a flipped bit" or "noise" or "another entry" or "compressed"
            or "without end" or "a wrong length" or "two lengths"
            or "stops in the middle" or "drips";
}
