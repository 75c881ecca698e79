using System.Diagnostics;

namespace Mlops.Engine;

/// <summary>
/// Ends a transfer that does not begin, stands still, or goes on so slowly that it would never end.
/// </summary>
sealed class Deadline : IDisposable
{
    /// <summary>Slower than this on the whole is as good as standing still.</summary>
    const long SlowestBytesPerSecond = 32 << 10;

    readonly CancellationTokenSource source;
    readonly TimeSpan patience;
    readonly long start = Stopwatch.GetTimestamp();
    long moved;

    public Deadline(TimeSpan patience, CancellationToken cancellation)
    {
        this.patience = patience;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(patience);
    }

    public CancellationToken Token => source.Token;

    public void Moved(long bytes)
    {
        moved += bytes;
        var left = patience + TimeSpan.FromSeconds(moved / (double)SlowestBytesPerSecond)
            - Stopwatch.GetElapsedTime(start);
        source.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left < patience ? left : patience);
    }

    public void Dispose() => source.Dispose();
}
