namespace Mlops.Engine;

/// <summary>
/// A store that machines share, in the layout of Bazel's HTTP cache: artifacts and traces as
/// <c>cas/&lt;SHA-256&gt;</c>, for each key an <c>ActionResult</c> as <c>ac/&lt;key&gt;</c> that names them;
/// no bytes at all are nowhere stored. It may refuse to help; it can neither fail a run nor put anything into
/// the workspace that is not what its name says.
/// </summary>
sealed class RemoteStore : IDisposable
{
    readonly Workspace workspace;
    readonly bool writes;
    readonly RemoteCounts counts = new();

    /// <summary>A run that has everything does not even load what speaks HTTP.</summary>
    readonly Lazy<Ends> ends;

    public RemoteStore(Workspace workspace, RemoteOptions options, Action<Problem> say)
    {
        this.workspace = workspace;
        writes = options.Writes;
        ends = new Lazy<Ends>(() =>
        {
            var connection = new RemoteConnection(options);
            var notices = new RemoteNotices(options.Url, say);
            var reader = new RemoteReader(workspace, connection, notices, counts);
            return new Ends(
                connection, reader, new RemoteWriter(workspace, connection, reader, notices, counts));
        });
    }

    public RemoteTraffic Traffic => counts.Traffic;

    /// <summary>The call's trace, for a plan: nothing else is fetched, and nothing kept.</summary>
    public Task<Trace?> Find(StageCall call, CancellationToken cancellation) =>
        ends.Value.Reader.Find(call, cancellation);

    /// <summary>
    /// Brings what the workspace lacks to reuse the call's output: lost artifacts, or trace and artifacts.
    /// </summary>
    /// <returns>Whether it lacks nothing now.</returns>
    /// <param name="isOfThisBuild">Whether a trace may be reused at all.</param>
    public async Task<bool> Fetch(
        StageCall call, Predicate<Trace> isOfThisBuild, CancellationToken cancellation)
    {
        var reader = ends.Value.Reader;
        if (workspace.Traces.Find(call.Key.Digest) is { } known && isOfThisBuild(known)
            && await reader.Fetch(known.Artifacts, cancellation))
            return true;
        if (await reader.Find(call, cancellation) is not { } trace
            || !isOfThisBuild(trace) || !await reader.Fetch(trace.Artifacts, cancellation))
            return false;
        workspace.Traces.Add(trace);
        return true;
    }

    /// <summary>Begins to store what was executed now.</summary>
    public void Executed(Trace trace, CancellationToken cancellation)
    {
        if (writes)
            ends.Value.Writer.Publish(trace, cancellation);
    }

    /// <summary>Begins to store what was found here, as far as the remote lacks it.</summary>
    public void Reused(Trace trace, CancellationToken cancellation)
    {
        if (writes)
            ends.Value.Writer.Complete(trace, cancellation);
    }

    /// <summary>Ends when all that was begun is over.</summary>
    public Task Drain() => ends.IsValueCreated ? ends.Value.Writer.Drain() : Task.CompletedTask;

    public void Dispose()
    {
        if (ends.IsValueCreated)
            ends.Value.Connection.Dispose();
    }

    sealed record Ends(RemoteConnection Connection, RemoteReader Reader, RemoteWriter Writer);
}
