using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Packaging;

public sealed class PackageStageTests : IDisposable
{
    static readonly ScoringProcess Faithful = new(
        FreshProcess.Dotnet, [.. FreshProcess.Prefix, Program.ScorePackage]);
    static readonly ScoringProcess Wrong = new(
        FreshProcess.Dotnet, [.. FreshProcess.Prefix, Program.ScorePackageWrongly]);

    readonly PipelineFixture pipeline = new();

    public void Dispose() => pipeline.Dispose();

    [Theory]
    [InlineData("light-gbm", LearningTask.Binary)]
    [InlineData("lbfgs", LearningTask.Multiclass)]
    [InlineData("fast-tree", LearningTask.Regression)]
    public async Task AnotherProcessPredictsTheSameBits(string trainer, LearningTask task)
    {
        var package = await Package(await Input(trainer, task), Faithful);

        package.GoldenRows.ShouldBe(20);
        package.EqualRows.ShouldBe(20);
        package.Judgement.Accepted.ShouldBeTrue();
        package.FileName.ShouldBe("churn-1.2.0.zip");
    }

    [Fact]
    public async Task GoldenRowsAreSpreadOverTheHoldout()
    {
        var package = await Package(await Input("sdca", LearningTask.Regression), Faithful);

        using var golden = JsonDocument.Parse(
            PackageArchive.Open(pipeline.Context.Locate(package.Archive))["golden-predictions.json"]);

        golden.RootElement.EnumerateArray().Select(row => row.GetProperty("dataset-row").GetInt32())
            .ShouldBe(Enumerable.Range(0, 20).Select(i => 20 * i + 4));
    }

    [Fact]
    public async Task TimestampsTravelWithTheGoldenRows()
    {
        var table = Samples.Table();
        var moments = new WholeValues(ColumnType.Timestamp,
            [.. Enumerable.Range(0, 400).Select(row =>
                row == 4 ? WholeValues.Missing : 1_500_000_000_123_456 + row * 3_600_000_000L)]);
        var timed = new Table(
            new TableSchema([.. table.Schema.Columns, new Column("at", ColumnType.Timestamp)]),
            [.. table.Schema.Columns.Select(column => table[column.Name]), moments]);
        var train = Samples.Train(LearningTask.Regression, "lbfgs");
        var features = train.Features with { DateParts = [DatePart.Hour, DatePart.Ordinal, DatePart.Week] };

        var package = await Package(
            await pipeline.PackageInput(timed, train with { Features = features }), Faithful);

        package.EqualRows.ShouldBe(20);
        Encoding.UTF8.GetString(
            PackageArchive.Open(pipeline.Context.Locate(package.Archive))["golden-inputs.json"].Span)
            .ShouldContain("2017-07-15T02:40:00.123456");
    }

    [Fact]
    public async Task OneInputGivesOneArchive()
    {
        var input = await Input("sdca", LearningTask.Binary);

        (await Package(input, Faithful)).Archive.ShouldBe((await Package(input, Faithful)).Archive);
    }

    [Fact]
    public async Task OtherPredictionsElsewhereRejectThePackage()
    {
        var package = await Package(await Input("sdca", LearningTask.Regression), Wrong);

        package.EqualRows.ShouldBe(0);
        package.Judgement.Accepted.ShouldBeFalse();
        package.Judgement.Findings
            .ShouldBe(["20 of 20 golden rows are predicted differently in a separate process."]);
    }

    [Fact]
    public async Task AProcessThatCannotBeStartedIsAProblem()
    {
        var input = await Input("sdca", LearningTask.Regression);

        var missing = new ScoringProcess("no-such-program", []);

        (await Should.ThrowAsync<ProblemException>(() =>
            Package(input, missing))).Problems[0].Id.ShouldBe("PACK-002");
    }

    [Fact]
    public async Task AProcessThatFailsIsAProblem()
    {
        var input = await Input("sdca", LearningTask.Regression);
        var failing = new ScoringProcess(
            FreshProcess.Dotnet, [.. FreshProcess.Prefix, Program.ScorePackage, "too", "many"]);

        var problem = (await Should.ThrowAsync<ProblemException>(() => Package(input, failing))).Problems[0];

        problem.Id.ShouldBe("PACK-003");
        problem.Actual!.ShouldContain("exit code 2: usage: score-package <package.zip>");
    }

    [Fact]
    public async Task UnpackedItStandsOnItsOwn()
    {
        var package = await Package(await Input("fast-forest", LearningTask.Binary), Faithful);
        var folder = pipeline.FileOf("unpacked");
        await ZipFile.ExtractToDirectoryAsync(
            pipeline.Context.Locate(package.Archive), folder, TestContext.Current.CancellationToken);

        package.Contents.Select(entry => entry.Name).ShouldBe(
        [
            "MANIFEST", "golden-inputs.json", "golden-predictions.json", "lineage.json", "metrics.json",
            "model-card.md", "model.zip", "reference-profile.json", "schema.json",
        ]);
        new MLContext().Model.Load(Path.Combine(folder, "model.zip"), out _).ShouldNotBeNull();
        (await Sha256Sum(folder)).ShouldContain("model.zip: OK");
    }

    [Fact]
    public async Task TheModelCardSaysWhatPeopleDidNot()
    {
        var input = await Input("sdca", LearningTask.Binary);
        var package = await Package(input, Faithful);

        var card = Encoding.UTF8.GetString(
            PackageArchive.Open(pipeline.Context.Locate(package.Archive))["model-card.md"].Span);

        card.ShouldStartWith("# churn 1.2.0\n\n## What it is\n\nDescription: not provided\n");
        card.ShouldContain("## Intended use\n\nSort calls | by risk\n");
        card.ShouldContain("## Limitations\n\nnot provided\n");
        card.ShouldContain("| auc | 0.8125 | 0.5 | – | Area under the ROC curve, half credit for ties |");
        card.ShouldContain("- passed: auc 0.8125 ≥ 0.8");
        card.ShouldContain(input.Model.Model.Digest.ToString());
    }

    [Fact]
    public async Task TheModelCardsSlotsAddUpToTheModels()
    {
        var package = await Package(await Input("sdca", LearningTask.Binary), Faithful);

        var card = Encoding.UTF8.GetString(
            PackageArchive.Open(pipeline.Context.Locate(package.Archive))["model-card.md"].Span).Split('\n');

        card.ShouldContain("| size | Real | Number, and whether it is missing | 2 |");
        var columns = card.SkipWhile(line => !line.StartsWith("| Column |", StringComparison.Ordinal))
            .Skip(2).TakeWhile(line => line.Length > 0);
        columns.Sum(line => int.Parse(line.Split('|')[4], CultureInfo.InvariantCulture)).ShouldBe(
            int.Parse(
                card.Single(line => line.StartsWith("- Feature slots: ", StringComparison.Ordinal))[17..],
                CultureInfo.InvariantCulture));
    }

    async Task<PackageInput> Input(string trainer, LearningTask task) =>
        await pipeline.PackageInput(Samples.Table(), Samples.Train(task, trainer));

    Task<ModelPackage> Package(PackageInput input, ScoringProcess process) =>
        PackageStage.Create(process).Body(pipeline.Context, input);

    static async Task<string> Sha256Sum(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha256sum is asked where it is at home.");
        using var process = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--strict", "MANIFEST"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        return output;
    }
}
