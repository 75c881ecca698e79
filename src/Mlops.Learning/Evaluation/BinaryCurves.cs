namespace Mlops.Learning.Evaluation;

/// <summary>The pictures of a binary classifier, as numbers.</summary>
public static class BinaryCurves
{
    public const int MaxPoints = 200;

    const int Bins = 10;

    /// <summary>
    /// (False positive rate, true positive rate) from (0, 0) to (1, 1); empty with one class alone.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Roc(BinaryOutcomes outcomes)
    {
        var (positives, negatives) = (outcomes.Confusion.Positives, outcomes.Confusion.Negatives);
        if (positives == 0 || negatives == 0)
            return [];
        return CurveThinning.Keep(
            [
                new CurvePoint(0, 0),
                .. outcomes.Thresholds.Select(counts => new CurvePoint(
                    (double)counts.FalsePositives / negatives, (double)counts.TruePositives / positives)),
            ],
            MaxPoints);
    }

    /// <summary>
    /// (Recall, precision) from (0, 1) to (1, share of positives); empty without positives.
    /// </summary>
    public static IReadOnlyList<CurvePoint> PrecisionRecall(BinaryOutcomes outcomes)
    {
        var positives = outcomes.Confusion.Positives;
        if (positives == 0)
            return [];
        return CurveThinning.Keep(
            [
                new CurvePoint(0, 1),
                .. outcomes.Thresholds.Select(counts => new CurvePoint(
                    (double)counts.TruePositives / positives,
                    (double)counts.TruePositives / (counts.TruePositives + counts.FalsePositives))),
            ],
            MaxPoints);
    }

    /// <summary>Ten bins of equal width; a probability p falls in bin min(⌊10 p⌋, 9).</summary>
    public static IReadOnlyList<CalibrationBin> Calibration(BinaryOutcomes outcomes)
    {
        var predicted = new CompensatedSum[Bins];
        var positives = new long[Bins];
        var counts = new long[Bins];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var bin = Math.Min((int)(outcomes.Probability[i] * Bins), Bins - 1);
            predicted[bin].Add(outcomes.Probability[i]);
            positives[bin] += outcomes.Actual[i] ? 1 : 0;
            counts[bin]++;
        }
        return [.. Enumerable.Range(0, Bins).Select(bin => new CalibrationBin(
            (double)bin / Bins,
            (double)(bin + 1) / Bins,
            counts[bin],
            counts[bin] == 0 ? null : predicted[bin].Value / counts[bin],
            counts[bin] == 0 ? null : (double)positives[bin] / counts[bin]))];
    }
}
