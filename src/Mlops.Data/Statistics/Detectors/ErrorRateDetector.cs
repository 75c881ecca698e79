namespace Mlops.Data.Statistics.Detectors;

/// <summary>
/// DDM (Gama et al. 2004) on errors that are 0 or 1: remembers the least p + s of the error rate p and its
/// deviation s = √(p(1-p)/n), warns from two and alarms from three deviations above it.
/// </summary>
/// <param name="warmUp">Values before which it says nothing.</param>
public sealed class ErrorRateDetector(
    int warmUp = 30, double warnAt = 2, double alarmAt = 3) : IStreamDetector
{
    long count;
    double rate;
    double leastRate = double.PositiveInfinity;
    double leastDeviation = double.PositiveInfinity;

    public DetectorState Add(double value)
    {
        count++;
        rate += (value - rate) / count;
        var deviation = Deviation();
        if (count <= warmUp)
            return DetectorState.Still;
        if (rate + deviation <= leastRate + leastDeviation)
            (leastRate, leastDeviation) = (rate, deviation);
        if (rate + deviation > leastRate + alarmAt * leastDeviation)
        {
            (count, rate) = (0, 0);
            leastRate = leastDeviation = double.PositiveInfinity;
            return DetectorState.Alarm;
        }
        return rate + deviation > leastRate + warnAt * leastDeviation
            ? DetectorState.Warning
            : DetectorState.Still;
    }

    /// <summary>
    /// s; without any error so far that of the rate (0 + 1) / (n + 2), since it is no proof that none comes:
    /// with s = 0 a single error would be an alarm.
    /// </summary>
    double Deviation()
    {
        var likely = rate > 0 ? rate : 1.0 / (count + 2);
        return Math.Sqrt(Math.Max(0, likely * (1 - likely)) / count);
    }
}
