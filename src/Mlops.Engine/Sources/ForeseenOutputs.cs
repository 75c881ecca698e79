using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mlops.Engine;

/// <param name="BytesRead">How long the file is that it was made of.</param>
/// <param name="Elapsed">How long it took to make.</param>
/// <param name="Cpu">CPU time of this process meanwhile, shared with the taking of digests.</param>
sealed record ForeseenOutput(object Output, long BytesRead, TimeSpan Elapsed, TimeSpan Cpu);

/// <summary>What foreseen calls gave, by the keys that they have now that the digests are known.</summary>
/// <param name="outputOf">What a call gave before; null where that is not known.</param>
sealed class ForeseenOutputs(Func<StageCall, object?> outputOf)
{
    readonly ConcurrentDictionary<Digest, Begun> begun = new();
    readonly Lazy<CpuMeter> meter = new(() => new CpuMeter());

    /// <summary>
    /// Reads a file for its digest, and executes the call meanwhile on other threads; both again, if the file
    /// was written to.
    /// </summary>
    /// <param name="former">What is known of the file as it was; null if nothing is.</param>
    /// <param name="isYoung">Whether a file of that stamp could have been written to between the one and the
    /// other without showing it: then what the call gives is no use.</param>
    public SourceReading Read(
        string file, ForeseenCall call, SourceReading? former, Predicate<FileStamp> isYoung)
    {
        var attempt = new CancellationTokenSource();
        Task<ForeseenOutput>? output = null;
        try
        {
            var reading = SourceReading.Of(file, path =>
            {
                attempt.Cancel();
                attempt = new CancellationTokenSource();
                var isBeginning = new TaskCompletionSource<bool>(
                    TaskCreationOptions.RunContinuationsAsynchronously);
                output = Begin(path, call, former, isBeginning.Task, attempt.Token);
                return DigestOf(path, former, isBeginning);
            });
            if (!isYoung(reading.Stamp))
                begun[With(call, reading).Key.Digest] = new Begun(file, reading.Stamp, output!);
            return reading;
        }
        catch
        {
            attempt.Cancel();
            throw;
        }
    }

    /// <summary>The output of the call with this key; once.</summary>
    /// <returns>
    /// Null where none was foreseen, where the file was written to since, even if it is what it was again,
    /// and where the body failed: then the call is to be executed, and will itself say what is wrong.
    /// </returns>
    public async Task<ForeseenOutput?> Take(Digest key, CancellationToken cancellation)
    {
        if (!begun.TryRemove(key, out var call))
            return null;
        await ((Task)call.Output).WaitAsync(cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return call.Output.IsCompletedSuccessfully && FileStamp.Of(call.File) == call.Stamp
            ? await call.Output
            : null;
    }

    static StageCall With(ForeseenCall call, SourceReading reading) =>
        call.CallWith(reading.Digest, reading.Stamp.LengthBytes);

    Task<ForeseenOutput> Begin(
        string file, ForeseenCall call, SourceReading? former, Task<bool> isBeginning,
        CancellationToken cancellation) => Task.Run(
            async () =>
            {
                var start = Stopwatch.GetTimestamp();
                var account = new CpuMeter.Account();
                meter.Value.Enter(account);
                try
                {
                    var output = await call.Execute(
                        file,
                        former is null || outputOf(With(call, former)) is not { } known
                            ? null
                            : new(known, isBeginning),
                        cancellation);
                    // Once more in the end, which then does nothing: what was used is only known behind it.
                    meter.Value.Leave(account);
                    return new ForeseenOutput(
                        output, new FileInfo(file).Length, Stopwatch.GetElapsedTime(start), account.Used);
                }
                finally
                {
                    meter.Value.Leave(account);
                }
            },
            cancellation);

    Digest DigestOf(string file, SourceReading? former, TaskCompletionSource<bool> isBeginning)
    {
        var account = new CpuMeter.Account();
        meter.Value.Enter(account);
        try
        {
            return former is null ? FileDigest.Of(file) : FileDigest.Of(
                file, former.Stamp.LengthBytes,
                digest => isBeginning.TrySetResult(digest == former.Digest));
        }
        finally
        {
            isBeginning.TrySetResult(false);
            meter.Value.Leave(account);
        }
    }

    sealed record Begun(string File, FileStamp Stamp, Task<ForeseenOutput> Output);
}
