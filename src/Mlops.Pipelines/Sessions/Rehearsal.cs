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
    Action cut = () => { };

    /// <summary>Ends when it is not under way, or any more; faulted where the code that it goes through
    /// is.</summary>
    public Task Ended
    {
        get
        {
            lock (beginning)
                return begun ?? Task.CompletedTask;
        }
    }

    /// <summary>
    /// Goes on beside the caller; does nothing where it was begun before. It is over before the process is.
    /// </summary>
    public void Begin()
    {
        lock (beginning)
        {
            if (begun is not null)
                return;
            var cancellation = new CancellationTokenSource();
            cut = cancellation.Cancel;
            begun = Task.Run(() => Run(cancellation.Token));
            AppDomain.CurrentDomain.ProcessExit += (_, _) => CutOff();
        }
    }

    /// <summary>Has it end early, and waits for that.</summary>
    /// <remarks>What goes wrong in it goes wrong again, and is said, where something depends on it.</remarks>
    public void CutOff()
    {
        cut();
        ((IAsyncResult)Ended).AsyncWaitHandle.WaitOne();
    }

    /// <remarks>In the order in which a run comes to it.</remarks>
    static async Task Run(CancellationToken cancellation)
    {
        var ingest = IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());
        _ = Digest.Of([]);
        PipelineFile.Rehearse();
        ingest.Describe();
        cancellation.ThrowIfCancellationRequested();
        await StageRehearsal.Run(
            ingest, IngestRehearsal.Source, IngestRehearsal.Input, cancellation);
    }
}
