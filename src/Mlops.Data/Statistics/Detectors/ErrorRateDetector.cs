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
        var deviation = Math.Sqrt(Math.Max(0, rate * (1 - rate)) / count);
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
}
