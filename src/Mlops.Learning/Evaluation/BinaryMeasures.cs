using Mlops.Data.Statistics;

namespace Mlops.Learning.Evaluation;

/// <summary>What auditors ask of a binary classifier beyond the metrics that a pipeline may name.</summary>
public static class BinaryMeasures
{
    const int Tenths = 10;

    /// <summary>True negatives among actual negatives; null without any.</summary>
    public static double? Specificity(BinaryConfusion counts) =>
        Ratio(counts.TrueNegatives, counts.Negatives);

    /// <summary>True negatives among predicted negatives.</summary>
    public static double? NegativePredictiveValue(BinaryConfusion counts) =>
        Ratio(counts.TrueNegatives, counts.TrueNegatives + counts.FalseNegatives);

    /// <summary>Mean of recall and specificity; null where either is undefined.</summary>
    public static double? BalancedAccuracy(BinaryConfusion counts) =>
        (Ratio(counts.TruePositives, counts.Positives) + Specificity(counts)) / 2;

    /// <summary>Matthews' correlation (1975), in [-1, 1]; 0 where a margin is empty.</summary>
    public static double Matthews(BinaryConfusion counts)
    {
        double tp = counts.TruePositives, fp = counts.FalsePositives;
        double fn = counts.FalseNegatives, tn = counts.TrueNegatives;
        var margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
        return margins == 0 ? 0 : (tp * tn - fp * fn) / Math.Sqrt(margins);
    }

    /// <summary>Wilson's 95 % interval of the share of rows predicted right.</summary>
    public static (double Low, double High) AccuracyInterval(BinaryConfusion counts) => Proportion.Wilson(
        counts.TruePositives + counts.TrueNegatives, counts.Positives + counts.Negatives);

    /// <summary>The largest |mean probability - share of positives| over ten bins of equal width.</summary>
    public static double MaximumCalibrationError(BinaryOutcomes outcomes) =>
        BinaryCurves.Calibration(outcomes)
            .Max(bin => Math.Abs((bin.MeanPredicted - bin.PositiveShare) ?? 0));

    /// <summary>Expected calibration error over ten bins of equally many rows, ties by row.</summary>
    public static double CalibrationErrorByCount(BinaryOutcomes outcomes)
    {
        var order = ByProbability(outcomes, falling: false);
        var sum = new CompensatedSum();
        for (var tenth = 0; tenth < Tenths; tenth++)
        {
            var (predicted, positives) = (new CompensatedSum(), 0);
            foreach (var row in Slice(order, tenth))
            {
                predicted.Add(outcomes.Probability[row]);
                positives += outcomes.Actual[row] ? 1 : 0;
            }
            sum.Add(Math.Abs(predicted.Value - positives));
        }
        return sum.Value / outcomes.Count;
    }

    /// <summary>
    /// The largest distance of the distributions of positives' and negatives' scores; null with one class.
    /// </summary>
    public static double? Separation(BinaryOutcomes outcomes)
    {
        var (positives, negatives) = (outcomes.Confusion.Positives, outcomes.Confusion.Negatives);
        return positives == 0 || negatives == 0
            ? null
            : outcomes.Thresholds.Max(counts => Math.Abs(
                (double)counts.TruePositives / positives - (double)counts.FalsePositives / negatives));
    }

    /// <summary>
    /// What ML.NET calls AUPRC: trapezoids row by row by falling probability, ties in row order. Null with
    /// one class. Only to explain the difference to <c>auprc</c>.
    /// </summary>
    public static double? LowerTrapezoid(BinaryOutcomes outcomes)
    {
        double positives = outcomes.Confusion.Positives, tp = 0, fp = 0, area = 0, before = 1;
        if (positives == 0 || outcomes.Confusion.Negatives == 0)
            return null;
        foreach (var row in ByProbability(outcomes, falling: true))
        {
            if (!outcomes.Actual[row])
                fp++;
            else
            {
                tp++;
                area += (before + tp / (tp + fp)) / 2 / positives;
            }
            before = tp / (tp + fp);
        }
        return area;
    }

    /// <summary>Tenths of the rows by falling probability, ties by row; empty tenths are left out.</summary>
    public static IReadOnlyList<GainTenth> Gains(BinaryOutcomes outcomes)
    {
        var order = ByProbability(outcomes, falling: true);
        var all = outcomes.Confusion.Positives;
        var tenths = new List<GainTenth>();
        var seen = 0L;
        for (var tenth = 0; tenth < Tenths; tenth++)
        {
            var rows = Slice(order, tenth);
            if (rows.Length == 0)
                continue;
            var positives = 0L;
            foreach (var row in rows)
                positives += outcomes.Actual[row] ? 1 : 0;
            seen += positives;
            tenths.Add(new GainTenth(
                tenth + 1, rows.Length, positives, Ratio(seen, all),
                all == 0 ? null : (double)positives / rows.Length / ((double)all / outcomes.Count)));
        }
        return tenths;
    }

    static ReadOnlySpan<int> Slice(int[] order, int tenth)
    {
        var (from, to) =
            ((int)((long)tenth * order.Length / Tenths), (int)((tenth + 1L) * order.Length / Tenths));
        return order.AsSpan(from..to);
    }

    static int[] ByProbability(BinaryOutcomes outcomes, bool falling)
    {
        var probability = outcomes.Probability.ToArray();
        var rows = Enumerable.Range(0, outcomes.Count);
        return falling
            ? [.. rows.OrderByDescending(row => probability[row])]
            : [.. rows.OrderBy(row => probability[row])];
    }

    static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <param name="Tenth">From 1, the most probable rows first.</param>
/// <param name="CumulativeGain">Share of all positives up to here; null without positives.</param>
/// <param name="Lift">Share of positives here over that of all rows; null without positives.</param>
public sealed record GainTenth(int Tenth, int Rows, long Positives, double? CumulativeGain, double? Lift);
