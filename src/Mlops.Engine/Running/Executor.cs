using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mlops.Engine;

/// <param name="Executed">It ran now; otherwise it was looked up.</param>
/// <param name="Elapsed">What running it took now, which its trace need not say:
/// that tells of the first time.</param>
/// <param name="Cpu">CPU time that it used now, with the calls that ran for it.</param>
sealed record Completed(Found Found, bool Executed, TimeSpan Elapsed, TimeSpan Cpu)
{
    public static Completed Reused(Found found) => new(found, false, default, default);
}

/// <summary>
/// Looks calls up or runs them, each key once, within the run's bound, and keeps what they gave.
/// </summary>
sealed class Executor
{
    readonly Workspace workspace;
    readonly Lookup lookup;
    readonly Slots slots;
    readonly StepCommand? elsewhere;
    readonly RemoteStore? remote;
    readonly Offers offers;
    readonly ConcurrentDictionary<Digest, Begun> calls = new();
    readonly CpuMeter meter = new();

    /// <param name="stages">What can make an artifact again that the store lost.</param>
    /// <param name="elsewhere">Has steps executed by another process; null executes them here.</param>
    /// <param name="remote">Is asked for what is not here, and may be given what was made;
    /// null asks nobody.</param>
    public Executor(
        Workspace workspace, Lookup lookup, Slots slots, IReadOnlyCollection<Stage> stages,
        StepCommand? elsewhere, RemoteStore? remote, CancellationToken cancellation)
    {
        (this.workspace, this.lookup, this.slots, this.elsewhere, this.remote) =
            (workspace, lookup, slots, elsewhere, remote);
        Cancellation = cancellation;
        offers = new Offers(remote, cancellation);
        Healing = new Healing(workspace, this, stages);
    }

    public CancellationToken Cancellation { get; }

    /// <summary>What ends the calls of this caller: the run, or that they are a guess given up.</summary>
    public CancellationToken CancellationOf(Caller caller) => caller.Guess?.Cancellation ?? Cancellation;

    public int Cores => slots.Count;

    /// <summary>How many cores no body keeps busy or waits for.</summary>
    public int Idle => slots.Free;

    public Healing Healing { get; }

    /// <summary>Ends when every call that was begun has, also those that nobody waits for any more.</summary>
    public async Task Ended()
    {
        while (calls.Values.Where(call => !call.Ended.Value.IsCompleted).ToList() is { Count: > 0 } begun)
            foreach (var call in begun)
                await ((Task)call.Ended.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <remarks>
    /// Of several callers the first has executed it and is charged for what it takes; the others reuse it.
    /// Where that one began it on a guess and gave it up meanwhile, or to make an artifact again and did not
    /// get what the call needs, it is begun again: that says nothing of the call itself.
    /// </remarks>
    /// <param name="found">What <see cref="Find"/> gave, if it was asked.</param>
    public async Task<Completed> Complete(StageCall call, Caller caller, Found? found = null)
    {
        var own = new Begun(
            caller.Guess, caller.IsHealing,
            new Lazy<Task<Completed>>(() => Task.Run(() => LookUpOrRun(call, caller, found))));
        while (true)
        {
            var begun = calls.GetOrAdd(call.Key.Digest, own);
            if (caller.Guess is null)
                begun.Guess?.Make();
            try
            {
                // Who gives up a guess does not wait for somebody else's call to end.
                var completed = await (begun == own
                    ? begun.Ended.Value
                    : begun.Ended.Value.WaitAsync(CancellationOf(caller)));
                Made(completed, caller);
                return begun == own ? completed : Completed.Reused(completed.Found);
            }
            catch (Exception) when (begun != own && begun.FailsForItsCallerOnly
                && !CancellationOf(caller).IsCancellationRequested)
            {
                calls.TryRemove(KeyValuePair.Create(call.Key.Digest, begun));
            }
        }
    }

    /// <summary>Somebody has made the call, unless that was a guess itself.</summary>
    public void Made(Completed completed, Caller caller)
    {
        if (caller.Guess is null)
            offers.Made(completed.Found.Trace.Key);
    }

    /// <summary>What a call gave, if it need not be executed here.</summary>
    public Task<Found?> Find(StageCall call) => Task.Run(() => lookup.Find(call));

    /// <summary>
    /// Calls that gave the artifact are looked up again when they are next made: they no
    /// longer have it whole.
    /// </summary>
    public void Forget(Artifact artifact)
    {
        foreach (var call in calls)
            if (call.Value.Ended
                is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.Found: var found } }
                && found.Trace.Artifacts.Any(given => given.Digest == artifact.Digest))
                calls.TryRemove(call);
    }

    /// <remarks>Looked up again under the claim: another process may have made it in between.</remarks>
    async Task<Completed> LookUpOrRun(StageCall call, Caller caller, Found? known)
    {
        if ((known ?? lookup.Find(call)) is { } found)
        {
            offers.Offer(found.Trace, executed: false, caller);
            return Completed.Reused(found);
        }
        if (elsewhere is not null && caller.IsStep)
            return await Fetch(call, CancellationOf(caller)) is { } sent
                ? Completed.Reused(sent)
                : await RunElsewhere(elsewhere, call, caller);
        var cancellation = CancellationOf(caller);
        using var claim = await workspace.Claims.Take(call.Key.Digest, caller.Waiting, cancellation);
        if ((lookup.Find(call) ?? await Fetch(call, cancellation)) is { } made)
            return Completed.Reused(made);
        var seat = new Seat(slots, meter, call.Cores, caller.Urgency);
        await seat.Take(cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await Run(call, caller, seat);
        }
        finally
        {
            await seat.End();
        }
    }

    async Task<Found?> Fetch(StageCall call, CancellationToken cancellation) =>
        remote is not null && await remote.Fetch(call, lookup.IsOfThisBuild, cancellation)
            ? lookup.Find(call)
            : null;

    /// <remarks>
    /// The claim is for the other process to take. What CPU time it took can be told of one that left no
    /// trace as far as it was on this machine.
    /// </remarks>
    async Task<Completed> RunElsewhere(StepCommand command, StageCall call, Caller caller)
    {
        var seat = new Seat(slots, meter, call.Cores, caller.Urgency);
        await seat.Take(Cancellation);
        var (start, before) = (Stopwatch.GetTimestamp(), seat.Settle());
        try
        {
            caller.Starting();
            await command.Run(call.Key, caller.Progress, Cancellation);
            var found = lookup.Find(call) ?? throw LeftNoTrace(call.Key);
            offers.Offer(found.Trace, executed: true, caller);
            return new Completed(
                found, true, Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(found.Trace.CpuSeconds));
        }
        catch
        {
            caller.Vain.Add(Stopwatch.GetElapsedTime(start), seat.Settle() - before);
            throw;
        }
        finally
        {
            await seat.End();
        }
    }

    /// <remarks>
    /// A body that needs what the store lost begins again when that has been made again, once for each.
    /// It does not wait for the reasons why it runs, which may take as long to find as a small change takes
    /// to work off; what it says of itself does.
    /// </remarks>
    async Task<Completed> Run(StageCall call, Caller caller, Seat seat)
    {
        var reasons = caller.IsStep ? Task.Run(caller.Starting) : Task.FromResult(caller.Starting());
        try
        {
            return await Run(call, caller, reasons, seat);
        }
        finally
        {
            await reasons;
        }
    }

    async Task<Completed> Run(
        StageCall call, Caller caller, Task<IReadOnlyList<string>> reasons, Seat seat)
    {
        var inside = caller.Inside(call.Key.Digest, reasons);
        for (var healed = new HashSet<Digest>(); ;)
        {
            using var context = new RunningContext(workspace, this, seat, inside);
            try
            {
                return await Run(call, inside, reasons, context, seat);
            }
            catch (Exception) when (context.Missing is { } missing && healed.Add(missing.Digest))
            {
                if (!await seat.Leave(() => Healing.Heal(missing, inside)))
                    throw;
            }
        }
    }

    async Task<Completed> Run(
        StageCall call, Caller caller, Task<IReadOnlyList<string>> reasons, RunningContext context, Seat seat)
    {
        var startedAt = workspace.Clock.GetUtcNow();
        var start = Stopwatch.GetTimestamp();
        var before = seat.Settle();
        var foreseen = await workspace.Sources.Foreseen.Take(call.Key.Digest, context.Cancellation);
        var output = foreseen?.Output ?? await Execute(call, caller, context, seat);
        var json = call.WriteJson(output);
        var named = Task.Run(() => NamedArtifacts.In(json));
        var record = CanonicalJson.Write(json);
        var readBack = Task.Run(() => call.ReadOutput(record));
        var elapsed = foreseen?.Elapsed ?? Stopwatch.GetElapsedTime(start) - context.Waited;
        var used = seat.Close() - before + context.CalledCpu;
        var cpu = foreseen?.Cpu ?? used;
        var trace = new Trace(
            call.Key.Digest, call.Key.Stage, call.Key.Version, call.Key.Toolchain,
            new RecordText(call.Key.Input), Digest.Of(record), new RecordText(record),
            await named,
            startedAt, Seconds(elapsed), Seconds(cpu), CpuMeter.PeakMemoryBytes(),
            foreseen?.BytesRead ?? context.BytesRead, context.BytesWritten,
            Environment.MachineName, RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            await reasons, context.Children, context.Called);
        var kept = workspace.Traces.Add(trace);
        offers.Offer(kept, executed: true, caller);
        return new Completed(new Found(kept, await readBack), true, elapsed, cpu);
    }

    static async Task<object> Execute(StageCall call, Caller caller, RunningContext context, Seat seat)
    {
        var start = Stopwatch.GetTimestamp();
        var before = seat.Settle();
        try
        {
            var output = await call.Execute(context);
            await context.EndForeseen();
            return output;
        }
        catch
        {
            await context.EndForeseen();
            caller.Vain.Add(
                Stopwatch.GetElapsedTime(start) - context.Waited, seat.Settle() - before + context.CalledCpu);
            throw;
        }
    }

    static ProblemException LeftNoTrace(ActionKey key) => new(new Problem(
        "ENGINE-014", $"The command that was to execute {key.Stage} left no trace of key {key.Digest}.",
        Next: "Let it work over the same store as this process."));

    /// <param name="Guess">On which the first caller began it; null if that one made it.</param>
    /// <param name="IsHealing">That one had it made for an artifact that the store lost.</param>
    sealed record Begun(Guess? Guess, bool IsHealing, Lazy<Task<Completed>> Ended)
    {
        public bool FailsForItsCallerOnly =>
            IsHealing || Guess is { Cancellation.IsCancellationRequested: true };
    }

    static double Seconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalSeconds), 3);
}
