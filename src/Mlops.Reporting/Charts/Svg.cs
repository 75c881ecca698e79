using System.Globalization;
using System.Text;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <summary>
/// How a shape looks: a class that the style sheet colours for each theme, and presentation attributes that
/// stand in for it wherever style sheets are taken away.
/// </summary>
readonly record struct Paint(string Attributes)
{
    public static Paint Reference { get; } = new("class=\"p-ref\" fill=\"#7a93b3\"");
    public static Paint Current { get; } =
        new("class=\"p-cur\" fill=\"none\" stroke=\"#a8480b\" stroke-width=\"1.5\"");
    public static Paint Bar { get; } = new("class=\"p-bar\" fill=\"#5b82ad\"");
    public static Paint Line { get; } = new(
        "class=\"p-line\" fill=\"none\" stroke=\"#1d5a96\" stroke-width=\"2\"");
    public static Paint Second { get; } = new(
        "class=\"p-second\" fill=\"none\" stroke=\"#a8480b\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"");
    public static Paint Dot { get; } = new("class=\"p-dot\" fill=\"#1d5a96\"");
    public static Paint Whisker { get; } = new(
        "class=\"p-whisker\" fill=\"none\" stroke=\"#1c2127\" stroke-width=\"1\"");
    public static Paint Guide { get; } = new(
        "class=\"p-guide\" fill=\"none\" stroke=\"#6b737d\" stroke-width=\"1\" stroke-dasharray=\"4 3\"");
    public static Paint Axis { get; } = new(
        "class=\"p-axis\" fill=\"none\" stroke=\"#6b737d\" stroke-width=\"1\"");
    public static Paint Grid { get; } = new(
        "class=\"p-grid\" fill=\"none\" stroke=\"#e2e5e9\" stroke-width=\"1\"");
    public static Paint Band { get; } = new("class=\"p-band\" fill=\"#e9eef5\"");
    public static Paint BandCurrent { get; } = new("class=\"p-band2\" fill=\"#fbeedd\"");
    public static Paint Node { get; } = new(
        "class=\"p-node\" fill=\"#ffffff\" stroke=\"#6b737d\" stroke-width=\"1\"");
    public static Paint Absent { get; } = new(
        "class=\"p-absent\" fill=\"none\" stroke=\"#6b737d\" stroke-width=\"1\" stroke-dasharray=\"3 3\"");
}

enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Writes one drawing. Every number is invariant and rounded, every text escaped.</summary>
sealed class Svg
{
    readonly StringBuilder text = new();

    /// <param name="label">What the drawing shows and finds, for those who do not see it.</param>
    public Svg(double width, double height, string label, string look = "chart")
    {
        text.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"{look}\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} "
            + $"{N(height)}\"");
        text.Append(CultureInfo.InvariantCulture,
            $" role=\"img\" aria-label=\"{VisibleText.Encode(label, 1000)}\" font-size=\"11\">");
    }

    public static string N(double number)
    {
        var rounded = Math.Round(number, 1, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    public Svg Rect(double x, double y, double width, double height, Paint paint, double radius = 0)
    {
        text.Append("<rect ").Append(paint.Attributes)
            .Append(Attribute("x", x)).Append(Attribute("y", y))
            .Append(Attribute("width", Math.Max(0, width))).Append(Attribute("height", Math.Max(0, height)));
        if (radius > 0)
            text.Append(Attribute("rx", radius));
        text.Append("/>");
        return this;
    }

    public Svg Line(double x1, double y1, double x2, double y2, Paint paint) =>
        Path($"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}", paint);

    public Svg Polyline(IEnumerable<(double X, double Y)> points, Paint paint) =>
        Path("M" + string.Join('L', points.Select(point => $"{N(point.X)} {N(point.Y)}")), paint);

    /// <param name="data">Path data made of <see cref="N"/> and letters only.</param>
    public Svg Path(string data, Paint paint)
    {
        text.Append("<path ").Append(paint.Attributes).Append(" d=\"").Append(data).Append("\"/>");
        return this;
    }

    public Svg Dot(double x, double y, double radius, Paint paint)
    {
        text.Append("<circle ").Append(paint.Attributes)
            .Append(Attribute("cx", x)).Append(Attribute("cy", y)).Append(Attribute("r", radius))
            .Append("/>");
        return this;
    }

    /// <param name="look">"t" for text, "t-muted", "t-strong", "t-mono".</param>
    public Svg Text(double x, double y, string content, Anchor anchor = Anchor.Start, string look = "t")
    {
        text.Append("<text class=\"").Append(look).Append('"').Append(Attribute("x", x))
            .Append(Attribute("y", y));
        if (anchor != Anchor.Start)
            text.Append(anchor == Anchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        text.Append(look == "t-muted" ? " fill=\"#59616b\">" : " fill=\"#1c2127\">")
            .Append(VisibleText.Encode(content)).Append("</text>");
        return this;
    }

    public Markup Finish() => new(text.ToString() + "</svg>");

    static string Attribute(string name, double number) => $" {name}=\"{N(number)}\"";
}
