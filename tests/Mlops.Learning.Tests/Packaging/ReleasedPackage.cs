using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Packaging;

/// <summary>A real package, made once for all who only read it.</summary>
public sealed class ReleasedPackage : IAsyncLifetime
{
    readonly PipelineFixture pipeline = new();

    public byte[] Bytes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var input = await pipeline.PackageInput(
            Samples.Table(), Samples.Train(LearningTask.Regression, "sdca"));
        var package = await PackageStage.Create(new ScoringProcess(
            FreshProcess.Dotnet, [.. FreshProcess.Prefix, Program.ScorePackage]))
            .Body(pipeline.Context, input);
        Bytes = await File.ReadAllBytesAsync(pipeline.Context.Locate(package.Archive));
    }

    public ValueTask DisposeAsync()
    {
        pipeline.Dispose();
        return ValueTask.CompletedTask;
    }
}
