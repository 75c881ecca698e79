using Mlops.Learning.Monitoring;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <summary>One period of a metric.</summary>
/// <param name="Value">Null leaves a gap.</param>
/// <param name="Range">The value's interval, the band of the reference periods,
/// and whether it is an alarm.</param>
sealed record TimelinePoint(
    string Period, double? Value, long Rows, bool InReference, bool InCurrent, MetricRange? Range = null);

/// <summary>
/// One metric period by period, with both windows shaded and the reference level drawn through.
/// </summary>
static class Timeline
{
    const double Tall = 240;

    /// <param name="level">The metric over the whole reference window, where it is known.</param>
    public static Markup Draw(IReadOnlyList<TimelinePoint> points, double? level, string metric)
    {
        var known = points.Where(point => point.Value is { } v && double.IsFinite(v)).ToArray();
        var y = Scale.Around(
            [.. known.Select(point => point.Value!.Value), .. Ends(points),
                .. level is { } l ? [l] : Array.Empty<double>()],
            0.1);
        var plot = new Plot(720, Tall, new Scale(-0.5, Math.Max(0.5, points.Count - 0.5)), y,
            Label(known, level, metric));
        for (var i = 0; i < points.Count; i++)
            if (points[i].InReference || points[i].InCurrent)
                plot.Svg.Rect(plot.X(i - 0.5), Plot.Ceiling, plot.X(i + 0.5) - plot.X(i - 0.5),
                    plot.Floor - Plot.Ceiling,
                    points[i].InCurrent ? Paint.BandCurrent : Paint.Band);
        plot.Axes("period (shaded: reference window, then current window)", metric, xTicks: false);
        DrawBand(plot, points);
        if (level is { } reference)
            plot.Line([(-0.5, reference), (points.Count - 0.5, reference)], Paint.Guide);
        foreach (var stretch in Stretches(points))
            plot.Line(stretch, Paint.Line);
        foreach (var (point, i) in points.Select((point, i) => (point, i))
            .Where(pair => known.Contains(pair.point)))
            DrawPoint(plot, point, i);
        var every = Math.Max(1, (int)Math.Ceiling(points.Count / 12.0));
        for (var i = 0; i < points.Count; i += every)
            plot.Svg.Text(plot.X(i), plot.Floor + 16, points[i].Period, Anchor.Middle, "t-muted");
        return plot.Svg.Finish();
    }

    /// <summary>What the axis must have room for; a band that is much wider than the values is cut.</summary>
    static IEnumerable<double> Ends(IReadOnlyList<TimelinePoint> points) => points
        .SelectMany(point =>
            new[] { point.Range?.Low, point.Range?.High, point.Range?.BandLow, point.Range?.BandHigh })
        .OfType<double>().Where(double.IsFinite);

    /// <summary>The edges of the band as steps: each period has its own.</summary>
    static void DrawBand(Plot plot, IReadOnlyList<TimelinePoint> points)
    {
        for (var i = 0; i < points.Count; i++)
            foreach (var edge in new[] { points[i].Range?.BandLow, points[i].Range?.BandHigh })
                if (edge is { } at && double.IsFinite(at))
                    plot.Line([(i - 0.5, at), (i + 0.5, at)], Paint.Second);
    }

    static void DrawPoint(Plot plot, TimelinePoint point, int i)
    {
        if (point.Range is { Low: { } low, High: { } high })
            plot.Line([(i, low), (i, high)], Paint.Whisker);
        if (point.Range?.IsAlarm == true)
            plot.Svg.Dot(plot.X(i), plot.Y(point.Value!.Value), 6, Paint.Current);
        plot.Svg.Dot(plot.X(i), plot.Y(point.Value!.Value), 3, Paint.Dot);
    }

    /// <summary>Runs of neighbouring periods that have a value; a single one is a dot, not a line.</summary>
    static IEnumerable<(double X, double Y)[]> Stretches(IReadOnlyList<TimelinePoint> points)
    {
        var run = new List<(double, double)>();
        for (var i = 0; i <= points.Count; i++)
        {
            if (i < points.Count && points[i].Value is { } value && double.IsFinite(value))
            {
                run.Add((i, value));
                continue;
            }
            if (run.Count > 1)
                yield return [.. run];
            run.Clear();
        }
    }

    static string Label(TimelinePoint[] known, double? level, string metric) => known.Length == 0
        ? $"{metric} by period: no values"
        : $"{metric} by period from {known[0].Period} ({Show.Number(known[0].Value)}) to {known[^1].Period} "
            + $"({Show.Number(known[^1].Value)}); reference window {Show.Number(level)}";
}
