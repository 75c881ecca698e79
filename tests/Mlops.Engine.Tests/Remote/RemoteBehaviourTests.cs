using System.Collections.Concurrent;

namespace Mlops.Engine.Tests.Remote;

/// <summary>Redirects, hasty answers, moments of weakness and the end of patience.</summary>
public sealed class RemoteBehaviourTests : IDisposable
{
    readonly RemoteServer server = new();

    [Theory]
    [InlineData(RequestKind.GetEntry)]
    [InlineData(RequestKind.GetTrace)]
    [InlineData(RequestKind.GetArtifact)]
    [InlineData(RequestKind.LookFor)]
    [InlineData(RequestKind.PutBlob)]
    [InlineData(RequestKind.PutEntry)]
    public void CredentialsDoNotFollowToAnotherHost(RequestKind kind)
    {
        using var other = new RemoteServer();
        using var ci = new Desk();
        var credentials = RemoteCredentials.Bearer("secret");
        if (kind is RequestKind.GetEntry or RequestKind.GetTrace or RequestKind.GetArtifact)
        {
            using var warm = Desk.WarmServer();
            foreach (var entry in warm.Entries)
                server.Entries[entry.Key] = entry.Value;
        }
        else
            ci.Run(null, new SumGraph(Desk.Shape.Steps[..2]));
        server.Authorization = "Bearer secret";
        server.Misbehave = request => request.Kind != kind ? null : exchange => exchange.Answer(
            "307 Temporary Redirect", [], $"Location: {new Uri(other.Url, request.Path)}\r\n");

        ci.Run(Desk.Options(server.Url, writes: true) with { Credentials = credentials });

        ci.KeptValues().ShouldBe(Desk.RightValues);
        other.Requests.ShouldNotBeEmpty();
        other.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("authorization"));
        server.Requests.Where(request => request.Kind == kind)
            .ShouldContain(request => request.Headers.ContainsKey("authorization"));
    }

    /// <remarks>With its answer on the way and the upload unread, the connection is reset.</remarks>
    [Theory]
    [InlineData("307 Temporary Redirect", true)]
    [InlineData("413 Content Too Large", false)]
    public async Task AnUploadThatIsAnsweredBeforeItIsReadIsUnderstood(string status, bool arrives)
    {
        using var other = new RemoteServer();
        using var ci = new Desk();
        server.IsHasty = true;
        server.Misbehave = request =>
            request.Kind != RequestKind.PutBlob ? null : exchange => exchange.Answer(
                status, [], $"Location: {new Uri(other.Url, request.Path)}\r\n");
        var stage = new Stage<string, Artifact>(
            "Large", 1, "none", NumbersJson.Default.String, NumbersJson.Default.Artifact,
            (context, _) => context.Write(
                "application/octet-stream", file => file.WriteAsync(new byte[20 << 20]).AsTask()));
        var node = new Graph().Step(new StepName("p", null, "Large"), stage, [], _ => "x");
        using var engine = new BuildEngine(
            ci.Bench.Open(),
            new EngineOptions(2, ci, "test") { Remote = Desk.Options(server.Url, writes: true) });

        await engine.Start([node], CancellationToken.None).Completion;

        other.Entries.Values.Any(content => content.Length == 20 << 20).ShouldBe(arrives);
        ci.Noticed.Select(problem => problem.Id).ShouldBe(arrives ? [] : ["ENGINE-043"]);
        if (!arrives)
            ci.Noticed.Single().Actual!.ShouldContain("413");
    }

    [Fact]
    public void ATraceIsStoredOnlyIfAllItsArtifactsAre()
    {
        using var ci = new Desk();
        var lost = Digest.Of("total 8"u8).ToString();
        server.Misbehave = request =>
            request.Kind == RequestKind.PutBlob && request.Path.EndsWith(lost, StringComparison.Ordinal)
                ? Misdeeds.All["413"]
                : null;

        ci.Run(Desk.Options(server.Url, writes: true));

        ci.Noticed.ShouldHaveSingleItem().Where!.File.ShouldEndWith(lost);
        var stored = server.Entries
            .Where(entry => entry.Key.Contains("/ac/", StringComparison.Ordinal)).ToList();
        stored.ShouldNotBeEmpty();
        stored.SelectMany(entry => ActionResult.Read(entry.Value).Outputs)
            .ShouldNotContain(output => output.Digest.ToString() == lost);
    }

    [Fact]
    public void ARemoteThatIsDownForAMomentIsAskedAgain()
    {
        using var ci = new Desk();
        var asked = new ConcurrentDictionary<string, bool>();
        server.Misbehave = request =>
            asked.TryAdd($"{request.Method} {request.Path}", true) ? Misdeeds.All["503"] : null;

        ci.Run(Desk.Options(server.Url, writes: true));

        ci.Noticed.ShouldBeEmpty();
        server.Misbehave = _ => null;
        using var laptop = new Desk();
        laptop.Bench.Sabotaged = true;
        laptop.Run(Desk.Options(server.Url, writes: false)).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Reused);
    }

    [Fact]
    public void ARemoteThatKeepsFailingIsLeftAlone()
    {
        using var ci = new Desk();
        server.Misbehave = _ => Misdeeds.All["500"];
        var wide = new SumGraph([.. Enumerable.Range(0, 60).Select(number => new SumStep(number, [], []))]);

        ci.Run(Desk.Options(server.Url, writes: true), wide).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed);

        // Five failures of three attempts each, and what was under way beside them.
        server.Of("GET", "").Count().ShouldBeLessThanOrEqualTo(3 * (Breaker.MostFailures + 8));
        server.Of("PUT", "").Count().ShouldBeLessThanOrEqualTo(3 * (Breaker.MostFailures + 8));
        ci.Noticed.Select(problem => problem.Id).Order(StringComparer.Ordinal)
            .ShouldBe(["ENGINE-043", "ENGINE-044", "ENGINE-045"]);
    }

    [Fact]
    public void ARemoteThatSaysNothingIsWaitedForOnce()
    {
        using var ci = new Desk();
        server.Misbehave = _ => Misdeeds.All["says nothing"];
        var wide = new SumGraph([.. Enumerable.Range(0, 60).Select(number => new SumStep(number, [], []))]);

        ci.Run(Desk.Options(server.Url, writes: true, patienceSeconds: 0.3), wide);

        server.Requests.Count.ShouldBeLessThanOrEqualTo(8);
        ci.Noticed.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-042");
    }

    public void Dispose() => server.Dispose();
}
