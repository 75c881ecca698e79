using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Mlops.Engine;

/// <param name="Executed">It ran now; otherwise it was looked up.</param>
/// <param name="Elapsed">What running it took now, which its trace need not say: that tells of the first time.</param>
sealed record Completed(Found Found, bool Executed, TimeSpan Elapsed);

/// <summary>Looks calls up or runs them, each key once, within the run's bound, and keeps what they gave.</summary>
sealed class Executor(Workspace workspace, Lookup lookup, Slots slots, CancellationToken cancellation)
{
    readonly ConcurrentDictionary<Digest, Lazy<Task<Completed>>> calls = new();
    readonly CpuMeter meter = new();

    public CancellationToken Cancellation => cancellation;

    public Task<Completed> Complete(StageCall call, Caller caller) =>
        calls.GetOrAdd(
            call.Key.Digest, _ => new Lazy<Task<Completed>>(() => Task.Run(() => LookUpOrRun(call, caller)))).Value;

    /// <remarks>Looked up again under the claim: another process may have made it in between.</remarks>
    async Task<Completed> LookUpOrRun(StageCall call, Caller caller)
    {
        if (lookup.Find(call) is { } found)
            return new Completed(found, false, default);
        using var claim = await workspace.Claims.Take(call.Key.Digest, caller.Waiting, cancellation);
        if (lookup.Find(call) is { } made)
            return new Completed(made, false, default);
        var seat = new Seat(slots, meter, call.Cores, caller.Urgency);
        await seat.Take(cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await Run(call, caller, seat);
        }
        finally
        {
            seat.Give();
        }
    }

    async Task<Completed> Run(StageCall call, Caller caller, Seat seat)
    {
        var reasons = caller.Starting();
        var startedAt = workspace.Clock.GetUtcNow();
        var start = Stopwatch.GetTimestamp();
        using var context = new RunningContext(workspace, this, seat, caller.Inside());
        var output = await call.Execute(context);
        var record = call.WriteOutput(output);
        var elapsed = Stopwatch.GetElapsedTime(start) - context.Waited;
        seat.Settle();
        var element = JsonElement.Parse(record);
        var trace = new Trace(
            call.Key.Digest, call.Key.Stage, call.Key.Version, call.Key.Toolchain, JsonElement.Parse(call.Key.Input),
            Digest.Of(record), element, NamedArtifacts.In(element), startedAt,
            Seconds(elapsed), Seconds(seat.Cpu), PeakMemoryBytes(), context.BytesRead, context.BytesWritten,
            Environment.MachineName, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
            reasons, context.Children);
        return new Completed(new Found(workspace.Traces.Add(trace), call.ReadOutput(record)), true, elapsed);
    }

    static double Seconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalSeconds), 3);

    static long PeakMemoryBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
