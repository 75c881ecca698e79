using System.Text.Json;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>
/// A new file is parsed while its types are inferred, by what the files beside it hold: whether they guess
/// right or not, the dataset is the one that is made from nothing.
/// </summary>
public sealed class ForeseenParsingTests : IDisposable
{
    static readonly Stage<IngestInput, Dataset> Ingest =
        IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());

    readonly string folder = Directory.CreateTempSubdirectory("mlops-foreseen-").FullName;

    string Raw => Directory.CreateDirectory(Path.Combine(folder, "raw")).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a,b\n3,z\n")]
    [InlineData("a,b\n3.5,z\nbad\n")]
    [InlineData("a,b\nno number,z\n")]
    [InlineData("a,b\n,\n")]
    public void TheDatasetIsTheOneThatIsMadeFromNothing(string added)
    {
        File.WriteAllText(Path.Combine(Raw, "first.csv"), "a,b\n1,x\n");
        File.WriteAllText(Path.Combine(Raw, "second.csv"), "a,b\n2,y\n");
        Run("workspace");
        File.WriteAllText(Path.Combine(Raw, "third.csv"), added);

        Run("workspace").ShouldBe(Run("another"));
    }

    string Run(string name)
    {
        var workspace = Engine.Workspace.Open(Path.Combine(folder, name), TimeProvider.System);
        var files = workspace.ResolveSources(Raw, ["*.csv"]).Files;
        var ingest = new Graph().Step(
            new StepName("p", null, "Ingest"), Ingest, [],
            _ => new IngestInput(files, new TextFormat(), null, null, 0));
        var run = new BuildEngine(workspace, new EngineOptions(4, new NoObserver(), "test", Stages: [Ingest]))
            .Start([ingest], CancellationToken.None);
        run.Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem().Status
            .ShouldBe(StepStatus.Executed);
        return JsonSerializer.Serialize(run.Output(ingest)!, DataJson.Default.Dataset);
    }
}
