namespace Mlops.Learning.Evaluation;

/// <summary>
/// Draws a long curve with few points: the first, the last, and again and again the point that lies
/// farthest from what is drawn so far (Ramer–Douglas–Peucker, stopped by count and not by distance), so
/// that corners and large steps stay.
/// </summary>
static class CurveThinning
{
    readonly record struct Segment(int From, int To, int Farthest, double Distance);

    /// <returns>At most <paramref name="most"/> of the points, in their order.</returns>
    public static IReadOnlyList<CurvePoint> Keep(IReadOnlyList<CurvePoint> points, int most)
    {
        if (points.Count <= most)
            return points;
        var kept = new SortedSet<int> { 0, points.Count - 1 };
        var open = new PriorityQueue<Segment, (double, int)>();
        Open(0, points.Count - 1);
        while (kept.Count < most && open.TryDequeue(out var segment, out _))
        {
            kept.Add(segment.Farthest);
            Open(segment.From, segment.Farthest);
            Open(segment.Farthest, segment.To);
        }
        return [.. kept.Select(index => points[index])];

        void Open(int from, int to)
        {
            var segment = Measure(points, from, to);
            if (segment.Distance > 0)
                open.Enqueue(segment, (-segment.Distance, from));
        }
    }

    static Segment Measure(IReadOnlyList<CurvePoint> points, int from, int to)
    {
        var segment = new Segment(from, to, from, 0);
        var (start, end) = (points[from], points[to]);
        var (dx, dy) = (end.X - start.X, end.Y - start.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        for (var i = from + 1; i < to; i++)
        {
            var (x, y) = (points[i].X - start.X, points[i].Y - start.Y);
            var distance = length == 0 ? Math.Sqrt(x * x + y * y) : Math.Abs(dx * y - dy * x) / length;
            if (distance > segment.Distance)
                segment = segment with { Farthest = i, Distance = distance };
        }
        return segment;
    }
}
