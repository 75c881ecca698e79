namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// A remote that misbehaves in every known way, whatever is asked of it: the build is right, hears of it
/// once, and nothing that the remote said is in the workspace that should not be.
/// </summary>
public sealed class ReadingMisdeedTests
{
    public static TheoryData<string, RequestKind> Reading =>
        Misdeeds.At(RequestKind.GetEntry, RequestKind.GetTrace, RequestKind.GetArtifact);

    [Theory, MemberData(nameof(Reading))]
    public void WhoeverReadsBuildsRight(string misdeed, RequestKind kind)
    {
        using var server = Desk.WarmServer();
        server.Misbehave = request => request.Kind == kind ? Misdeeds.All[misdeed] : null;
        using var laptop = new Desk();

        laptop.Run(Desk.Options(server.Url, writes: false, Misdeeds.Patience(misdeed))).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed || step.Status == StepStatus.Reused);

        laptop.ShouldHaveBeenToldOnce();
        // That there is no entry is an answer like any other.
        if ((misdeed, kind) == ("404", RequestKind.GetEntry))
            laptop.Noticed.ShouldBeEmpty();
        else
            laptop.Noticed.ShouldNotBeEmpty();
        laptop.KeptValues().ShouldBe(Desk.RightValues);
    }
}
