using System.Runtime.InteropServices;

namespace Mlops.Data.Statistics.Detectors;

/// <summary>
/// ADWIN (Bifet and Gavaldà 2007) on the raw window: every 32 values, if some cut of the window has means
/// that differ by more than √(2 v d / m) + ⅔ d / m, the part before the cut is dropped and that is an alarm.
/// v is the window's variance, d = ln(2 ln W / δ) for W values, 1/m = 1/(n₀ - 4) + 1/(n₁ - 4) for parts of n₀
/// and n₁, as River has it. A window holds at most <see cref="MaxWindow"/> values: a test costs its length.
/// </summary>
/// <param name="delta">δ in (0, 1): about how often a still stream alarms.</param>
public sealed class AdaptiveWindow(double delta = 0.002) : IStreamDetector
{
    /// <summary>The oldest values go when there are more.</summary>
    public const int MaxWindow = 100_000;

    const int Clock = 32;
    const int Grace = 10;
    const int MinPart = 5;

    readonly List<double> window = [];
    long count;

    public DetectorState Add(double value)
    {
        if (window.Count == MaxWindow)
            window.RemoveRange(0, MaxWindow / 2);
        window.Add(value);
        count++;
        if (count % Clock != 0 || window.Count <= Grace)
            return DetectorState.Still;
        var changed = false;
        while (window.Count > Grace && Cut() is { } cut)
        {
            window.RemoveRange(0, cut);
            changed = true;
        }
        return changed ? DetectorState.Alarm : DetectorState.Still;
    }

    /// <summary>The first place where both parts differ too much.</summary>
    int? Cut()
    {
        var n = window.Count;
        var moments = Moments.Of(CollectionsMarshal.AsSpan(window));
        var variance = moments.SquaredDeviations / n;
        var d = Math.Log(2 * Math.Log(n) / delta);
        var total = 0.0;
        foreach (var value in window)
            total += value;
        var sum = 0.0;
        for (var i = 1; i <= n - MinPart; i++)
        {
            sum += window[i - 1];
            if (i < MinPart)
                continue;
            var reciprocal = 1.0 / (i - MinPart + 1) + 1.0 / (n - i - MinPart + 1);
            var limit = Math.Sqrt(2 * reciprocal * variance * d) + 2.0 / 3 * d * reciprocal;
            if (Math.Abs(sum / i - (total - sum) / (n - i)) > limit)
                return i;
        }
        return null;
    }
}
