using System.Text;

namespace Mlops.Engine.Tests.Storing;

/// <summary>A trace that is not as it was written is none: nothing is taken from half of one.</summary>
public sealed class TraceStoreTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void ATraceWithAFlippedBitAnywhereIsAbsent()
    {
        var (traces, kept) = Kept();
        var path = traces.PathOf(kept.Key);
        var whole = File.ReadAllBytes(path);
        foreach (var at in Enumerable.Range(0, whole.Length))
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, flipped);
            traces.Find(kept.Key).ShouldBeNull($"byte {at} of {whole.Length}");
        }
        traces.All().ShouldNotContain(trace => trace.Key == kept.Key);
        File.WriteAllBytes(path, whole);
        traces.Find(kept.Key)!.Output.ShouldBe(kept.Output);
    }

    [Fact]
    public void ATraceThatIsCutOffAnywhereIsAbsent()
    {
        var (traces, kept) = Kept();
        var path = traces.PathOf(kept.Key);
        var whole = File.ReadAllBytes(path);
        foreach (var length in Enumerable.Range(0, whole.Length))
        {
            File.WriteAllBytes(path, whole[..length]);
            traces.Find(kept.Key).ShouldBeNull($"{length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void ATraceThatTellsOfAnotherOutputIsAbsentUntilItIsMadeAgain()
    {
        var (traces, kept) = Kept();
        var path = traces.PathOf(kept.Key);
        var text = File.ReadAllText(path);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text.Replace(
            $"\"output\":\"{kept.Output}\"", $"\"output\":\"{kept.Key}\"", StringComparison.Ordinal)));
        File.ReadAllText(path).ShouldNotBe(text);

        traces.Find(kept.Key).ShouldBeNull();

        traces.Add(kept).ShouldBe(kept);
        traces.Find(kept.Key)!.Output.ShouldBe(kept.Output);
    }

    public void Dispose() => bench.Dispose();

    /// <summary>Of a step that ran.</summary>
    (TraceStore Traces, Trace Kept) Kept()
    {
        var graph = new Graph();
        var workspace = bench.Open();
        var step = graph.Step(
            new StepName("p", null, "Make"), bench.Add, [], _ => new Sum("xyz", [], []));
        bench.Run(workspace, [step]).Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);
        return (workspace.Traces, workspace.Traces.All().Single(trace => trace.Stage == "Add"));
    }
}
