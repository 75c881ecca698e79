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

    public CancellationToken Cancellation => cancellation;

    /// <param name="starting">Told when the call really runs.</param>
    public Task<Completed> Complete(StageCall call, Action starting, Action<string> progress) =>
        calls.GetOrAdd(
            call.Key.Digest,
            _ => new Lazy<Task<Completed>>(() => Task.Run(() => LookUpOrRun(call, starting, progress)))).Value;

    /// <summary>Lets others run while a body waits for calls of its own.</summary>
    public async Task<T> WithoutSlot<T>(Func<Task<T>> wait)
    {
        slots.Give();
        try
        {
            return await wait();
        }
        finally
        {
            await slots.Take(CancellationToken.None);
        }
    }

    async Task<Completed> LookUpOrRun(StageCall call, Action starting, Action<string> progress)
    {
        if (lookup.Find(call) is { } found)
            return new Completed(found, false, default);
        await slots.Take(cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            starting();
            return await Run(call, progress);
        }
        finally
        {
            slots.Give();
        }
    }

    async Task<Completed> Run(StageCall call, Action<string> progress)
    {
        var startedAt = workspace.Clock.GetUtcNow();
        var (start, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        using var context = new RunningContext(workspace, this, progress);
        var output = await call.Execute(context);
        var record = call.WriteOutput(output);
        var elapsed = Stopwatch.GetElapsedTime(start) - context.Waited;
        using var process = Process.GetCurrentProcess();
        var trace = new Trace(
            call.Key.Digest, call.Key.Stage, call.Key.Version, call.Key.Toolchain, JsonElement.Parse(call.Key.Input),
            Digest.Of(record), JsonElement.Parse(record), NamedArtifacts.In(JsonElement.Parse(record)), startedAt,
            Math.Round(Math.Max(0, elapsed.TotalSeconds), 3), Math.Round((Cpu() - cpu).TotalSeconds, 3),
            process.PeakWorkingSet64, Environment.MachineName, RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription, context.Children);
        return new Completed(new Found(workspace.Traces.Add(trace), call.ReadOutput(record)), true, elapsed);
    }

    static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;
}
