using System.Text;
using CsCheck;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Sessions;
using Mlops.Pipelines.Specification;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>What was parsed before is taken for the same text, and for no other.</summary>
public sealed class YamlMemoryTests : IDisposable
{
    static readonly Dictionary<string, string> NoVariables = [];

    readonly PipelineDraft draft = new();
    readonly string workspace = Directory.CreateTempSubdirectory("mlops-yaml-").FullName;

    public void Dispose()
    {
        draft.Dispose();
        Directory.Delete(workspace, recursive: true);
    }

    [Fact]
    public void AnyDocumentIsReadAsItWasWritten() => Node("", 3).Sample(root =>
        Said(YamlRecord.Read(new MemoryStream(YamlRecord.Write(root)), "p.yaml")).ShouldBe(Said(root)));

    [Fact]
    public void ASecondReadingIsTheFirstInValuesAndPlaces()
    {
        draft.Write(
            PipelineDraft.Smallest + "\nvalidate: { columns: { a: { min: 1 }, \"b c\": { max: 2 } } }");
        var first = Read();
        NotesOfYaml().ShouldHaveSingleItem();

        var second = Read();

        PipelineDraft.Json(second).ShouldBe(PipelineDraft.Json(first));
        second.Places!.OfCheck("range:b c").ShouldBe(first.Places!.OfCheck("range:b c"));
        second.Places!.OfCheck("range:b c")!.Line.ShouldNotBeNull();
    }

    [Fact]
    public void WhatIsKeptIsTakenInsteadOfTheText()
    {
        var file = draft.Write(PipelineDraft.Smallest);
        Read();
        // Nobody could tell otherwise whether anything was parsed.
        var note = NotesOfYaml().Single();
        var other = Encoding.Latin1.GetString(File.ReadAllBytes(note)[65..])
            .Replace("churned", "swapped", StringComparison.Ordinal);
        var body = Encoding.Latin1.GetBytes(other);
        File.WriteAllBytes(note, [.. Encoding.ASCII.GetBytes($"{Digest.Of(body)}\n"), .. body]);

        Read().Train.Label.ShouldBe("swapped");

        File.AppendAllText(file, "\n# another text");
        Read().Train.Label.ShouldBe("churned");
        Read().Train.Label.ShouldBe("churned");
    }

    [Fact]
    public void ADamagedNoteIsNone()
    {
        draft.Write(PipelineDraft.Smallest);
        Read();
        var bytes = File.ReadAllBytes(NotesOfYaml().Single());
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 4;
            File.WriteAllBytes(NotesOfYaml().Single(), damaged);
            Read().Train.Label.ShouldBe("churned");
        }
    }

    [Fact]
    public void OfAFileWithMistakesNothingIsKept()
    {
        draft.Write("name: churn\nname: twice\n");

        Should.Throw<ProblemException>(() => Read());
        Should.Throw<ProblemException>(() => Read()).Problems
            .ShouldContain(problem => problem.Id == "YAML-004");

        NotesOfYaml().ShouldBeEmpty();
    }

    [Fact]
    public void OverridesAndVariablesAreNotKept()
    {
        draft.Write(PipelineDraft.Smallest.Replace("churned", "${LABEL}", StringComparison.Ordinal));

        Read("one").Train.Label.ShouldBe("one");
        Read("two").Train.Label.ShouldBe("two");
        Read("two", "train.label=three").Train.Label.ShouldBe("three");
        Read("two").Train.Label.ShouldBe("two");
    }

    /// <remarks>Planned and done; the notes of files that are there stay.</remarks>
    [Fact]
    public async Task MakingRoomRemovesWhatAFileThatIsNoMoreWasParsedInto()
    {
        draft.Write(PipelineDraft.Smallest.Replace("churn", "demand", StringComparison.Ordinal), "demand");
        Read();
        var other = NotesOfYaml().ShouldHaveSingleItem();
        var gone = Path.GetFullPath(draft.Write(PipelineDraft.Smallest));
        ReadAll();
        var notes = NotesOfYaml();
        notes.Length.ShouldBe(2);
        MakeRoom().Plan().Notes.ShouldBeEmpty();

        Directory.Delete(Path.GetDirectoryName(gone)!, recursive: true);
        var planned = MakeRoom().Plan().Notes.ShouldHaveSingleItem();
        NotesOfYaml().ShouldBe(notes);
        var freed = await MakeRoom().Collect(
            TimeSpan.Zero, () => { }, TestContext.Current.CancellationToken);

        freed.Notes.ShouldBe([planned]);
        (planned.Pipeline, planned.Notes, planned.Cell).ShouldBe(("", 1, gone));
        NotesOfYaml().ShouldBe([other]);
    }

    Collector MakeRoom() => Room.Open(
        new SessionOptions(
            draft.Folder, "", workspace, "", [], [], NoVariables,
            new Dictionary<string, DerivedColumnsHook>(), new ScoringProcess("", []), 1, "Gc"),
        keepRuns: 1, TimeSpan.Zero, null, TimeProvider.System);

    PipelineSpecification Read(string? label = null, params string[] overrides) =>
        ReadAll(label, overrides).Single();

    IReadOnlyList<PipelineSpecification> ReadAll(string? label = null, params string[] overrides)
    {
        var memory = new YamlMemory(Workspace.Open(workspace, TimeProvider.System));
        try
        {
            return PipelineFile.ReadAll(
                draft.Folder, null,
                label is null ? NoVariables : new Dictionary<string, string> { ["LABEL"] = label },
                overrides, memory);
        }
        finally
        {
            memory.Keep();
        }
    }

    string[] NotesOfYaml() => Directory.GetFiles(Path.Combine(workspace, "notes"), "yaml.*");

    static string Said(YamlNode node) => $"{node.Place} " + node switch
    {
        YamlScalar scalar => $"{scalar.Form} {scalar.Text}",
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Said))}]",
        YamlMapping mapping => "{" + string.Join(", ", mapping.Entries.Select(
            entry => $"{entry.Key} {entry.Place}: {Said(entry.Value)}")) + "}",
        _ => throw new InvalidOperationException(),
    };

    static Gen<string> Word { get; } =
        Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 5], Gen.Const("é.\"[ 😀"), Gen.Const("\n"));

    static Gen<Place> At(string path) => Gen.Select(Gen.Int[1, 1 << 20], Gen.Int[1, 300])
        .Select((line, column) => new Place("p.yaml", line, column, path.Length == 0 ? null : path));

    static Gen<YamlNode> Node(string path, int depth) => depth == 0 ? Scalar(path)
        : Gen.OneOf(Scalar(path), Sequence(path, depth), Mapping(path, depth));

    static Gen<YamlNode> Scalar(string path) =>
        Gen.Select(At(path), Word, Gen.OneOf(Gen.Const(ScalarForm.Plain), Gen.Const(ScalarForm.Text)))
            .Select((place, text, form) => (YamlNode)new YamlScalar(place, text, form));

    static Gen<YamlNode> Sequence(string path, int depth) => Gen.Int[0, 3].SelectMany(count =>
        Gen.Select(At(path), Each(count, i => Node(YamlPath.Of(path, i), depth - 1)))
            .Select((place, items) => (YamlNode)new YamlSequence(place, items)));

    static Gen<YamlNode> Mapping(string path, int depth) => Word.Array[0, 3].SelectMany(keys =>
        Gen.Select(At(path), Each(keys.Length, i => YamlPath.Of(path, keys[i]) is var inner
                ? Gen.Select(At(inner), Node(inner, depth - 1))
                    .Select((place, value) => new YamlEntry(keys[i], place, value))
                : throw new InvalidOperationException()))
            .Select((place, entries) => (YamlNode)new YamlMapping(place, entries)));

    static Gen<T[]> Each<T>(int count, Func<int, Gen<T>> gen) => Enumerable.Range(0, count).Aggregate(
        Gen.Const(Array.Empty<T>()),
        (all, i) => Gen.Select(all, gen(i)).Select((before, item) => (T[])[.. before, item]));
}
