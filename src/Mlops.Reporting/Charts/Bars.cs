using System.Text;
using Mlops.Data.Drift;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <summary>Histograms, pairs of them, and bars inside table cells.</summary>
static class Bars
{
    /// <summary>
    /// The shape of a column, for a table cell. All bars are one path, so a thousand rows stay small.
    /// </summary>
    public static Markup Shape(IReadOnlyList<long> counts, string label)
    {
        const double wide = 104, tall = 26;
        return new Svg(wide, tall, label, "spark")
            .Path(Columns(Shares(counts), 0, wide, tall, tall - 1), Paint.Bar)
            .Line(0, tall - 0.5, wide, tall - 0.5, Paint.Axis)
            .Finish();
    }

    /// <summary>Reference filled, current outlined, on common bins, for a table cell.</summary>
    public static Markup Pair(IReadOnlyList<DriftBin> bins, string label)
    {
        const double wide = 116, tall = 30;
        var (reference, current) = (Shares([.. bins.Select(bin => bin.Reference)]),
            Shares([.. bins.Select(bin => bin.Current)]));
        var most = reference.Concat(current).DefaultIfEmpty(1).Max();
        return new Svg(wide, tall, label, "spark")
            .Path(Columns(reference, most, wide, tall, tall - 2), Paint.Reference)
            .Path(Outline(current, most, wide, tall, tall - 2), Paint.Current)
            .Finish();
    }

    /// <summary>The same pair with names, shares and an axis.</summary>
    public static Markup PairInFull(IReadOnlyList<DriftBin> bins, string label)
    {
        const double left = 150, wide = 250, row = 17;
        var (reference, current) = (Shares([.. bins.Select(bin => bin.Reference)]),
            Shares([.. bins.Select(bin => bin.Current)]));
        var most = Math.Max(1e-9, reference.Concat(current).DefaultIfEmpty(1).Max());
        var svg = new Svg(left + wide + 125, (row * bins.Count) + 22, label);
        svg.Text(left + wide + 8, 11, "reference → current", Anchor.Start, "t-muted");
        for (var i = 0; i < bins.Count; i++)
        {
            var y = 18 + (row * i);
            svg.Text(left - 8, y + 11, Short(bins[i].Label, 22), Anchor.End)
                .Rect(left, y + 1, wide * reference[i] / most, row - 4, Paint.Reference)
                .Rect(left, y + 1, wide * current[i] / most, row - 4, Paint.Current)
                .Text(
                    left + wide + 8, y + 11, $"{Show.Percent(reference[i])} → {Show.Percent(current[i])}");
        }
        return svg.Finish();
    }

    /// <summary>One value with its spread as a bar, negative to the left of zero.</summary>
    public static Markup Value(double value, double spread, Scale scale, string label, double wide = 220)
    {
        const double tall = 18;
        double At(double v) => 2 + ((wide - 4) * Math.Clamp((v - scale.Min) / (scale.Max - scale.Min), 0, 1));
        var svg = new Svg(wide, tall, label, "spark")
            .Rect(Math.Min(At(0), At(value)), 3, Math.Abs(At(value) - At(0)), tall - 6, Paint.Bar);
        if (spread > 0)
            svg.Line(At(value - spread), tall / 2, At(value + spread), tall / 2, Paint.Whisker)
                .Line(At(value - spread), 6, At(value - spread), 12, Paint.Whisker)
                .Line(At(value + spread), 6, At(value + spread), 12, Paint.Whisker);
        return svg.Line(At(0), 0, At(0), tall, Paint.Axis).Finish();
    }

    /// <summary>
    /// Counts over equal-width bins from <paramref name="min"/> to <paramref name="max"/>, zero marked.
    /// </summary>
    public static Markup Histogram(IReadOnlyList<long> counts, double min, double max, string xName,
        string label)
    {
        var y = new Scale(0, Math.Max(1, counts.DefaultIfEmpty(1).Max()) * 1.05);
        var x = max > min ? new Scale(min, max) : Scale.Around([min]);
        var plot = new Plot(340, 300, x, y, label).Axes(xName, "rows");
        var step = (x.Max - x.Min) / Math.Max(1, counts.Count);
        for (var i = 0; i < counts.Count; i++)
        {
            var (from, to) = (plot.X(x.Min + (i * step)), plot.X(x.Min + ((i + 1) * step)));
            plot.Svg.Rect(from + 0.5, plot.Y(counts[i]), to - from - 1, plot.Floor - plot.Y(counts[i]),
                Paint.Bar);
        }
        if (x.Min < 0 && x.Max > 0)
            plot.Svg.Line(plot.X(0), Plot.Ceiling, plot.X(0), plot.Floor, Paint.Guide);
        return plot.Svg.Finish();
    }

    internal static string Short(string text, int longest) =>
        text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");

    static double[] Shares(IReadOnlyList<long> counts)
    {
        var all = (double)Math.Max(1, counts.Sum());
        return [.. counts.Select(count => count / all)];
    }

    static string Columns(double[] shares, double most, double wide, double tall, double room)
    {
        var top = Math.Max(1e-12, Math.Max(most, shares.DefaultIfEmpty(1).Max()));
        var step = wide / Math.Max(1, shares.Length);
        var path = new StringBuilder();
        for (var i = 0; i < shares.Length; i++)
            if (shares[i] > 0)
                path.Append('M').Append(Svg.N(i * step)).Append(' ').Append(Svg.N(tall))
                    .Append('V').Append(Svg.N(tall - Math.Max(1, room * shares[i] / top)))
                    .Append('h').Append(Svg.N(Math.Max(0.5, step - (step > 3 ? 1 : 0))))
                    .Append('V').Append(Svg.N(tall)).Append('Z');
        return path.Length == 0 ? "M0 0" : path.ToString();
    }

    static string Outline(double[] shares, double most, double wide, double tall, double room)
    {
        var step = wide / Math.Max(1, shares.Length);
        var path = new StringBuilder("M0 ").Append(Svg.N(tall - 1));
        for (var i = 0; i < shares.Length; i++)
            path.Append('V').Append(Svg.N(tall - 1 - (room * shares[i] / Math.Max(1e-12, most))))
                .Append('H').Append(Svg.N((i + 1) * step));
        return path.Append('V').Append(Svg.N(tall - 1)).ToString();
    }
}
