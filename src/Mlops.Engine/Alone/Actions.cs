using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Keys as bytes. The digest of a key's encoding is the key, so the store holds it under that name like any
/// other artifact: who has the key and the store has all that the step takes.
/// </summary>
static class Actions
{
    const string MediaType = "application/json";

    /// <summary>Puts the key itself and the raw files that it names into the store.</summary>
    public static async Task Publish(Workspace workspace, ActionKey key, CancellationToken cancellation)
    {
        foreach (var source in RecordShapes.SourceFilesIn(JsonElement.Parse(key.Input)))
            if (workspace.Artifacts.FindWhole(source.Digest) is null
                && workspace.Sources.PathOf(source.Digest) is { } path)
                await workspace.Artifacts.Copy("application/octet-stream", path, cancellation);
        var encoded = ActionKey.Encode(key.Stage, key.Version, key.Toolchain, key.Input);
        await workspace.Artifacts.Write(
            MediaType, file => file.WriteAsync(encoded, cancellation).AsTask(), cancellation);
    }

    /// <exception cref="ProblemException">The store does not have the key,
    /// or no stage of this build fits it.</exception>
    public static StageCall Find(Workspace workspace, Digest key, IReadOnlyCollection<Stage> stages)
    {
        if (workspace.Artifacts.Find(key) is not { } path)
            throw new ProblemException(new Problem(
                "ENGINE-010", $"The store has no key {key}.", new Place(workspace.Location),
                Next: "Publish it first: run with --step-command, or take a key of that run."));
        using var encoded = JsonDocument.Parse(File.ReadAllBytes(
            workspace.Artifacts.Locate(new Artifact(key, new FileInfo(path).Length, MediaType))));
        var call = StageOf(encoded.RootElement, stages).Call(
            CanonicalJson.Write(encoded.RootElement.GetProperty("input")));
        return call.Key.Digest == key ? call : throw new ProblemException(new Problem(
            "ENGINE-011",
            $"This build would make another key of the same input: {call.Key.Digest}, not {key}.",
            Next: "Use the build that published it."));
    }

    static Stage StageOf(JsonElement encoded, IReadOnlyCollection<Stage> stages)
    {
        var (name, version) =
            (encoded.GetProperty("stage").GetString()!, encoded.GetProperty("version").GetInt32());
        var toolchain = encoded.GetProperty("toolchain").GetString();
        if (stages.FirstOrDefault(stage => stage.Name == name) is not { } stage)
            throw new ProblemException(new Problem(
                "ENGINE-012", $"This build has no stage '{name}'.",
                Expected: NearestNames.Perhaps(name, stages.Select(known => known.Name)), Actual: name));
        if (stage.Version != version || stage.Toolchain != toolchain)
            throw new ProblemException(new Problem(
                "ENGINE-011", $"This build's stage '{name}' is not the one of the key.",
                Expected: $"version {version}, {toolchain}",
                Actual: $"version {stage.Version}, {stage.Toolchain}",
                Next: "Use the build that published it."));
        return stage;
    }
}
