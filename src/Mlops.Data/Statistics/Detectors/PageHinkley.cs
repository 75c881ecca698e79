namespace Mlops.Data.Statistics.Detectors;

/// <summary>The settings of Page and Hinkley's test.</summary>
/// <param name="Threshold">λ, in units of the values: a stream is scaled first, or λ chosen for it.</param>
/// <param name="Tolerance">δ: deviations from the running mean up to this do not add up.</param>
/// <param name="Forgetting">α in (0, 1]: how much of the sum each value keeps.</param>
/// <param name="MinValues">Values before which there is no alarm.</param>
public sealed record PageHinkleySettings(
    double Threshold = 50, double Tolerance = 0.005, double Forgetting = 0.9999, int MinValues = 30);

/// <summary>
/// Page (1954) in the form of River: up-sum ← max(0, α sum + x - mean - δ), alarm from λ.
/// Finds increases alone.
/// </summary>
sealed class PageHinkleyIncrease(PageHinkleySettings settings) : IStreamDetector
{
    long count = 1;
    double mean;
    double sum;

    public DetectorState Add(double value)
    {
        mean += (value - mean) / count;
        sum = Math.Max(0, settings.Forgetting * sum + (value - mean - settings.Tolerance));
        count++;
        if (count < settings.MinValues || sum < settings.Threshold)
            return DetectorState.Still;
        (count, mean, sum) = (1, 0, 0);
        return DetectorState.Alarm;
    }
}

/// <summary>
/// Page (1954) and Hinkley (1971) in both directions: an up-sum of x - mean - δ that rises by more than λ
/// above its least, or a down-sum of x - mean + δ that falls by more than λ below its largest.
/// </summary>
public sealed class PageHinkleyTwoSided(PageHinkleySettings settings) : IStreamDetector
{
    long count;
    double mean;
    double up;
    double down;
    double leastUp = double.PositiveInfinity;
    double mostDown = double.NegativeInfinity;

    public DetectorState Add(double value)
    {
        count++;
        mean += (value - mean) / count;
        var deviation = value - mean;
        up = settings.Forgetting * up + deviation - settings.Tolerance;
        down = settings.Forgetting * down + deviation + settings.Tolerance;
        leastUp = Math.Min(leastUp, up);
        mostDown = Math.Max(mostDown, down);
        var moved = Math.Max(up - leastUp, mostDown - down);
        if (count < settings.MinValues || moved <= settings.Threshold)
            return DetectorState.Still;
        (count, mean, up, down) = (0, 0, 0, 0);
        (leastUp, mostDown) = (double.PositiveInfinity, double.NegativeInfinity);
        return DetectorState.Alarm;
    }
}
