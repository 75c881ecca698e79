namespace Mlops.Learning.Evaluation;

/// <summary>
/// Two classes: whether each row was positive, and the probability in [0, 1] that the model gave it.
/// </summary>
/// <remarks>
/// Measured here and not by ML.NET, whose evaluator decides by the raw score and not by the probability
/// that the shipped model decides by, and whose log-loss is neither natural nor clipped.
/// </remarks>
public sealed class BinaryOutcomes : Outcomes
{
    /// <summary>A probability from here on is predicted positive.</summary>
    public const double Threshold = 0.5;

    const double Clip = 1e-15;

    readonly bool[] actual;
    readonly double[] probability;
    readonly Lazy<IReadOnlyList<ThresholdCounts>> thresholds;

    public BinaryOutcomes(bool[] actual, double[] probability)
    {
        if (actual.Length != probability.Length)
            throw new ArgumentException("There is one probability for each outcome.", nameof(probability));
        this.actual = actual;
        this.probability = probability;
        thresholds = new(() => ThresholdCounts.Of(actual, probability));
        for (var i = 0; i < actual.Length; i++)
            Confusion = Confusion.With(actual[i], probability[i] >= Threshold);
    }

    public override int Count => actual.Length;

    /// <summary>Counts at the threshold of 0.5 on the probability.</summary>
    public BinaryConfusion Confusion { get; }

    public ReadOnlySpan<bool> Actual => actual;

    public ReadOnlySpan<double> Probability => probability;

    /// <summary>True and false positives at every distinct probability, from the highest one down.</summary>
    public IReadOnlyList<ThresholdCounts> Thresholds => thresholds.Value;

    public override Outcomes Take(ReadOnlySpan<int> rows) =>
        new BinaryOutcomes(Pick(actual, rows), Pick(probability, rows));

    public override double Loss(int row) => actual[row] == (probability[row] >= Threshold) ? 0 : 1;

    protected override double? Measure(string name) => name switch
    {
        "auc" => Auc(),
        "auprc" => AveragePrecision(),
        "accuracy" => (double)(Confusion.TruePositives + Confusion.TrueNegatives) / Count,
        "precision" => Ratio(Confusion.TruePositives, Confusion.TruePositives + Confusion.FalsePositives),
        "recall" => Ratio(Confusion.TruePositives, Confusion.Positives),
        "f1" => Ratio(2.0 * Confusion.TruePositives,
            2.0 * Confusion.TruePositives + Confusion.FalsePositives + Confusion.FalseNegatives),
        "log-loss" => CompensatedSum.Mean(Count, LogLoss),
        "brier" => CompensatedSum.Mean(Count, SquaredError),
        "ece" => CalibrationError(),
        _ => throw Unknown(name),
    };

    /// <summary>
    /// The share of (positive, negative) pairs that the probabilities put in the right order, a tie counting
    /// half: the trapezoids under the ROC curve, summed in whole numbers so that nothing is rounded.
    /// </summary>
    double? Auc()
    {
        long tp = 0, fp = 0;
        Int128 twiceTheArea = 0;
        foreach (var counts in Thresholds)
        {
            twiceTheArea += (Int128)(counts.FalsePositives - fp) * (counts.TruePositives + tp);
            (tp, fp) = (counts.TruePositives, counts.FalsePositives);
        }
        return Ratio((double)twiceTheArea, 2.0 * Confusion.Positives * Confusion.Negatives);
    }

    /// <summary>
    /// Σ (recall gained) · precision over the distinct probabilities, without interpolation.
    /// </summary>
    double? AveragePrecision()
    {
        var sum = new CompensatedSum();
        long tp = 0;
        foreach (var counts in Thresholds)
        {
            var precision = (double)counts.TruePositives / (counts.TruePositives + counts.FalsePositives);
            sum.Add((counts.TruePositives - tp) * precision);
            tp = counts.TruePositives;
        }
        return Ratio(sum.Value, Confusion.Positives);
    }

    double LogLoss(int row)
    {
        var p = Math.Clamp(probability[row], Clip, 1 - Clip);
        return -Math.Log(actual[row] ? p : 1 - p);
    }

    double SquaredError(int row)
    {
        var error = probability[row] - (actual[row] ? 1 : 0);
        return error * error;
    }

    double CalibrationError()
    {
        var sum = new CompensatedSum();
        foreach (var bin in BinaryCurves.Calibration(this))
            sum.Add(bin.Count * Math.Abs((bin.MeanPredicted - bin.PositiveShare) ?? 0));
        return sum.Value / Count;
    }
}

public readonly record struct BinaryConfusion(
    long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    public long Positives => TruePositives + FalseNegatives;

    public long Negatives => FalsePositives + TrueNegatives;

    internal BinaryConfusion With(bool actual, bool predicted) => (actual, predicted) switch
    {
        (true, true) => this with { TruePositives = TruePositives + 1 },
        (false, true) => this with { FalsePositives = FalsePositives + 1 },
        (true, false) => this with { FalseNegatives = FalseNegatives + 1 },
        _ => this with { TrueNegatives = TrueNegatives + 1 },
    };
}

/// <summary>How many positives and negatives have at least this probability.</summary>
public readonly record struct ThresholdCounts(double Probability, long TruePositives, long FalsePositives)
{
    internal static IReadOnlyList<ThresholdCounts> Of(bool[] actual, double[] probability)
    {
        var scores = (double[])probability.Clone();
        var outcomes = (bool[])actual.Clone();
        Array.Sort(scores, outcomes);
        var counts = new List<ThresholdCounts>();
        long tp = 0, fp = 0;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            if (outcomes[i])
                tp++;
            else
                fp++;
            if (i == 0 || scores[i - 1] != scores[i])
                counts.Add(new ThresholdCounts(scores[i], tp, fp));
        }
        return counts;
    }
}
