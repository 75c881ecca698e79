using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Stores traces and artifacts beside the run. Whoever finds a trace finds its artifacts: they go first.
/// </summary>
sealed class RemoteWriter(
    Workspace workspace, RemoteConnection connection,
    RemoteReader reader, RemoteNotices notices, RemoteCounts counts)
{
    /// <summary>Up to here sending costs no more than asking whether it is there.</summary>
    const long SmallBytes = 64 << 10;

    readonly ConcurrentQueue<Task> underWay = new();
    readonly ConcurrentDictionary<Digest, Lazy<Task<bool>>> artifacts = new();
    readonly ConcurrentDictionary<Digest, bool> looked = new();

    /// <summary>Begins to store what was made now, whatever the remote has.</summary>
    public void Publish(Trace trace, CancellationToken cancellation) => Begin(trace, Store, cancellation);

    /// <summary>
    /// Begins to store what was made earlier, with the calls inside it, as far as the remote lacks it.
    /// </summary>
    public void Complete(Trace trace, CancellationToken cancellation)
    {
        if (looked.TryAdd(trace.Key, true))
            Begin(trace, StoreIfAbsent, cancellation);
    }

    /// <summary>Ends when all that was begun is over.</summary>
    public async Task Drain()
    {
        while (underWay.TryDequeue(out var task))
            await task;
    }

    void Begin(Trace trace, Func<Trace, CancellationToken, Task> store, CancellationToken cancellation) =>
        underWay.Enqueue(Task.Run(async () =>
        {
            try
            {
                await store(trace, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // What is not there yet is stored by a later run.
            }
            catch (Exception fault)
                when (fault is IOException or UnauthorizedAccessException or ProblemException)
            {
                notices.Failed(
                    connection.UrlOf($"ac/{trace.Key}"), writes: true,
                    new RemoteAnswer(RemoteOutcome.Failed, fault.Message));
            }
        }, CancellationToken.None));

    async Task StoreIfAbsent(Trace trace, CancellationToken cancellation)
    {
        if (connection.IsGivenUp(writes: true))
            return;
        var found = await connection.Ask(new RemoteRequest(HttpMethod.Head, $"ac/{trace.Key}"), cancellation);
        Note($"ac/{trace.Key}", found);
        if (found.Outcome != RemoteOutcome.Absent)
            return;
        foreach (var child in trace.Children)
            if (workspace.Traces.Find(child) is { } inner)
                Complete(inner, cancellation);
        await Store(trace, cancellation);
    }

    async Task Store(Trace trace, CancellationToken cancellation)
    {
        var stored = await Task.WhenAll(trace.Artifacts.Select(artifact => Store(artifact, cancellation)));
        if (!stored.All(isThere => isThere))
            return;
        var content = TraceWriter.Write(trace).ToArray();
        var message = ActionResult.Of(trace, content).Write();
        if (await Put($"cas/{Digest.Of(content)}", () => new MemoryStream(content), cancellation)
            && await Put($"ac/{trace.Key}", () => new MemoryStream(message), cancellation))
            counts.Stored(isTrace: true, content.Length + message.Length);
    }

    Task<bool> Store(Artifact artifact, CancellationToken cancellation) =>
        artifacts.GetOrAdd(
            artifact.Digest, _ => new Lazy<Task<bool>>(() => Upload(artifact, cancellation))).Value;

    async Task<bool> Upload(Artifact artifact, CancellationToken cancellation)
    {
        var entry = $"cas/{artifact.Digest}";
        if (artifact.LengthBytes == 0)
            return true;
        if (artifact.LengthBytes > SmallBytes && !reader.IsSuspicious
            && await Has(entry, artifact.LengthBytes, cancellation))
            return true;
        var path = workspace.Artifacts.Locate(artifact);
        if (!await Put(entry, () => File.OpenRead(path), cancellation))
            return false;
        counts.Stored(isTrace: false, artifact.LengthBytes);
        return true;
    }

    async Task<bool> Has(string entry, long lengthBytes, CancellationToken cancellation)
    {
        var found = await connection.Ask(new RemoteRequest(HttpMethod.Head, entry), cancellation);
        Note(entry, found);
        return found.IsDone && found.LengthBytes == lengthBytes;
    }

    async Task<bool> Put(string entry, Func<Stream> content, CancellationToken cancellation)
    {
        var answer = await connection.Ask(new RemoteRequest(HttpMethod.Put, entry, content), cancellation);
        if (answer.Outcome is not (RemoteOutcome.Done or RemoteOutcome.Unasked))
            notices.Failed(connection.UrlOf(entry), writes: true, answer);
        if (answer.Outcome is RemoteOutcome.Absent or RemoteOutcome.Failed or RemoteOutcome.Busy
            && connection.IsGivenUp(writes: true))
            notices.GivenUp(writes: true);
        return answer.IsDone;
    }

    /// <remarks>Where looking is of no use, storing will say why.</remarks>
    void Note(string entry, RemoteAnswer answer)
    {
        if (answer.Outcome is RemoteOutcome.Broken or RemoteOutcome.Dead)
            notices.Failed(connection.UrlOf(entry), writes: true, answer);
    }
}
