using Mlops.Data.Statistics;
using Mlops.Learning.Evaluation;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <summary>Curves of a classifier and of a regression against what was true.</summary>
static class Curves
{
    const double Side = 340;
    const double Tall = 300;
    static readonly Scale Unit = new(0, 1);

    public static Markup Roc(IReadOnlyList<CurvePoint> points, double? auc) =>
        new Plot(Side, Tall, Unit, Unit,
            $"ROC curve, area under it {Show.Number(auc)}; the diagonal is chance")
            .Axes("false positive rate", "true positive rate")
            .Line([(0, 0), (1, 1)], Paint.Guide)
            .Line(Thin(points), Paint.Line)
            .Svg.Finish();

    /// <param name="prevalence">Share of positives: what precision is without any skill.</param>
    public static Markup PrecisionRecall(IReadOnlyList<CurvePoint> points, double? prevalence,
        double? average)
    {
        var plot = new Plot(Side, Tall, Unit, Unit,
                $"Precision–recall curve, average precision {Show.Number(average)}, "
                + $"prevalence {Show.Number(prevalence)}")
            .Axes("recall", "precision");
        if (prevalence is { } level)
            plot.Line([(0, level), (1, level)], Paint.Guide);
        return plot.Line(Thin(points), Paint.Line).Svg.Finish();
    }

    /// <summary>
    /// Mean predicted against observed per bin, a 95 % Wilson interval each, counts beneath.
    /// </summary>
    public static Markup Calibration(IReadOnlyList<CalibrationBin> bins, double? error)
    {
        var plot = new Plot(Side, Tall, Unit, Unit,
            $"Calibration, expected calibration error {Show.Number(error)}; "
                + string.Join(", ", Filled(bins).Select(bin =>
                    $"predicted {Show.Number(bin.MeanPredicted, 2)} observed "
                    + $"{Show.Number(bin.PositiveShare, 2)}")))
            .Axes("mean predicted probability", "observed share of positives")
            .Line([(0, 0), (1, 1)], Paint.Guide);
        var most = bins.Select(bin => bin.Count).DefaultIfEmpty(1).Max();
        foreach (var bin in bins)
        {
            var tall = 34.0 * bin.Count / Math.Max(1, most);
            plot.Svg.Rect(plot.X(bin.From) + 1, plot.Floor - tall, plot.X(bin.To) - plot.X(bin.From) - 2,
                tall, Paint.Reference);
        }
        foreach (var bin in Filled(bins))
        {
            var (low, high) = Interval(bin.PositiveShare!.Value, bin.Count);
            plot.Line([(bin.MeanPredicted!.Value, low), (bin.MeanPredicted.Value, high)], Paint.Whisker);
        }
        plot.Line(Filled(bins).Select(bin => (bin.MeanPredicted!.Value, bin.PositiveShare!.Value)),
            Paint.Line);
        foreach (var bin in Filled(bins))
            plot.Svg.Dot(plot.X(bin.MeanPredicted!.Value), plot.Y(bin.PositiveShare!.Value), 3, Paint.Dot);
        return plot.Svg.Finish();
    }

    /// <summary>
    /// Groups of equal size by rising prediction; on the diagonal the model is right on average.
    /// </summary>
    public static Markup PredictedActual(IReadOnlyList<CurvePoint> groups)
    {
        var both = Scale.Around(groups.SelectMany(group => new[] { group.X, group.Y }));
        var plot = new Plot(Side, Tall, both, both,
                $"Mean predicted against mean actual in {groups.Count} groups of equal size; "
                + "the diagonal is exact")
            .Axes("mean predicted", "mean actual")
            .Line([(both.Min, both.Min), (both.Max, both.Max)], Paint.Guide)
            .Line(groups.Select(group => (group.X, group.Y)), Paint.Line);
        foreach (var group in groups)
            plot.Svg.Dot(plot.X(group.X), plot.Y(group.Y), 3, Paint.Dot);
        return plot.Svg.Finish();
    }

    /// <summary>The 95 % Wilson score interval of a share of some rows.</summary>
    internal static (double Low, double High) Interval(double share, long count) =>
        Proportion.Wilson((long)Math.Round(share * count), count);

    static IEnumerable<CalibrationBin> Filled(IReadOnlyList<CalibrationBin> bins) => bins.Where(bin =>
        bin is { Count: > 0, MeanPredicted: not null, PositiveShare: not null });

    /// <summary>Points that fall on the same tenth of a pixel are drawn once.</summary>
    static IEnumerable<(double X, double Y)> Thin(IReadOnlyList<CurvePoint> points) =>
        points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))
            .Select(point => (Math.Round(point.X, 4), Math.Round(point.Y, 4)))
            .DefaultIfEmpty((0, 0))
            .Distinct();
}
