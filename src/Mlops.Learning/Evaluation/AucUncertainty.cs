using Mlops.Data.Statistics;

namespace Mlops.Learning.Evaluation;

/// <param name="Low">Lower end of the 95 % interval auc ± 1.96 se, cut to [0, 1].</param>
/// <param name="LogitLow">Of the interval on the logit scale, which stays inside (0, 1);
/// null at 0 and 1.</param>
public sealed record AucInterval(
    double Auc, double Variance, double Low, double High, double? LogitLow, double? LogitHigh)
{
    public double StandardError => Math.Sqrt(Variance);
}

/// <param name="Difference">AUC of the challenger - AUC of the champion.</param>
/// <param name="Z">Null where the difference has no variance, as of two equal models.</param>
/// <param name="P">Two-sided; null where the models differ without variance.</param>
public sealed record AucDifference(
    double Difference, double Variance, double? Z, double? P, double? Low, double? High);

/// <summary>
/// The uncertainty of the area under the ROC curve by DeLong, DeLong and Clarke-Pearson (1988), from
/// mid-ranks (Sun and Xu 2014): no distribution is assumed.
/// </summary>
public static class AucUncertainty
{
    const double NoVariance = 1e-18;

    /// <summary>Null with fewer than two rows of a class.</summary>
    public static AucInterval? Of(ReadOnlySpan<bool> actual, ReadOnlySpan<double> score)
    {
        if (Placements.Of(actual, score) is not { } placed)
            return null;
        var auc = Moments.Of(placed.Positives).Mean;
        var variance = placed.Variance;
        var half = Proportion.Normal95 * Math.Sqrt(variance);
        var logit = auc is > 0 and < 1 ? Math.Log(auc / (1 - auc)) : (double?)null;
        var logitHalf = half / (auc * (1 - auc));
        return new AucInterval(
            auc, variance, Math.Max(0, auc - half), Math.Min(1, auc + half),
            Share(logit - logitHalf), Share(logit + logitHalf));

        static double? Share(double? logit) => logit is null ? null : 1 / (1 + Math.Exp(-logit.Value));
    }

    /// <summary>Two models on the same rows. Null with fewer than two rows of a class.</summary>
    public static AucDifference? Compare(
        ReadOnlySpan<bool> actual, ReadOnlySpan<double> champion, ReadOnlySpan<double> challenger)
    {
        if (Placements.Of(actual, champion) is not { } before
            || Placements.Of(actual, challenger) is not { } after)
            return null;
        var difference = Moments.Of(after.Positives).Mean - Moments.Of(before.Positives).Mean;
        var variance = after.Minus(before).Variance;
        if (variance <= NoVariance)
            return new AucDifference(difference, 0, null, difference == 0 ? 1 : null, null, null);
        var deviation = Math.Sqrt(variance);
        return new AucDifference(
            difference, variance, difference / deviation,
            SpecialFunctions.NormalTwoSided(difference / deviation),
            difference - Proportion.Normal95 * deviation, difference + Proportion.Normal95 * deviation);
    }

    /// <summary>
    /// For each positive the share of negatives below it, for each negative that of positives above it.
    /// </summary>
    readonly record struct Placements(double[] Positives, double[] Negatives)
    {
        public double Variance => PerRow(Positives) + PerRow(Negatives);

        public static Placements? Of(ReadOnlySpan<bool> actual, ReadOnlySpan<double> score)
        {
            List<double> positives = [], negatives = [];
            for (var i = 0; i < actual.Length; i++)
                (actual[i] ? positives : negatives).Add(score[i]);
            if (positives.Count < 2 || negatives.Count < 2)
                return null;
            var all = Ranks.Of([.. positives, .. negatives]);
            var (own, others) = (Ranks.Of([.. positives]), Ranks.Of([.. negatives]));
            return new Placements(
                [.. own.Select((rank, i) => (all[i] - rank) / negatives.Count)],
                [.. others.Select((rank, i) => 1 - (all[positives.Count + i] - rank) / positives.Count)]);
        }

        /// <summary>
        /// Row by row: its variance is that of the difference of the areas, the covariance taken care of.
        /// </summary>
        public Placements Minus(Placements other) => new(
            [.. Positives.Zip(other.Positives, (a, b) => a - b)],
            [.. Negatives.Zip(other.Negatives, (a, b) => a - b)]);

        static double PerRow(double[] values) =>
            Moments.Of(values) is var moments
                ? moments.SquaredDeviations / (moments.Count - 1) / moments.Count
                : 0;
    }
}
