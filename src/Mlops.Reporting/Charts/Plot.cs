using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <summary>A scale from data to drawing along one axis.</summary>
/// <param name="Min">Lowest value shown.</param>
/// <param name="Max">Highest value shown; above <paramref name="Min"/>.</param>
sealed record Scale(double Min, double Max)
{
    /// <summary>Covers the values with room to breathe; a single value gets a unit around it.</summary>
    public static Scale Around(IEnumerable<double> values, double room = 0.05)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (min, max) = (finite.Min(), finite.Max());
        var span = max - min;
        if (!(span > Math.Abs(max) * 1e-12))
            span = Math.Max(Math.Abs(max), 1);
        return new Scale(min - (span * room), max + (span * room));
    }

    /// <summary>Round values inside the scale, about five of them.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var raw = (Max - Min) / 5;
        if (!double.IsFinite(raw) || raw <= 0)
            return [Min];
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= raw * 0.999) * power;
        var first = Math.Ceiling(Min / step);
        return [.. Enumerable.Range(0, 12).Select(i => (first + i) * step)
            .Where(tick => tick <= Max + (step * 1e-9))];
    }
}

/// <summary>A drawing with two axes: grid, ticks and names are drawn first, marks go on top.</summary>
sealed class Plot
{
    const double Left = 52;
    const double Right = 14;
    const double Top = 12;
    const double Bottom = 40;

    readonly Scale x;
    readonly Scale y;
    readonly double width;
    readonly double height;

    public Plot(double width, double height, Scale x, Scale y, string label)
    {
        (this.x, this.y, this.width, this.height) = (x, y, width, height);
        Svg = new Svg(width, height, label);
    }

    public Svg Svg { get; }

    public double X(double value) => Left + (Fraction(x, value) * (width - Left - Right));

    public double Y(double value) => height - Bottom - (Fraction(y, value) * (height - Top - Bottom));

    public double Floor => height - Bottom;

    public static double Ceiling => Top;

    public Plot Axes(string xName, string yName, bool xTicks = true)
    {
        foreach (var tick in y.Ticks())
            Svg.Line(Left, Y(tick), width - Right, Y(tick), Paint.Grid)
                .Text(Left - 6, Y(tick) + 4, Show.Brief(tick), Anchor.End, "t-muted");
        foreach (var tick in xTicks ? x.Ticks() : [])
            Svg.Line(X(tick), Floor, X(tick), Floor + 4, Paint.Axis)
                .Text(X(tick), Floor + 16, Show.Brief(tick), Anchor.Middle, "t-muted");
        Svg.Line(Left, Floor, width - Right, Floor, Paint.Axis)
            .Text((Left + width - Right) / 2, height - 6, xName, Anchor.Middle)
            .Text(Left, Top - 2, yName, Anchor.Start, "t-muted");
        return this;
    }

    public Plot Line(IEnumerable<(double X, double Y)> points, Paint paint)
    {
        Svg.Polyline(points.Select(point => (X(point.X), Y(point.Y))), paint);
        return this;
    }

    static double Fraction(Scale scale, double value) =>
        Math.Clamp((value - scale.Min) / (scale.Max - scale.Min), -0.02, 1.02);
}
