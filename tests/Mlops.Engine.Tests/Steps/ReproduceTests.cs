using System.IO.Compression;
using System.Text;

namespace Mlops.Engine.Tests.Steps;

public sealed class ReproduceTests : IDisposable
{
    readonly Bench bench = new();
    int made;

    [Fact]
    public async Task WhatIsAFunctionOfItsInputIsMadeAgainEqual()
    {
        bench.WriteSource("a.txt", 4);
        var workspace = bench.Open();
        var files = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("xyz", [], files));
        bench.Run(workspace, [step]);
        bench.TakeRan();

        var reproduced = (await Reproduce(workspace, step, bench.Add)).ShouldHaveSingleItem();

        reproduced.IsEqual.ShouldBeTrue();
        reproduced.Differences.ShouldBeEmpty();
        bench.TakeRan().ShouldBe(["Add:xyz", "ParseSource:4"]);
        Directory.GetFileSystemEntries(Path.Combine(bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
    }

    public static TheoryData<string, string, string> Parts => new()
    {
        { "application/zip", "entry part.txt: line 2: \"1\" → \"2\"", "the entry and its line" },
        { "application/json", "`made` 1 → 2", "the value" },
        { "text/plain", "line 2: \"1\" → \"2\"", "the line" },
        { "application/octet-stream", "differs from byte 5 on; 6 bytes recorded, 6 now", "the byte" },
    };

    [Theory, MemberData(nameof(Parts))]
    public async Task WhatDiffersIsNamedDownToThePart(string mediaType, string expected, string what)
    {
        what.ShouldNotBeEmpty();
        var stage = Counting(mediaType);
        var workspace = bench.Open();
        var step = new Graph().Step(new StepName("p", null, "Only"), stage, [], _ => 0L);
        bench.Run(workspace, [step]);

        var reproduced = (await Reproduce(workspace, step, stage)).ShouldHaveSingleItem();

        reproduced.IsEqual.ShouldBeFalse();
        reproduced.Differences.ShouldBe([$"`text`: {expected}"]);
    }

    [Fact]
    public async Task AFaultWhileMakingItAgainIsSaid()
    {
        var workspace = bench.Open();
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("xyz", [], []));
        bench.Run(workspace, [step]);
        bench.Faulty.Add("xyz");

        var reproduced = (await Reproduce(workspace, step, bench.Add)).ShouldHaveSingleItem();

        reproduced.Remade.ShouldBeNull();
        reproduced.Differences.ShouldHaveSingleItem().ShouldContain("xyz is faulty");
    }

    public void Dispose() => bench.Dispose();

    static Task<IReadOnlyList<ReproducedStep>> Reproduce(Workspace workspace, Node step, Stage stage) =>
        Bench.Engine(workspace).Reproduce([step], [stage], _ => true, _ => { }, CancellationToken.None);

    /// <summary>Not a function: every making gives the next number.</summary>
    Stage<long, Total> Counting(string mediaType) => new(
        "Counting", 1, "none", NumbersJson.Default.Int64, NumbersJson.Default.Total,
        async (context, _) => new Total(
            0, await context.Write(mediaType, stream => Write(mediaType, stream, ++made)), Judgement.Accept));

    static async Task Write(string mediaType, Stream stream, int number)
    {
        var text = mediaType == "application/json" ? $$"""{"made":{{number}}}""" : $"made\n{number}";
        if (mediaType != "application/zip")
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            return;
        }
        await using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        await using var entry = await archive.CreateEntry("part.txt").OpenAsync();
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
