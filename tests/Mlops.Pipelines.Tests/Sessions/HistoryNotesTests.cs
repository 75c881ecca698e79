using System.Text;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Training;
using Mlops.Pipelines.Sessions;

namespace Mlops.Pipelines.Tests.Sessions;

/// <summary>
/// What later runs compare with, where a note is whole and yet not what this build writes: it counts for
/// none, and the next one takes its place.
/// </summary>
public sealed class HistoryNotesTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-notes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("model 7")]
    [InlineData("""[{ "identity": "rows" }]""")]
    [InlineData("""[{ "rows": 7 }]""")]
    public void AnAcceptedDatasetOfAnotherShapeIsNone(string content)
    {
        Remember(new NoteName("accepted", "p"), content);
        var history = new AcceptedHistory(Open());
        history.PreviousOf("p", null, Digest.Of("new"u8)).ShouldBeNull();
        var data = new AcceptedData(7, Artifact("profile"));

        history.Accepted("p", null, Digest.Of("old"u8), data);

        new AcceptedHistory(Open()).PreviousOf("p", null, Digest.Of("new"u8)).ShouldBe(data);
        new AcceptedHistory(Open()).PreviousOf("p", "north", Digest.Of("new"u8)).ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("model 7")]
    [InlineData("""[{ "model": 7 }]""")]
    public void APackagedModelOfAnotherShapeIsNone(string content)
    {
        Remember(new NoteName("packaged", "p", "north"), content);
        var history = new ChampionHistory(Open());
        history.ChampionOf("p", "north", Model("new")).ShouldBeNull();

        history.Packaged("p", "north", Model("old"));

        new ChampionHistory(Open()).ChampionOf("p", "north", Model("new"))!.Model.ShouldBe(Artifact("old"));
        new ChampionHistory(Open()).ChampionOf("p", null, Model("new")).ShouldBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("page")]
    [InlineData("""{ "pipeline": "p", "folder": "p" }""")]
    [InlineData("""{ "pipeline": "p", "folder": "p", "entries": [{ "verdict": "accepted" }] }""")]
    public void AFrontPageEntryOfAnotherShapeIsNoneAndTakesNoOtherOffThePage(string content)
    {
        foreach (var pipeline in (string[])["p", "q"])
            File.WriteAllText(
                Path.Combine(folder.CreateSubdirectory(pipeline).FullName, "pipeline.yaml"),
                "name: " + pipeline);
        Remember(new NoteName("front-page", "p"), content);
        var entry = new Mlops.Reporting.IndexEntry(
            new Mlops.Reporting.PipelineCard("q", null, null, null, null, null, null, null, null),
            "accepted", true, null, null, 7, null, null, "q/audit.html", null, []);

        new FrontPageNotes(Open()).Remember(new FrontPageNote("q", "q", [entry]));

        new FrontPageNotes(Open()).OfOthers(folder.FullName, new HashSet<string>())
            .ShouldHaveSingleItem().AuditPath.ShouldBe("q/audit.html");
    }

    static Artifact Artifact(string text) => new(Digest.Of(Encoding.UTF8.GetBytes(text)), 7, "text/plain");

    static TrainedModel Model(string text) => new(
        Artifact(text), Artifact("details"),
        new TrainSpecification(
            LearningTask.Regression, "price", null, new FeatureSpecification(null, [], [], 64, 10, []),
            new TrainerSpecification("sdca")),
        7);

    void Remember(NoteName name, string content) => Open().Remember(name, Encoding.UTF8.GetBytes(content));

    Workspace Open() => Workspace.Open(Path.Combine(folder.FullName, ".mlops"), TimeProvider.System);
}
