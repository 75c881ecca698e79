using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// Entries that somebody wrote who may write but does not tell the truth, each with digests that fit: the
/// forgery is refused, said once, and the step runs here.
/// </summary>
public sealed class ForgedEntryTests : IDisposable
{
    readonly RemoteServer server = Desk.WarmServer();
    readonly Desk laptop = new();

    static readonly string Elsewhere = Digest.Of("elsewhere"u8).ToString();

    /// <summary>What is done to the trace's JSON; its digest is made to fit afterwards.</summary>
    static SortedDictionary<string, Action<JsonObject>> Traces { get; } = new(StringComparer.Ordinal)
    {
        ["no fields"] = trace => trace.Clear(),
        ["a record of nothing"] = trace => Record(trace, new JsonObject()),
        ["a record that is null"] = trace => Record(trace, null),
        ["a record that is a list"] = trace => Record(trace, new JsonArray()),
        ["a record that is a number"] = trace => Record(trace, 7),
        ["no record"] = trace => trace.Remove("record"),
        ["another value"] = trace => trace["record"]!["value"] = 5,
        ["another value, digest fitting, not canonical"] = trace =>
        {
            var record = (JsonObject)trace["record"]!;
            record.Insert(0, "value",
                record["value"]!.DeepClone() is var value && record.Remove("value") ? value : null);
            trace["output"] = Digest.Of(Encoding.UTF8.GetBytes(record.ToJsonString())).ToString();
        },
        ["a field that the stage does not know"] = trace =>
            ChangeRecord(trace, record => record["extra"] = 1),
        ["a field less"] = trace => ChangeRecord(trace, record => record.Remove("judgement")),
        ["a null inside"] = trace => ChangeRecord(trace, record => record["judgement"]!["findings"] = null),
        ["a null in a list"] = trace =>
            ChangeRecord(trace, record => record["judgement"]!["findings"] = new JsonArray(null, "x")),
        ["a text for a number"] = trace => ChangeRecord(trace, record => record["value"] = "3"),
        ["a fraction for a whole number"] = trace => ChangeRecord(trace, record => record["value"] = 3.5),
        ["an artifact that is none"] = trace =>
            ChangeRecord(trace, record => record["text"]!["digest"] = "../../etc/passwd"),
        ["an artifact of a digest in capitals"] = trace =>
            ChangeRecord(trace, record =>
                record["text"]!["digest"] = ((string)record["text"]!["digest"]!).ToUpperInvariant()),
        ["an artifact of another length"] = trace =>
            Artifact(trace, artifact => artifact["length-bytes"] = 8L),
        ["an artifact of no length"] = trace => Artifact(trace, artifact => artifact["length-bytes"] = -1L),
        ["an artifact longer than any disk"] = trace =>
            Artifact(trace,
                artifact => (artifact["length-bytes"], artifact["digest"]) = (long.MaxValue, Elsewhere)),
        ["an artifact that is not there"] = trace =>
            Artifact(trace, artifact => artifact["digest"] = Elsewhere),
        ["an artifact that its list lacks"] = trace => trace["artifacts"] = new JsonArray(),
        ["an artifact that its record lacks"] = trace => trace["artifacts"]!.AsArray().Add(
            new JsonObject { ["digest"] = Elsewhere, ["length-bytes"] = 1L, ["media-type"] = "x/y" }),
        ["a list of artifacts that are null"] = trace => trace["artifacts"] = new JsonArray(null, null),
        ["another key"] = trace => trace["key"] = Elsewhere,
        ["another stage"] = trace => trace["stage"] = "ParseSource",
        ["another version"] = trace => trace["version"] = 2,
        ["another toolchain"] = trace => trace["toolchain"] = "other 1.0",
        ["another input"] = trace => trace["input"]!["parameter"] = "zz",
        ["an input more"] = trace => trace["input"]!["more"] = 1,
        ["an output digest of something else"] = trace => trace["output"] = Elsewhere,
        ["a key that is none"] = trace => trace["key"] = "x",
        ["a time before time"] = trace => trace["run-seconds"] = -1,
        ["a time that saves for ever"] = trace => trace["run-seconds"] = 1e300,
        ["a peak below nothing"] = trace => trace["peak-memory-bytes"] = -5,
        ["a start that is no time"] = trace => trace["started-at"] = "yesterday",
        ["reasons that are null"] = trace => trace["reasons"] = new JsonArray((JsonNode?)null),
        ["no reasons at all"] = trace => trace.Remove("reasons"),
        ["a child that is none"] = trace => trace["children"] = new JsonArray("x"),
        ["a host that is null"] = trace => trace["host"] = null,
    };

    /// <summary>
    /// What is done to the entry itself: given are the true one, and the trace that it names.
    /// </summary>
    static SortedDictionary<string, Func<ActionResult, byte[]>> Entries { get; } = new(StringComparer.Ordinal)
    {
        ["nothing in it"] = _ => [],
        ["an exit code"] = entry => (entry with { ExitCode = 1 }).Write(),
        ["no trace"] = entry => (entry with { Outputs = [.. entry.Outputs.Skip(1)] }).Write(),
        ["two traces"] = entry => (entry with { Outputs = [entry.Outputs[0], .. entry.Outputs] }).Write(),
        ["a trace elsewhere"] = entry =>
            Trace(entry, trace => trace with { Digest = Digest.Parse(Elsewhere) }),
        ["a trace of another length"] = entry =>
            Trace(entry, trace => trace with { LengthBytes = trace.LengthBytes + 1 }),
        ["a trace without end"] = entry => Trace(entry, trace => trace with { LengthBytes = long.MaxValue }),
        ["the artifact as trace"] = entry =>
            Trace(entry, trace => entry.Outputs[1] with { Path = trace.Path }),
        ["other artifacts"] = entry => (entry with { Outputs = [entry.Outputs[0]] }).Write(),
        ["another tool's"] = entry =>
            (entry with { Outputs = [entry.Outputs[1] with { Path = "bin/main.o" }] }).Write(),
        ["the trace itself"] = _ => "{\"key\":1}"u8.ToArray(),
    };

    public static TheoryData<string> ForgedTraces => [.. Traces.Keys];

    public static TheoryData<string> ForgedEntries => [.. Entries.Keys];

    [Theory, MemberData(nameof(ForgedTraces))]
    public void AForgedTraceIsRefused(string forgery)
    {
        var path = EntryOfFirst();
        var entry = ActionResult.Read(server.Entries[path]);
        var trace = JsonNode.Parse(server.Entries[$"/store/cas/{entry.Trace!.Digest}"])!.AsObject();

        Traces[forgery](trace);

        var forged = Encoding.UTF8.GetBytes(trace.ToJsonString());
        server.Entries[$"/store/cas/{Digest.Of(forged)}"] = forged;
        server.Entries[path] = new ActionResult(
            [new ActionOutput("trace.json", Digest.Of(forged), forged.Length), .. OutputsOf(trace)]).Write();
        ShouldBeRefused();
    }

    /// <remarks>Of an artifact that is here only its name is compared, unless somebody looks.</remarks>
    [Fact]
    public void AnArtifactThatIsHereIsNotBelievedToHaveAnotherLength()
    {
        laptop.Run(null, new SumGraph([new SumStep(8, [], [])]));

        AForgedTraceIsRefused("an artifact of another length");
    }

    [Theory, MemberData(nameof(ForgedEntries))]
    public void AForgedEntryIsRefused(string forgery)
    {
        var path = EntryOfFirst();

        server.Entries[path] = Entries[forgery](ActionResult.Read(server.Entries[path]));

        ShouldBeRefused();
    }

    [Fact]
    public void AnOutputThatItsInputForbidsIsRefused()
    {
        var stage = new Stage<string, string>(
            "Name", 1, "none", NumbersJson.Default.String,
            NumbersJson.Default.String, (_, input) => Task.FromResult($"{input}.zip"))
        {
            Fits = (input, output) => output == $"{input}.zip",
        };
        var forging = stage with { Body = (_, _) => Task.FromResult("../../.profile") };

        using (var forger = new Desk())
            Only(forger, forging, writes: true).ShouldBe("../../.profile");

        Only(laptop, stage, writes: false).ShouldBe("a.zip");
        laptop.Noticed.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-040");
    }

    [Fact]
    public void RandomDamageIsRefusedOrChangesNothing()
    {
        var good = server.Entries.ToDictionary();
        var random = new Random(20261126);
        for (var round = 0; round < 60; round++)
        {
            foreach (var (path, content) in good)
                server.Entries[path] = random.Next(4) > 0 ? content : Damaged(content, random);
            using var desk = new Desk();
            desk.Run(Desk.Options(server.Url, writes: false));
            desk.ShouldHaveBeenToldOnce();
            desk.KeptValues().ShouldBe(Desk.RightValues);
        }
    }

    public void Dispose()
    {
        server.Dispose();
        laptop.Dispose();
    }

    void ShouldBeRefused()
    {
        var result = laptop.Run(Desk.Options(server.Url, writes: false));

        result.Steps.Single(step => step.Name.Stage == "Step0").Status.ShouldBe(StepStatus.Executed);
        result.Steps.Count(step => step.Status == StepStatus.Executed).ShouldBe(1);
        var said = laptop.Noticed.ShouldHaveSingleItem();
        said.Id.ShouldBe("ENGINE-040");
        said.Where!.File.ShouldStartWith(server.Url.AbsoluteUri);
        said.Actual.ShouldNotBeNullOrEmpty();
        laptop.KeptValues().ShouldBe(Desk.RightValues);
    }

    string EntryOfFirst() => $"/store/ac/{laptop.CallOf(0).Key.Digest}";

    string? Only(Desk desk, Stage<string, string> stage, bool writes)
    {
        var node = new Graph().Step(new StepName("p", null, "Name"), stage, [], _ => "a");
        using var engine = new BuildEngine(
            desk.Bench.Open(),
            new EngineOptions(2, desk, "test") { Remote = Desk.Options(server.Url, writes) });
        var run = engine.Start([node], CancellationToken.None);
        run.Completion.GetAwaiter().GetResult();
        return run.Output(node);
    }

    static byte[] Damaged(byte[] content, Random random)
    {
        var damaged = content.ToArray();
        switch (random.Next(4))
        {
            case 0:
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return damaged;
            case 1:
                return damaged[..random.Next(damaged.Length)];
            case 2:
                return [.. damaged, (byte)random.Next(256)];
            default:
                random.NextBytes(damaged);
                return damaged;
        }
    }

    static byte[] Trace(ActionResult entry, Func<ActionOutput, ActionOutput> change) =>
        (entry with { Outputs = [change(entry.Outputs[0]), .. entry.Outputs.Skip(1)] }).Write();

    static void Record(JsonObject trace, JsonNode? record)
    {
        trace["record"] = record;
        Fit(trace);
    }

    static void ChangeRecord(JsonObject trace, Action<JsonObject> change)
    {
        change((JsonObject)trace["record"]!);
        Fit(trace);
    }

    /// <summary>Changes the artifact in the record and in the list alike.</summary>
    static void Artifact(JsonObject trace, Action<JsonObject> change)
    {
        ChangeRecord(trace, record => change((JsonObject)record["text"]!));
        trace["artifacts"] = new JsonArray(trace["record"]!["text"]!.DeepClone());
    }

    /// <summary>Makes the output's digest that of the record, in canonical form.</summary>
    static void Fit(JsonObject trace)
    {
        var record = CanonicalJson.Write(Encoding.UTF8.GetBytes(trace["record"]?.ToJsonString() ?? "null"));
        trace["record"] = JsonNode.Parse(record);
        trace["output"] = Digest.Of(record).ToString();
    }

    static IEnumerable<ActionOutput> OutputsOf(JsonObject trace)
    {
        foreach (var artifact in trace["artifacts"] as JsonArray ?? [])
            if (artifact is JsonObject && Digest.TryParse((string?)artifact["digest"], out var digest)
                && (long)artifact["length-bytes"]! >= 0)
                yield return new ActionOutput($"artifacts/{digest}", digest, (long)artifact["length-bytes"]!);
    }
}
