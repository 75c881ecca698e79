using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Packaging;

/// <summary>Of a released package nothing is taken that is not whole, whatever its manifest says.</summary>
public sealed class OpenPackageTests : IDisposable
{
    readonly PipelineFixture pipeline = new();
    readonly string directory = Directory.CreateTempSubdirectory("mlops-open-").FullName;

    public void Dispose()
    {
        pipeline.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Where in an entry something is put, as JSON; null takes it out.</summary>
    public static TheoryData<string, string, string?, string> Forgeries => new()
    {
        { "reference-profile.json", "training/columns", "[null]", "column 1" },
        { "reference-profile.json", "training/columns/0/column", null, "column 1" },
        { "reference-profile.json", "training/columns/0/missing", "-1", "column 'size'" },
        { "reference-profile.json", "training/columns/0/numbers/bounds", null, "column 'size'" },
        // As many as there are, so that nothing is wrong but their order.
        {
            "reference-profile.json", "training/columns/0/numbers/bounds",
            "[2,1,3,4,5,6,7,8,9]", "column 'size'"
        },
        { "reference-profile.json", "training/columns/0/numbers/bin-counts", "[1]", "column 'size'" },
        { "reference-profile.json", "training/columns/0/numbers/moments", null, "column 'size'" },
        { "reference-profile.json", "training/columns/0/numbers/quantiles", "[1]", "column 'size'" },
        { "reference-profile.json", "training/columns/0/numbers/distribution", null, "column 'size'" },
        { "reference-profile.json", "training/columns/0/numbers/distribution/equal", "[]", "column 'size'" },
        { "reference-profile.json", "training/columns/0/levels", "{}", "column 'size'" },
        {
            "reference-profile.json", "training/columns/0/levels",
            """{"names":["a","a"],"counts":[1,1],"other-levels":0,"other-rows":0}""", "column 'size'"
        },
        { "reference-profile.json", "training/columns/0/masked", """{"counts":[1]}""", "column 'size'" },
        { "reference-profile.json", "training/columns/1/column", "\"size\"", "column 'size'" },
        { "reference-profile.json", "prediction/numbers/distribution", null, "prediction" },
        { "reference-profile.json", "metrics/0", "null", "metrics" },
        { "reference-profile.json", "windows", "[null]", "metrics" },
        { "schema.json", "details/columns/0", "null", "" },
        { "schema.json", "details/classes", "[null]", "" },
        { "schema.json", "train/features/exclude", null, "" },
        { "schema.json", "columns", "[null]", "" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task AForgedEntryIsRefusedThoughTheManifestIsRight(
        string entry, string at, string? put, string what)
    {
        var package = await Package();
        await Open(package);

        var problem = (await Should.ThrowAsync<ProblemException>(() =>
            Open(Rezipped(package, entry, at, put, fixesManifest: true)))).Problems.ShouldHaveSingleItem();

        (problem.Id, problem.Actual).ShouldBe(
            ("PACK-001", $"'{entry}' is not whole{(what.Length == 0 ? "" : ": " + what)}"));
    }

    [Fact]
    public async Task AnAlteredProfileIsRefusedByItsDigest()
    {
        var forged = Rezipped(
            await Package(), "reference-profile.json", "training/rows", "7", fixesManifest: false);

        (await Should.ThrowAsync<ProblemException>(() => Open(forged))).Problems[0].Actual
            .ShouldBe("the entry 'reference-profile.json' does not equal its digest in the manifest");
    }

    [Fact]
    public async Task WhatWasReleasedIsTakenAsItIs()
    {
        var package = await Package();
        var opened = await Open(package);
        opened.Archive.ShouldBe(Digest.Of(package));
        (opened.Pipeline, opened.Cell, opened.Version).ShouldBe(("churn", null, "1.2.0"));
        opened.Columns.ShouldBe(Samples.Table().Schema.Columns);
    }

    [Theory]
    [InlineData("size", LearningTask.Regression)]
    [InlineData(null, LearningTask.Binary)]
    public async Task AModelOfSomethingElseIsRefused(string? label, LearningTask task)
    {
        var package = await Package();
        (await Should.ThrowAsync<ProblemException>(() => Open(package, label, task)))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("PACK-004");
    }

    async Task<byte[]> Package()
    {
        var input = await pipeline.PackageInput(
            Samples.Table(), Samples.Train(LearningTask.Regression, "sdca"));
        var package = await PackageStage.Create(new ScoringProcess(
            FreshProcess.Dotnet, [.. FreshProcess.Prefix, Program.ScorePackage]))
            .Body(pipeline.Context, input);
        return await File.ReadAllBytesAsync(
            pipeline.Context.Locate(package.Archive), TestContext.Current.CancellationToken);
    }

    Task<OpenedPackage> Open(
        byte[] package, string? label = null, LearningTask task = LearningTask.Regression)
    {
        var path = Path.Combine(directory, Digest.Of(package).Short);
        File.WriteAllBytes(path, package);
        var context = new ScratchContext(
            directory, new Dictionary<Digest, string> { [Digest.Of(package)] = path });
        label ??= Samples.Train(LearningTask.Regression, "sdca").Label;
        return context.Call(OpenPackageStage.Value, new OpenPackageInput(
            new SourceFile("p.zip", Digest.Of(package), package.Length), label, task));
    }

    static byte[] Rezipped(byte[] package, string entry, string at, string? put, bool fixesManifest)
    {
        var entries = Read(package);
        var json = JsonNode.Parse(entries[entry])!;
        Put(json, at.Split('/'), put);
        entries[entry] = Encoding.UTF8.GetBytes(json.ToJsonString());
        if (fixesManifest)
            entries["MANIFEST"] = Encoding.UTF8.GetBytes(string.Concat(
                entries.Where(each => each.Key != "MANIFEST")
                    .Select(each => $"{Digest.Of(each.Value)}  {each.Key}\n")));
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        return bytes.ToArray();
    }

    static Dictionary<string, byte[]> Read(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    static void Put(JsonNode json, string[] path, string? value)
    {
        foreach (var step in path[..^1])
            json = json is JsonArray inner ? inner[int.Parse(step, null)]! : json[step]!;
        if (json is JsonArray list)
            list[int.Parse(path[^1], null)] = JsonNode.Parse(value!);
        else if (value is null)
            json.AsObject().Remove(path[^1]).ShouldBeTrue();
        else
            json[path[^1]] = JsonNode.Parse(value);
    }
}
