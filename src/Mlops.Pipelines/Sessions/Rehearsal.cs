using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// Takes made-up data through the code that a run will need when data changed, once, on a core that is else
/// idle: to load that code takes longer than to read a small file.
/// </summary>
public sealed class Rehearsal
{
    readonly Lock beginning = new();
    Task? begun;

    /// <summary>Ends when it is not under way, or any more.</summary>
    public Task Ended
    {
        get
        {
            lock (beginning)
                return begun ?? Task.CompletedTask;
        }
    }

    /// <summary>Goes on beside the caller; does nothing where it was begun before.</summary>
    /// <param name="workspaceDirectory">Where it works; nothing stays there.</param>
    public void Begin(string workspaceDirectory)
    {
        lock (beginning)
            begun ??= Task.Run(() => Run(workspaceDirectory));
    }

    /// <remarks>In the order in which a run comes to it.</remarks>
    static async Task Run(string workspaceDirectory)
    {
        var ingest = IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());
        _ = Digest.Of([]);
        PipelineFile.Rehearse();
        ingest.Describe();
        await StageRehearsal.Run(
            workspaceDirectory, ingest, IngestRehearsal.Source, IngestRehearsal.Input);
    }
}
