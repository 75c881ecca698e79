using Mlops.Data.Statistics;
using Mlops.Data.Statistics.Detectors;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// Looks for the moment when a model's results changed, row by row in order of time: DDM on wrong
/// predictions, Page–Hinkley in both directions and ADWIN on the loss.
/// </summary>
static class ResultDetectors
{
    const int MostAlarms = 20;

    /// <summary>
    /// The loss is in standard deviations of the reference, so one λ fits every model. A quarter of a
    /// deviation does not add up: with Page–Hinkley's usual δ of 0.005 a still stream of such
    /// numbers alarms by itself.
    /// </summary>
    static readonly PageHinkleySettings InDeviations = new(Threshold: 50, Tolerance: 0.25);

    /// <param name="known">Of the loss where no reference row is here, as from a package;
    /// null takes reference rows.</param>
    public static IReadOnlyList<DetectorOutcome> Run(
        WindowedTable windows, ModelPerformance performance, Moments? known)
    {
        var (rows, losses) = performance.Losses(windows.InOrder());
        if (rows.Length == 0)
            return [];
        var reference = windows.Reference.ToHashSet();
        var scale = known ?? Moments.Of(losses.Where((_, i) => reference.Contains(rows[i])).ToArray());
        var deviation = scale.StandardDeviation is > 0 and var own ? own : (double?)null;
        // Errors of a number have the unit of the label: without a scale no λ fits them.
        if (deviation is null && !performance.IsClassifier)
            return [];
        double[] scaled = deviation is { } unit
            ? [.. losses.Select(loss => (loss - scale.Mean) / unit)]
            : losses;
        var current = windows.Current.ToHashSet();
        var plain = performance.IsClassifier ? "wrong predictions" : "absolute error";
        var inDeviations = deviation is null ? plain : $"{plain}, in reference deviations";
        List<DetectorOutcome> outcomes = [];
        if (performance.IsClassifier)
            outcomes.Add(Watch("DDM", plain, new ErrorRateDetector(), losses));
        outcomes.Add(Watch(
            "Page–Hinkley, both directions", inDeviations, new PageHinkleyTwoSided(InDeviations), scaled));
        outcomes.Add(Watch("ADWIN", plain, new AdaptiveWindow(), scaled));
        return outcomes;

        DetectorOutcome Watch(string name, string stream, IStreamDetector detector, double[] values)
        {
            List<DetectorAlarm> alarms = [];
            var count = 0;
            for (var i = 0; i < values.Length; i++)
                if (detector.Add(values[i]) == DetectorState.Alarm && ++count <= MostAlarms)
                    alarms.Add(new DetectorAlarm(i, windows.Time.Text(rows[i])!, current.Contains(rows[i])));
            return new DetectorOutcome(name, stream, values.Length, count, alarms);
        }
    }
}
