using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Fetches traces and artifacts. Whatever is not to the byte what it should be is refused and said.
/// </summary>
sealed class RemoteReader(
    Workspace workspace, RemoteConnection connection, RemoteNotices notices, RemoteCounts counts)
{
    const long MostEntryBytes = 16 << 20;
    const long MostTraceBytes = 64 << 20;

    /// <summary>Below this nobody asks whether the disk has room.</summary>
    const long SmallBytes = 16 << 20;

    readonly ConcurrentDictionary<(Digest, long), Lazy<Task<bool>>> underWay = new();

    /// <summary>
    /// Whether the remote gave something wrong: then what it says that it has is not believed either.
    /// </summary>
    public bool IsSuspicious => counts.Traffic.Refused > 0;

    /// <summary>The call's trace, if the remote has one; its artifacts are not fetched.</summary>
    public async Task<Trace?> Find(StageCall call, CancellationToken cancellation)
    {
        var entry = $"ac/{call.Key.Digest}";
        var message = new MemoryStream();
        var answer = await Ask(entry, null,
            body => RemoteBody.Receive(body.Stream, message, MostEntryBytes, body.Deadline), cancellation);
        if (!answer.IsDone
            || await Trace(entry, message.ToArray(), call, cancellation) is not var (trace, bytes))
            return null;
        counts.Fetched(isTrace: true, answer.LengthBytes + bytes);
        return trace;
    }

    /// <summary>Brings what the store lacks of these.</summary>
    /// <returns>Whether it has all of them now.</returns>
    public async Task<bool> Fetch(IReadOnlyList<Artifact> artifacts, CancellationToken cancellation) =>
        (await Task.WhenAll(artifacts.Select(artifact => Fetch(artifact, cancellation))))
            .All(isThere => isThere);

    async Task<(Trace, long Bytes)?> Trace(
        string entry, byte[] message, StageCall call, CancellationToken cancellation)
    {
        if (Read(message, out var wrong) is not { Trace: { } output } result)
            return Refuse(entry, wrong);
        if (output.LengthBytes > MostTraceBytes)
            return Refuse(
                entry, FormattableString.Invariant(
                    $"its trace has {output.LengthBytes} bytes; none has more than {MostTraceBytes}"));
        var content = new MemoryStream();
        var blob = $"cas/{output.Digest}";
        var answer = await Ask(blob, output.LengthBytes,
            body => RemoteBody.Receive(
                body.Stream, content, output.Digest, output.LengthBytes, body.Deadline), cancellation);
        if (answer.Outcome == RemoteOutcome.Absent)
            return Refuse(blob, "it is not there, although an entry names it");
        if (!answer.IsDone)
            return null;
        if (ForeignTrace.Read(content.ToArray(), call, out var trace) is { } mistake)
            return Refuse(blob, mistake);
        return ActionResult.Of(trace!, content.ToArray()).Outputs.SequenceEqual(result.Outputs)
            ? (trace!, output.LengthBytes)
            : Refuse(entry, "it does not name the artifacts of its trace");
    }

    static ActionResult? Read(byte[] message, out string wrong)
    {
        wrong = "it is not the trace of a step";
        try
        {
            return ActionResult.Read(message);
        }
        catch (FormatException malformed)
        {
            wrong = $"it is no action result: {malformed.Message}";
            return null;
        }
    }

    (Trace, long)? Refuse(string entry, string why)
    {
        counts.Refused();
        notices.Refused(connection.UrlOf(entry), why);
        return null;
    }

    async Task<bool> Fetch(Artifact artifact, CancellationToken cancellation)
    {
        var entry = $"cas/{artifact.Digest}";
        if (!workspace.Artifacts.Holds(artifact))
        {
            var name = (artifact.Digest, artifact.LengthBytes);
            var fetch = underWay.GetOrAdd(
                name, _ => new Lazy<Task<bool>>(() => Receive(entry, artifact, cancellation)));
            var isThere = await fetch.Value;
            underWay.TryRemove(KeyValuePair.Create(name, fetch));
            if (!isThere)
                return false;
        }
        if (FileStamp.Of(workspace.Artifacts.PathOf(artifact.Digest))?.LengthBytes == artifact.LengthBytes)
            return true;
        Refuse(entry, FormattableString.Invariant($"a trace says that it has {artifact.LengthBytes} bytes"));
        return false;
    }

    async Task<bool> Receive(string entry, Artifact artifact, CancellationToken cancellation)
    {
        var aside = workspace.Artifacts.Aside();
        try
        {
            if (artifact.LengthBytes > SmallBytes
                && new DriveInfo(workspace.Location).AvailableFreeSpace < artifact.LengthBytes)
                return Refuse(
                    entry, FormattableString.Invariant(
                        $"{artifact.LengthBytes} bytes do not fit on the disk")) is not null;
            if (artifact.LengthBytes == 0 && artifact.Digest == Digest.Of([]))
                await File.WriteAllBytesAsync(aside, [], cancellation);
            else if (!await Receive(entry, artifact, aside, cancellation))
                return false;
            workspace.Artifacts.Keep(aside, artifact.Digest);
            return true;
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            return Refuse(entry, disk.Message) is not null;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    async Task<bool> Receive(string entry, Artifact artifact, string aside, CancellationToken cancellation)
    {
        var answer = await Ask(entry, artifact.LengthBytes, async body =>
        {
            await using var file = new FileStream(
                aside, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            var received = await RemoteBody.Receive(
                body.Stream, file, artifact.Digest, artifact.LengthBytes, body.Deadline);
            file.Flush(flushToDisk: true);
            return received;
        }, cancellation);
        if (answer.IsDone)
            counts.Fetched(isTrace: false, artifact.LengthBytes);
        else if (answer.Outcome == RemoteOutcome.Absent)
            Refuse(entry, "it is not there, although a trace names it");
        return answer.IsDone;
    }

    async Task<RemoteAnswer> Ask(
        string entry, long? lengthBytes,
        Func<(Stream Stream, Deadline Deadline), Task<RemoteAnswer>> receive, CancellationToken cancellation)
    {
        var answer = await connection.Ask(
            new RemoteRequest(HttpMethod.Get, entry, null,
                (body, deadline) => receive((body, deadline)), lengthBytes), cancellation);
        if (answer.Outcome == RemoteOutcome.Wrong)
            Refuse(entry, answer.Why);
        else if (answer.Outcome is not (RemoteOutcome.Done or RemoteOutcome.Absent or RemoteOutcome.Unasked))
            notices.Failed(connection.UrlOf(entry), writes: false, answer);
        if (answer.Outcome is RemoteOutcome.Wrong or RemoteOutcome.Failed or RemoteOutcome.Busy
            && connection.IsGivenUp(writes: false))
            notices.GivenUp(writes: false);
        return answer;
    }
}
