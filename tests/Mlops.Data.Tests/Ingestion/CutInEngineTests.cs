using System.Globalization;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>A large file through the engine: what an edit costs, and what becomes of damage.</summary>
public sealed class CutInEngineTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("mlops-cut-").FullName;

    /// <summary>Reads every part of a dataset.</summary>
    static Stage<Dataset, Dataset> Read { get; } = new(
        "ReadParts", 1, "none", () => DataJson.Default.Dataset, () => DataJson.Default.Dataset,
        async (context, dataset) =>
        {
            foreach (var part in dataset.Table.Parts)
                (await TableFile.Read(context.Locate(part.File))).RowCount.ShouldBe((int)part.RowCount);
            return dataset;
        });

    static Stage<IngestInput, Dataset> Ingest { get; } =
        IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>(), 2000, 6000);

    string Csv => Path.Combine(folder, "data.csv");

    string Store => Path.Combine(folder, "workspace", "cas");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AnAppendedOrEditedRowCostsThePiecesThatItIsIn()
    {
        var rows = Rows();
        Write(rows);
        var before = Run().Dataset.Table.Parts.Select(part => part.File.Digest).ToHashSet();
        before.Count.ShouldBeInRange(8, 40);
        rows.Add("appended,1");
        Write(rows);
        Run().Dataset.Table.Parts.Count(part => !before.Contains(part.File.Digest)).ShouldBeInRange(1, 2);
        rows[rows.Count / 2] = "edited,2";
        Write(rows);
        var (dataset, read) = Run();
        dataset.Table.Parts.Count(part => !before.Contains(part.File.Digest)).ShouldBeInRange(1, 8);
        dataset.Table.RowCount.ShouldBe(rows.Count);
        read.Status.ShouldBe(StepStatus.Executed);
    }

    [Fact]
    public void ADamagedPartIsMadeAgainFromItsPiece()
    {
        Write(Rows());
        var part = Run().Dataset.Table.Parts[3].File.Digest.ToString();
        var path = Path.Combine(Store, part[..2], part);
        var bytes = File.ReadAllBytes(path);
        Damage(path, [.. bytes[..^9], .. new byte[9]]);

        Run("ReadAgain").Read.Status.ShouldBe(StepStatus.Executed);

        File.ReadAllBytes(path).ShouldBe(bytes);
    }

    [Fact]
    public void WhatCellsMeanCutsNoFileAgain()
    {
        Write(Rows());
        Run().Dataset.Table.Parts.Count.ShouldBeGreaterThan(8);
        foreach (var format in new[]
        {
            new TextFormat(Missing: ["7"]), new TextFormat(DecimalSeparator: ","),
            new TextFormat(Thousands: ","), new TextFormat(Dates: ["dd.MM.yyyy"]),
        })
            Run(format: format);
        Directory
            .EnumerateFiles(Path.Combine(folder, "workspace", "traces"), "*", SearchOption.AllDirectories)
            .Count(trace => File.ReadAllText(trace).Contains("\"stage\":\"Ingest.CutSource\"")).ShouldBe(1);
    }

    static List<string> Rows() =>
    [
        .. Enumerable.Range(0, 5000)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"row-{i},{i * 7919L % 1000}")),
    ];

    void Write(List<string> rows) => File.WriteAllText(Csv, "name,number\n" + string.Join('\n', rows) + "\n");

    /// <summary>The file's time stays what it was, so that nothing shows before it is read.</summary>
    static void Damage(string path, byte[] bytes)
    {
        var time = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
    }

    /// <param name="reader">Another one reads again.</param>
    (Dataset Dataset, StepResult Read) Run(string reader = "ReadParts", TextFormat? format = null)
    {
        var workspace = Engine.Workspace.Open(Path.Combine(folder, "workspace"), TimeProvider.System);
        var files = workspace.ResolveSources(folder, ["*.csv"]).Files;
        var graph = new Graph();
        var ingest = graph.Step(
            new StepName("p", null, "Ingest"), Ingest, [],
            _ => new IngestInput(files, format ?? new TextFormat(), null, null, 0));
        var read = graph.Step(
            new StepName("p", null, "Read"), Read with { Name = reader }, [ingest],
            upstream => upstream.Accepted(ingest));
        var run = new BuildEngine(
            workspace, new EngineOptions(2, new NoObserver(), "test", Stages: [Ingest, Read]))
            .Start([read], CancellationToken.None);
        var result = run.Completion.GetAwaiter().GetResult();
        result.Steps.ShouldAllBe(step => step.Status != StepStatus.Failed);
        return (run.Output(ingest)!, result.Steps.Single(step => step.Name.Stage == "Read"));
    }
}
