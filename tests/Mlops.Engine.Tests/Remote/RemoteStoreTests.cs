namespace Mlops.Engine.Tests.Remote;

/// <summary>Two machines and a store between them.</summary>
public sealed class RemoteStoreTests : IDisposable
{
    readonly RemoteServer server = new();
    readonly Desk ci = new(), laptop = new();

    [Fact]
    public void AFreshMachineWithAWarmRemoteExecutesNothing()
    {
        ci.Run(Writing).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        laptop.Bench.Sabotaged = true;
        server.Requests.Clear();

        laptop.Run(Reading).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);

        laptop.Noticed.ShouldBeEmpty();
        // The calls inside a step are of no interest once the step has a trace.
        var artifacts = server.Of("GET", "/cas/")
            .Where(request => request.Kind == RequestKind.GetArtifact).ToList();
        artifacts.Count.ShouldBe(Desk.RightValues.Distinct().Count());
        laptop.Traffic.ShouldBe(new RemoteTraffic(
            4, artifacts.Count,
            server.Of("GET", "").Sum(request => server.Entries[request.Path].Length), 0, 0, 0, 0));
        ci.Traffic.ShouldBe(new RemoteTraffic(
            0, 0, 0, 4 + 3, artifacts.Count, server.Entries.Values.Sum(content => content.Length), 0));
        laptop.KeptValues().ShouldBe(Desk.RightValues);
    }

    [Fact]
    public void WhatIsHereIsNotAskedFor()
    {
        ci.Run(Writing);
        laptop.Run(Reading);
        server.Requests.Clear();

        laptop.Run(Reading);

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void AReaderStoresNothing()
    {
        laptop.Run(Reading).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);

        server.Entries.ShouldBeEmpty();
        server.Of("PUT", "").ShouldBeEmpty();
        laptop.Noticed.ShouldBeEmpty();
    }

    [Fact]
    public void AStepThatHasToRunTakesTheCallsInsideItFromTheRemote()
    {
        ci.Run(Writing);
        laptop.Bench.TakeRan();

        laptop.Run(Reading, Desk.Shape.Changed(0, 5));

        laptop.Bench.TakeRan()
            .ShouldNotContain(ran => ran.StartsWith("ParseSource", StringComparison.Ordinal));
    }

    [Fact]
    public void APlanAsksForTracesAloneAndKeepsNothing()
    {
        ci.Run(Writing);
        server.Requests.Clear();

        var plan = laptop.Plan(Reading);

        plan.Steps.Select(step => step.Verdict)
            .ShouldAllBe(verdict => verdict is Verdict.UpToDate && ((Verdict.UpToDate)verdict).IsRemote);
        server.Requests.Select(request => request.Kind).Distinct().Order()
            .ShouldBe([RequestKind.GetEntry, RequestKind.GetTrace]);
        Directory.Exists(Path.Combine(laptop.Bench.WorkspaceDirectory, "traces")).ShouldBeFalse();
        laptop.Plan(null).Steps.ShouldNotContain(step => step.Verdict is Verdict.UpToDate);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("damaged")]
    public void ALostArtifactIsFetchedBeforeItsStepRunsAgain(string how)
    {
        ci.Run(Writing);
        var artifacts = Path.Combine(ci.Bench.WorkspaceDirectory, "cas");
        foreach (var file in Directory.GetFiles(artifacts, "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
            if (how == "damaged")
                File.WriteAllText(file, "damaged");
        }
        ci.Bench.Sabotaged = true;
        server.Requests.Clear();

        ci.Run(Reading).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);

        // The trace is here: only the bytes are asked for.
        server.Requests.ShouldAllBe(request => request.Kind == RequestKind.GetArtifact);
        ci.KeptValues().ShouldBe(Desk.RightValues);
    }

    [Fact]
    public void WhatWasMadeBeforeThereWasARemoteIsStoredByTheNextRunThatMayWrite()
    {
        ci.Run(null);

        ci.Run(Writing).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);

        laptop.Bench.Sabotaged = true;
        laptop.Run(Reading).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
        // With the calls inside the steps: three raw files.
        server.Of("PUT", "/ac/").Count().ShouldBe(4 + 3);
        server.Requests.Clear();
        ci.Run(Writing);
        server.Requests.ShouldAllBe(request => request.Kind == RequestKind.LookFor);
    }

    [Fact]
    public void ArtifactsAreThereBeforeTheTraceThatNamesThem()
    {
        ci.Run(Writing);

        var stored = server.Of("PUT", "").Select(request => request.Path).ToList();
        var entries = server.Entries.Where(entry => entry.Key.Contains("/ac/", StringComparison.Ordinal));
        foreach (var entry in entries)
            foreach (var output in ActionResult.Read(entry.Value).Outputs)
            {
                var blob = $"/store/cas/{output.Digest}";
                Digest.Of(server.Entries[blob]).ShouldBe(output.Digest);
                stored.IndexOf(blob).ShouldBeLessThan(stored.IndexOf(entry.Key));
            }
    }

    [Fact]
    public void ALargeArtifactThatTheRemoteHasIsNotSentAgain()
    {
        var large = Large("a").Output!.Digest;
        server.Of("PUT", $"/cas/{large}").Count().ShouldBe(1);

        Large("b").Output!.Digest.ShouldBe(large);
        server.Of("PUT", $"/cas/{large}").Count().ShouldBe(1);

        server.Entries[$"/store/cas/{large}"] = [1, 2, 3];
        Large("c");
        server.Of("PUT", $"/cas/{large}").Count().ShouldBe(2);
        server.Entries[$"/store/cas/{large}"].Length.ShouldBe(100_000);

        (RunResult Result, Artifact? Output) Large(string parameter)
        {
            var stage = new Stage<string, Artifact>(
                "Large", 1, "none", NumbersJson.Default.String, NumbersJson.Default.Artifact,
                (context, _) => context.Write(
                    "application/octet-stream", file => file.WriteAsync(new byte[100_000]).AsTask()));
            var node = new Graph().Step(new StepName("p", null, "Large"), stage, [], _ => parameter);
            using var engine = new BuildEngine(
                ci.Bench.Open(), new EngineOptions(2, ci, "test") { Remote = Writing });
            var run = engine.Start([node], CancellationToken.None);
            return (run.Completion.GetAwaiter().GetResult(), run.Output(node));
        }
    }

    [Fact]
    public async Task NoBytesAtAllAreAnArtifactLikeAnyOther()
    {
        var stage = new Stage<string, Artifact>(
            "Empty", 1, "none", NumbersJson.Default.String, NumbersJson.Default.Artifact,
            (context, _) => context.Write("text/plain", _ => Task.CompletedTask));

        await ShouldBeShared(new Graph().Step(new StepName("p", null, "Empty"), stage, [], _ => "x"));
    }

    [Theory]
    [InlineData("it's <b>5 > 3</b> & \"so\"")]
    [InlineData("größer, 大きい, \u0001, \ud83d\ude80")]
    [InlineData("")]
    public async Task ARecordMaySayAnything(string text)
    {
        var stage = new Stage<string, string>(
            "Say", 1, "none", NumbersJson.Default.String,
            NumbersJson.Default.String, (_, input) => Task.FromResult($"{input}!"));

        await ShouldBeShared(new Graph().Step(new StepName("p", null, "Say"), stage, [], _ => text));
    }

    async Task ShouldBeShared(Node node)
    {
        (await Only(ci, Writing)).Status.ShouldBe(StepStatus.Executed);
        (await Only(laptop, Reading)).Status.ShouldBe(StepStatus.Reused);
        laptop.Noticed.ShouldBeEmpty();

        async Task<StepResult> Only(Desk desk, RemoteOptions remote)
        {
            using var engine = new BuildEngine(
                desk.Bench.Open(), new EngineOptions(2, desk, "test") { Remote = remote });
            var result = await engine.Start([node], CancellationToken.None).Completion;
            return result.Steps.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void AnEntryThatIsNotWhatItSaysIsReplacedByWhoeverMayWrite()
    {
        ci.Run(Writing);
        var good = server.Entries.ToDictionary();
        foreach (var path in good.Keys)
            server.Entries[path] = [.. good[path].Reverse()];

        laptop.Run(Writing).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);

        laptop.ShouldHaveBeenToldOnce();
        using var third = new Desk();
        third.Bench.Sabotaged = true;
        third.Run(Reading).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
        third.Noticed.ShouldBeEmpty();
    }

    [Fact]
    public void CredentialsGoWithEveryRequestAndStandInNothingThatIsKept()
    {
        server.Authorization = "Basic Y2k6b3BlbiBzZXNhbWU=";
        var credentials = RemoteCredentials.Basic("ci", "open sesame");
        credentials.ToString().ShouldBe("Basic");
        (Writing with { Credentials = credentials }).ToString().ShouldNotContain("c2VzYW1l");

        ci.Run(Writing with { Credentials = credentials });
        laptop.Bench.Sabotaged = true;
        laptop.Run(Reading with { Credentials = credentials }).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Reused);

        ci.Noticed.ShouldBeEmpty();
        var kept = Directory.GetFiles(ci.Bench.WorkspaceDirectory, "*", SearchOption.AllDirectories);
        foreach (var file in kept)
            File.ReadAllText(file).ShouldNotContain("sesame");
    }

    [Fact]
    public void WrongCredentialsAreSaidOnceAndNotPrinted()
    {
        server.Authorization = "Bearer right";

        ci.Run(Writing with { Credentials = RemoteCredentials.Bearer("wrong-token") });

        ci.KeptValues().ShouldBe(Desk.RightValues);
        var said = ci.Noticed.ShouldHaveSingleItem();
        said.Id.ShouldBe("ENGINE-041");
        said.ToString().ShouldNotContain("wrong-token");
    }

    [Fact]
    public void AServerThatIsNotThereIsSaidEvenIfThereWasOneLookUpOnly()
    {
        var url = server.Url;
        server.Dispose();

        ci.Run(Options(url, false), new SumGraph([new SumStep(1, [], [])])).Steps
            .ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);

        ci.Noticed.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-042");
    }

    [Fact]
    public async Task RunsAtTheSameTimeInOneWorkspaceFetchAndAgree()
    {
        ci.Run(Writing);
        laptop.Bench.Sabotaged = true;
        server.Requests.Clear();
        var workspace = laptop.Bench.Open();
        var sources = workspace.ResolveSources(laptop.Bench.Sources, ["*.txt"]);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var engine = new BuildEngine(
                workspace, new EngineOptions(4, laptop, "test") { Remote = Reading });
            return await engine.Start(
                Desk.Shape.Draw(laptop.Bench, sources), CancellationToken.None).Completion;
        }));

        runs.SelectMany(run => run.Steps).ShouldAllBe(step => step.Status == StepStatus.Reused);
        server.Of("GET", "/ac/").Count().ShouldBe(4);
        laptop.Noticed.ShouldBeEmpty();
        laptop.KeptValues().ShouldBe(Desk.RightValues);
    }

    [Fact]
    public void AStepAloneFetchesAndStoresToo()
    {
        var call = ci.CallOf(0);
        Execute(ci, call, Writing).Status.ShouldBe(StepStatus.Executed);

        laptop.Bench.Sabotaged = true;
        Execute(laptop, call, Reading).Status.ShouldBe(StepStatus.Reused);

        static StepResult Execute(Desk desk, StageCall call, RemoteOptions remote)
        {
            var workspace = desk.Bench.Open();
            workspace.ResolveSources(desk.Bench.Sources, ["*.txt"]);
            Actions.Publish(workspace, call.Key, CancellationToken.None).GetAwaiter().GetResult();
            using var engine = new BuildEngine(
                workspace, new EngineOptions(2, desk, "test") { Remote = remote });
            return engine.Execute(call.Key.Digest, [desk.Bench.Add, desk.Bench.ParseSource],
                CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task CancellingEndsTransfersThatHang()
    {
        using var cancellation = new CancellationTokenSource();
        server.Misbehave = _ => async exchange =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, exchange.Stop);
        };
        var workspace = ci.Bench.Open();
        var nodes = Desk.Shape.Draw(ci.Bench, workspace.ResolveSources(ci.Bench.Sources, ["*.txt"]));
        using var engine = new BuildEngine(
            workspace, new EngineOptions(4, ci, "test") { Remote = Options(server.Url, true, 600) });

        var result = await engine.Start(nodes, cancellation.Token).Completion;

        result.Steps.ShouldContain(step => step.Status == StepStatus.Cancelled);
        ci.Noticed.ShouldBeEmpty();
    }

    /// <remarks>None of the answers comes before all have been asked for.</remarks>
    [Fact]
    public void APlanAsksForWhatDoesNotWaitForEachOtherAtTheSameTime()
    {
        var shape = new SumGraph([.. Enumerable.Range(0, 4)
            .Select(number => new SumStep(number, [], [number]))]);
        using var ci = new Desk();
        ci.Run(Desk.Options(server.Url, writes: true), shape);
        var (asked, all) = (0, new TaskCompletionSource());
        server.Misbehave = request => request.Kind != RequestKind.GetEntry ? null : async exchange =>
        {
            if (Interlocked.Increment(ref asked) == 4)
                all.SetResult();
            await all.Task;
            await exchange.Answer("200 OK", exchange.Content!);
        };
        using var laptop = new Desk();

        var plan = laptop.Plan(Desk.Options(server.Url, writes: false, patienceSeconds: 10), shape);

        plan.Steps.ShouldAllBe(step =>
            step.Verdict is Verdict.UpToDate && ((Verdict.UpToDate)step.Verdict).IsRemote);
        asked.ShouldBe(4);
    }

    public void Dispose()
    {
        server.Dispose();
        ci.Dispose();
        laptop.Dispose();
    }

    RemoteOptions Writing => Options(server.Url, true);

    RemoteOptions Reading => Options(server.Url, false);

    static RemoteOptions Options(Uri url, bool writes, double patienceSeconds = 20) =>
        Desk.Options(url, writes, patienceSeconds);
}
