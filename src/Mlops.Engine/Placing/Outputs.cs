using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>What a step has in an output folder.</summary>
sealed record PlacedRecord(
    string Pipeline, string Stage, IReadOnlyList<PlacedFile> Files, string? Cell = null)
{
    public StepName Step => new(Pipeline, Cell, Stage);
}

/// <param name="Path">Absolute.</param>
sealed record PlacedFile(string Path, Digest Digest);

/// <param name="Path">Below the output folder.</param>
public sealed record OutputFile(Artifact Artifact, string Path);

/// <summary>
/// An output folder: what steps made for people, beside whatever people keep there. What a step no longer
/// makes is taken away again, as long as its bytes are still those that were placed.
/// </summary>
/// <remarks>
/// What is about to be placed is recorded before, what was taken away is forgotten after: a kill in between
/// leaves nothing that the next run does not know of.
/// </remarks>
public sealed class Outputs
{
    readonly Workspace workspace;
    readonly string directory;
    readonly string records;
    readonly ConcurrentQueue<string> takenAway = new();

    internal Outputs(Workspace workspace, string directory, string records)
    {
        (this.workspace, this.directory) = (workspace, directory);
        this.records = Path.Combine(records, Digest.Of(Encoding.UTF8.GetBytes(directory)).ToString());
    }

    /// <summary>Makes these files the only ones of this step; does nothing where they already are.</summary>
    /// <returns>Whether it wrote any.</returns>
    /// <exception cref="ProblemException">The output folder cannot be written to (ENGINE-031).</exception>
    public bool Place(StepName owner, IReadOnlyList<OutputFile> files)
    {
        List<PlacedFile> placed = [.. files.Select(file => new PlacedFile(Full(file), file.Artifact.Digest))];
        var before = Find(owner)?.Files ?? [];
        if (placed.Except(before).Any())
            Record(owner, [.. before.Union(placed)]);
        var wrote = false;
        foreach (var file in files)
            wrote |= workspace.Place(file.Artifact, Full(file));
        if (!before.Except(placed).Any())
            return wrote;
        foreach (var file in before.Where(file => placed.TrueForAll(other => other.Path != file.Path)))
            TakeAway(file);
        Record(owner, placed);
        return wrote;
    }

    string Full(OutputFile file) => Path.GetFullPath(Path.Combine(directory, file.Path));

    /// <summary>What was taken away by this instance.</summary>
    public IReadOnlyCollection<string> TakenAway => takenAway;

    /// <summary>The steps that have something in the folder.</summary>
    public IReadOnlyList<StepName> Owners =>
        Directory.Exists(records)
            ? [.. Directory.GetFiles(records).Select(Read)
                .OfType<PlacedRecord>().Select(record => record.Step)]
            : [];

    /// <summary>Takes away what the step has placed.</summary>
    public void Withdraw(StepName owner)
    {
        if (Find(owner) is not { } record)
            return;
        foreach (var file in record.Files)
            TakeAway(file);
        workspace.Files.Changing($"delete {PathOf(owner)}");
        File.Delete(PathOf(owner));
    }

    void TakeAway(PlacedFile file)
    {
        if (workspace.DigestOfOutput(file.Path) != file.Digest)
            return;
        workspace.Files.Changing($"delete {file.Path}");
        try
        {
            File.Delete(file.Path);
            takenAway.Enqueue(file.Path);
            RemoveEmpty(Path.GetDirectoryName(file.Path)!);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Placement.Refused(file.Path, refused);
        }
    }

    /// <remarks>
    /// Another process may put something there, or remove it, at the same time: then it is
    /// not ours to remove.
    /// </remarks>
    void RemoveEmpty(string folder)
    {
        try
        {
            while (folder.Length > directory.Length && folder.StartsWith(directory, StringComparison.Ordinal)
                && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = Path.GetDirectoryName(folder)!;
            }
        }
        catch (IOException)
        {
        }
    }

    PlacedRecord? Find(StepName owner) =>
        Read(PathOf(owner)) is { } record && record.Step == owner ? record : null;

    static PlacedRecord? Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), EngineJson.Default.PlacedRecord)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    void Record(StepName owner, IReadOnlyList<PlacedFile> placed) => workspace.Files.Write(
        PathOf(owner),
        JsonSerializer.SerializeToUtf8Bytes(
            new PlacedRecord(owner.Pipeline, owner.Stage, placed, owner.Cell),
            EngineJson.Default.PlacedRecord));

    string PathOf(StepName owner) => Path.Combine(
        records,
        Digest.Of(Encoding.UTF8.GetBytes($"{owner.Pipeline}\n{owner.Cell}\n{owner.Stage}")).ToString());
}
