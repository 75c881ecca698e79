using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Training;

public sealed class TrainStageTests : IDisposable
{
    readonly PipelineFixture pipeline = new();

    public void Dispose() => pipeline.Dispose();

    [Fact]
    public async Task TrainsOnTheTrainingSplitAlone()
    {
        var table = Samples.Table();
        var train = Samples.Train(LearningTask.Binary, "fast-tree");

        var model = await TrainStage.Value.Body(pipeline.Context, await pipeline.TrainInput(table, train));

        var alone = ModelFitting.Fit(
            table.Where(row => row % 5 != 4 && row != 0), train, TestContext.Current.CancellationToken);
        model.TrainRows.ShouldBe(319);
        model.Model.Digest.ShouldBe(Digest.Of(alone.Model));
    }

    [Fact]
    public async Task NamesTheLibrariesThatFit()
    {
        TrainStage.Value.Toolchain.ShouldContain("Microsoft.ML 5.");
        TrainStage.Value.Toolchain.ShouldContain("LightGBM 4.");
        var input = await pipeline.TrainInput(Samples.Table(20), Samples.Train(LearningTask.Binary, "sdca"));
        var short1 = input with { Assignment = input.Table.Parts[0].File };

        (await Should.ThrowAsync<ProblemException>(() => TrainStage.Value.Body(pipeline.Context, short1)))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("SCORE-004");
    }
}
