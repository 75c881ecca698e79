using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

public sealed class IngestRehearsalTests
{
    [Fact]
    public async Task ItGoesThroughTheTypesThatAreInferred()
    {
        var folder = Directory.CreateTempSubdirectory("mlops-rehearsal-").FullName;
        var digest = Digest.Of(IngestRehearsal.Source);
        var file = Path.Combine(folder, "source");
        await File.WriteAllBytesAsync(file, IngestRehearsal.Source, TestContext.Current.CancellationToken);

        var dataset = await IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>()).Body(
            new ScratchContext(folder, new Dictionary<Digest, string> { [digest] = file }),
            IngestRehearsal.Input(digest, IngestRehearsal.Source.Length));

        dataset.Judgement.Accepted.ShouldBeTrue();
        dataset.Sources.ShouldHaveSingleItem().KeptRows.ShouldBe(2);
        dataset.Table.Schema.Columns.Select(column => column.Type)
            .ShouldBe([.. CandidateTypes.All, Mlops.Data.Tables.ColumnType.Text], ignoreOrder: true);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("a.csv", true)]
    [InlineData("a.csv.gz", true)]
    [InlineData("a.parquet", false)]
    [InlineData("a.jsonl", false)]
    public void OnlyTextIsLikeIt(string name, bool isLike) =>
        IngestRehearsal.IsLike(new TextFormat(), name).ShouldBe(isLike);
}
