namespace Mlops.Engine.Tests.Placing;

/// <summary>One step whose artifact is as large as what is linked, and no block of it like another.</summary>
static class LargeStage
{
    public const int Bytes = 20 << 20;

    /// <returns>What the step gave, and whether it ran.</returns>
    /// <param name="remote">A store that machines share; null for none.</param>
    public static (Artifact Artifact, StepResult Step) Build(
        Workspace workspace, RemoteOptions? remote = null)
    {
        var stage = new Stage<Sum, Total>(
            "Large", 1, "none", NumbersJson.Default.Sum, NumbersJson.Default.Total,
            async (context, _) =>
                new Total(1, await context.Write("application/octet-stream", Write), Judgement.Accept));
        var step = new Graph().Step(new StepName("p", null, "Large"), stage, [], _ => new Sum("x", [], []));
        using var engine = new BuildEngine(
            workspace, new EngineOptions(4, new NoObserver(), "test") { Remote = remote });
        var run = engine.Start([step], CancellationToken.None);
        var result = run.Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem();
        return (run.Output(step)!.Text, result);
    }

    static Task Write(Stream stream)
    {
        var content = new byte[Bytes];
        new Random(7).NextBytes(content);
        return stream.WriteAsync(content).AsTask();
    }
}
