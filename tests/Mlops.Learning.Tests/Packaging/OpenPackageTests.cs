using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Packaging;

/// <summary>Of a released package nothing is taken that is not whole, whatever its manifest says.</summary>
public sealed class OpenPackageTests(ReleasedPackage released) : IClassFixture<ReleasedPackage>, IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-open-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [MemberData(nameof(PackageForgeries.OfTheSchema), MemberType = typeof(PackageForgeries))]
    [MemberData(nameof(PackageForgeries.OfTheProfile), MemberType = typeof(PackageForgeries))]
    [MemberData(nameof(PackageForgeries.OfAColumn), MemberType = typeof(PackageForgeries))]
    public async Task AForgedEntryIsRefusedThoughTheManifestIsRight(
        string entry, string at, string? put, string what)
    {
        await Open(released.Bytes);
        var forged = Rezipped(released.Bytes, entry, at, put, fixesManifest: true);

        var problem = (await Should.ThrowAsync<ProblemException>(() => Open(forged)))
            .Problems.ShouldHaveSingleItem();

        (problem.Id, problem.Actual).ShouldBe(
            ("PACK-001", $"'{entry}' is not whole{(what.Length == 0 ? "" : ": " + what)}"));
    }

    [Fact]
    public async Task AnAlteredProfileIsRefusedByItsDigest()
    {
        var forged = Rezipped(
            released.Bytes, "reference-profile.json", "training/rows", "7", fixesManifest: false);

        (await Should.ThrowAsync<ProblemException>(() => Open(forged))).Problems[0].Actual
            .ShouldBe("the entry 'reference-profile.json' does not equal its digest in the manifest");
    }

    [Fact]
    public async Task WhatWasReleasedIsTakenAsItIs()
    {
        var opened = await Open(released.Bytes);
        opened.Archive.ShouldBe(Digest.Of(released.Bytes));
        (opened.Pipeline, opened.Cell, opened.Version).ShouldBe(("churn", null, "1.2.0"));
        opened.Columns.ShouldBe(Samples.Table().Schema.Columns);
    }

    [Theory]
    [InlineData("size", LearningTask.Regression)]
    [InlineData(null, LearningTask.Binary)]
    public async Task AModelOfSomethingElseIsRefused(string? label, LearningTask task) =>
        (await Should.ThrowAsync<ProblemException>(() => Open(released.Bytes, label, task)))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("PACK-004");

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
