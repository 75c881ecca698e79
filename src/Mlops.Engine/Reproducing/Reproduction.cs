using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Makes recorded outputs again, each step from its own recorded input, without reading any trace on the way:
/// calls inside a step are made again too. Compares with what was recorded, byte by byte.
/// </summary>
sealed class Reproduction(
    Workspace workspace, IReadOnlyCollection<Stage> stages, CancellationToken cancellation)
{
    public async Task<ReproducedStep> Reproduce(StepName step, Trace trace)
    {
        var directory = Directory.CreateDirectory(workspace.Artifacts.Aside()).FullName;
        try
        {
            var (record, differences) = await Remake(step, trace, directory);
            return new ReproducedStep(
                step, trace.Key, trace.Output, record is null ? null : Digest.Of(record),
                trace.Artifacts.Count, differences);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    async Task<(byte[]? Record, IReadOnlyList<string> Differences)> Remake(
        StepName step, Trace trace, string directory)
    {
        var stage = stages.FirstOrDefault(known => known.Name == trace.Stage);
        if (stage is null || stage.Version != trace.Version || stage.Toolchain != trace.Toolchain)
        {
            var lacking = $"{trace.Stage} of version {trace.Version} with {trace.Toolchain}";
            return (null, [$"this build has no stage {lacking}"]);
        }
        try
        {
            var call = stage.Call(trace.Input.Utf8.Span);
            var output = await call.Execute(
                new ScratchContext(directory, Sources(trace), workspace.Artifacts.Locate, cancellation));
            var record = call.WriteOutput(output);
            return (record, Digest.Of(record) == trace.Output
                ? []
                : Differences(trace.Record.Parse(), JsonElement.Parse(record), directory));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (null, [.. Faults.ProblemsOf(step, fault).Select(problem => problem.ToString())]);
        }
    }

    Dictionary<Digest, string> Sources(Trace trace)
    {
        var paths = new Dictionary<Digest, string>();
        foreach (var source in RecordShapes.SourceFilesIn(trace.Input.Parse()))
            if ((workspace.Sources.PathOf(source.Digest)
                ?? workspace.Artifacts.Find(source.Digest)) is { } path)
                paths[source.Digest] = path;
        return paths;
    }

    IReadOnlyList<string> Differences(JsonElement recorded, JsonElement remade, string directory)
    {
        var differences = new List<string>();
        Compare("", recorded, remade, directory, differences);
        return differences.Count > 0 ? differences : InputChanges.Between(recorded, remade);
    }

    /// <remarks>Artifacts are compared in depth; whatever else differs is said as it is in reasons.</remarks>
    void Compare(
        string path, JsonElement recorded, JsonElement remade, string directory, List<string> differences)
    {
        if (JsonElement.DeepEquals(recorded, remade))
            return;
        if (RecordShapes.AsArtifact(recorded) is { } before && RecordShapes.AsArtifact(remade) is { } now)
            differences.AddRange(ArtifactDifferences.Between(
                before.MediaType, workspace.Artifacts.Locate(before),
                Path.Combine(directory, now.Digest.ToString()))
                .Select(difference => $"`{path}`: {difference}"));
        else if (recorded.ValueKind == JsonValueKind.Object && remade.ValueKind == JsonValueKind.Object)
            foreach (var property in recorded.EnumerateObject())
            {
                if (remade.TryGetProperty(property.Name, out var other))
                    Compare(path.Length == 0 ? property.Name : $"{path}.{property.Name}",
                        property.Value, other, directory, differences);
            }
        else if (recorded.ValueKind == JsonValueKind.Array && remade.ValueKind == JsonValueKind.Array
            && recorded.GetArrayLength() == remade.GetArrayLength())
            for (var i = 0; i < recorded.GetArrayLength(); i++)
                Compare($"{path}[{i + 1}]", recorded[i], remade[i], directory, differences);
        else
            differences.Add($"`{path}` {recorded.GetRawText()} → {remade.GetRawText()}");
    }
}
