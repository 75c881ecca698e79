using System.Text;

namespace Mlops.Engine.Tests.Sources;

/// <summary>
/// A body that cut a raw file has calls read pieces of it, which are known by their digests alone.
/// </summary>
public sealed class PieceTests : IDisposable
{
    readonly Bench bench = new();

    /// <summary>Stores a piece as it was read.</summary>
    Stage<Digest, Artifact> Copy => new(
        "Copy", 1, "none", NumbersJson.Default.Digest, NumbersJson.Default.Artifact, async (context, piece) =>
        {
            bench.Ran.Enqueue("Copy");
            await using var stream = context.OpenSource(piece);
            return await context.Write("text/plain", to => stream.CopyToAsync(to));
        });

    /// <summary>Cuts a file after its fifth byte and stores what follows.</summary>
    Stage<Sum, Artifact> Cut => new(
        "Cut", 1, "none", NumbersJson.Default.Sum, NumbersJson.Default.Artifact, async (context, input) =>
        {
            bench.Ran.Enqueue("Cut");
            var source = input.Sources[0];
            using var file = context.OpenRaw(source.Digest);
            var bytes = new byte[file.LengthBytes];
            file.Read(bytes, 0).ShouldBe(bytes.Length);
            Reading?.Invoke();
            file.Confirm();
            var piece = new RawPiece(5, bytes.Length - 5, Digest.Of(bytes.AsSpan(5)));
            context.Piece(source.Digest, piece);
            Cutting?.Invoke();
            return await context.Call(Copy, piece.Digest);
        });

    Stage<Artifact, string> Read { get; } = new(
        "Read", 1, "none", NumbersJson.Default.Artifact, NumbersJson.Default.String,
        async (context, text) => await File.ReadAllTextAsync(context.Locate(text)));

    /// <summary>What happens while the file is read, and after it was cut.</summary>
    Action? Reading { get; set; }

    Action? Cutting { get; set; }

    public void Dispose() => bench.Dispose();

    [Fact]
    public void APieceIsReadForItself()
    {
        Write("head tail");
        Run().Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        File.ReadAllText(Stored("tail")).ShouldBe("tail");
        Run().Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
    }

    [Fact]
    public void AnEqualPieceOfAnotherFileIsNotReadAgain()
    {
        Write("head tail");
        Run();
        bench.TakeRan();
        Write("HEAD tail");
        Run();
        bench.TakeRan().ShouldBe(["Cut"]);
    }

    [Fact]
    public void BytesThatChangeWhileTheyAreReadAreAProblem()
    {
        Write("head tail");
        Reading = () => Write("head TAIL");
        Failed(Run()).ShouldBe("ENGINE-006");
    }

    [Fact]
    public void APieceWhoseBytesChangedIsAProblem()
    {
        Write("head tail");
        Cutting = () => Write("head TAIL");
        Failed(Run()).ShouldBe("ENGINE-006");
        Cutting = null;
        Run();
        File.ReadAllText(Stored("TAIL")).ShouldBe("TAIL");
    }

    [Fact]
    public void AFileThatBecameShorterIsAProblem()
    {
        Write("head tail");
        Cutting = () => Write("he");
        Failed(Run()).ShouldBe("ENGINE-006");
    }

    /// <remarks>No trace names the piece's bytes: the step says again what it is a piece of.</remarks>
    [Fact]
    public void WhatWasMadeOfAPieceIsMadeAgainWhereItWasDamaged()
    {
        Write("head tail");
        Run();
        var path = Stored("tail");
        var time = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        File.WriteAllText(path, "TAIL");
        File.SetLastWriteTimeUtc(path, time);
        bench.TakeRan();

        Run(reading: true).Steps.ShouldAllBe(step => step.Status != StepStatus.Failed);

        bench.TakeRan().ShouldContain("Copy");
        File.ReadAllText(path).ShouldBe("tail");
    }

    [Fact]
    public async Task AStepThatCutsIsExecutedByItsKeyInAnotherProcess()
    {
        Write("head tail");
        var workspace = bench.Open();
        var call = StageCall.Of(Cut, Input(workspace));
        await Actions.Publish(workspace, call.Key, CancellationToken.None);
        File.Delete(Path.Combine(bench.Sources, "a.txt"));

        var result = await Bench.Engine(bench.Open())
            .Execute(call.Key.Digest, [Cut, Copy], CancellationToken.None);

        result.Status.ShouldBe(StepStatus.Executed);
        File.ReadAllText(Stored("tail")).ShouldBe("tail");
    }

    void Write(string text) => File.WriteAllText(Path.Combine(bench.Sources, "a.txt"), text);

    Sum Input(Workspace workspace) => new("", [], workspace.ResolveSources(bench.Sources, ["*.txt"]).Files);

    string Stored(string text) => bench.Open().Artifacts.PathOf(Digest.Of(Encoding.UTF8.GetBytes(text)));

    static string Failed(RunResult result) =>
        result.Steps.Single(step => step.Status == StepStatus.Failed).Problems.ShouldHaveSingleItem().Id;

    RunResult Run(bool reading = false)
    {
        var workspace = bench.Open();
        var input = Input(workspace);
        var graph = new Graph();
        var cut = graph.Step(new StepName("p", null, "Cut"), Cut, [], _ => input);
        Node node = reading
            ? graph.Step(new StepName("p", null, "Read"), Read, [cut], upstream => upstream.Accepted(cut))
            : cut;
        return new BuildEngine(workspace, new EngineOptions(4, new NoObserver(), "test", Stages: [Cut, Read]))
            .Start([node], CancellationToken.None).Completion.GetAwaiter().GetResult();
    }
}
