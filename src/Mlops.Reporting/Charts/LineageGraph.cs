using Mlops.Engine;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Charts;

/// <param name="Layer">The lowest is leftmost.</param>
/// <param name="Digest">Short digest, or what stands in for one; null where the node was not reached.</param>
/// <param name="From">Ids of the nodes it was made from, all in lower layers.</param>
sealed record LineageNode(
    string Id, int Layer, string Kind, string Name, string? Digest, bool Reached, IReadOnlyList<string> From);

/// <summary>Left to right: what was made from what, each node with its kind, name and digest.</summary>
static class LineageGraph
{
    const double Wide = 132;
    const double Tall = 50;
    const double GapX = 26;
    const double GapY = 14;

    public static Markup Draw(IReadOnlyList<LineageNode> nodes)
    {
        var layers = nodes.GroupBy(node => node.Layer).OrderBy(layer => layer.Key).ToArray();
        var most = layers.Max(layer => layer.Count());
        var height = (most * (Tall + GapY)) + GapY;
        var places = new Dictionary<string, (double X, double Y)>(StringComparer.Ordinal);
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
            foreach (var (node, j) in layer.Select((node, j) => (node, j)))
                places[node.Id] = (1 + (i * (Wide + GapX)), (height / 2)
                    + ((j - (layer.Count() / 2.0)) * (Tall + GapY)) + (GapY / 2));
        var svg = new Svg((layers.Length * (Wide + GapX)) - GapX + 2, height, Label(nodes), "chart wide");
        foreach (var node in nodes)
            foreach (var from in node.From)
                Edge(svg, places[from], places[node.Id], node.Reached);
        foreach (var node in nodes)
            Box(svg, node, places[node.Id]);
        return svg.Finish();
    }

    static void Box(Svg svg, LineageNode node, (double X, double Y) at) =>
        svg.Rect(at.X, at.Y, Wide, Tall, node.Reached ? Paint.Node : Paint.Absent, 5)
            .Text(at.X + 8, at.Y + 14, node.Kind, Anchor.Start, "t-muted")
            .Text(at.X + 8, at.Y + 28, Middle(node.Name, 17), Anchor.Start, "t-strong")
            .Text(at.X + 8, at.Y + 42, node.Digest ?? "not reached", Anchor.Start, "t-mono");

    static void Edge(Svg svg, (double X, double Y) from, (double X, double Y) to, bool reached)
    {
        var (x1, y1, x2, y2) = (from.X + Wide, from.Y + (Tall / 2), to.X, to.Y + (Tall / 2));
        var bend = Math.Min(GapX, x2 - x1) * 0.6;
        svg.Path($"M{Svg.N(x1)} {Svg.N(y1)}C{Svg.N(x1 + bend)} {Svg.N(y1)} {Svg.N(x2 - bend)} {Svg.N(y2)} "
            + $"{Svg.N(x2)} {Svg.N(y2)}", reached ? Paint.Axis : Paint.Guide);
        svg.Path($"M{Svg.N(x2 - 5)} {Svg.N(y2 - 3)}L{Svg.N(x2)} {Svg.N(y2)}L{Svg.N(x2 - 5)} {Svg.N(y2 + 3)}",
            Paint.Axis);
    }

    /// <summary>File names differ at their ends, so what is too long loses its middle.</summary>
    static string Middle(string text, int longest) => text.Length <= longest
        ? text
        : string.Concat(text.AsSpan(0, longest / 2), "…", text.AsSpan(text.Length - (longest / 2)));

    static string Label(IReadOnlyList<LineageNode> nodes) =>
        $"Lineage from {Counted.Plain(nodes.Count(node => node.From.Count == 0), "source", "sources")} "
            + $"to this report, {Counted.Plain(nodes.Count(node => !node.Reached), "node", "nodes")} not "
            + "reached; the table below says the same";
}
