using System.Globalization;
using System.Net;
using System.Text;

namespace Mlops.Targets;

/// <summary>
/// The plan as one page that needs nothing else: the targets as a graph, then what stands behind them.
/// </summary>
static class PlanPage
{
    const int ColumnWidth = 190;
    const int RowHeight = 52;
    const int BoxWidth = 150;
    const int BoxHeight = 32;
    const int Margin = 16;

    const string Style =
        """
        body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
        svg { max-width: 100%; height: auto } text { font: 13px system-ui, sans-serif; fill: #222 }
        rect { fill: #eef3fb; stroke: #4a6fa5 } .asked rect { stroke-width: 2.5 }
        .skipped rect { fill: #f4f4f4; stroke: #aaa; stroke-dasharray: 4 3 } .skipped text { fill: #777 }
        path { fill: none; stroke: #4a6fa5 }
        path.order { stroke-dasharray: 4 3 } path.trigger { stroke: #b5651d }
        table { border-collapse: collapse }
        td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }
        pre { overflow-x: auto }
        """;

    /// <param name="details">What the build says of what stands behind the targets; may be empty.</param>
    public static void Write(AbsolutePath file, IReadOnlyList<ExecutableTarget> plan, string details) =>
        file.WriteAllText(Html(plan, details));

    public static string Html(IReadOnlyList<ExecutableTarget> plan, string details)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Plan</title>\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n")
            .Append(Style).Append("\n</style>\n");
        page.Append("<h1>What would run</h1>\n");
        AppendGraph(page, plan);
        page.Append("<p>A line leads from what runs before to what runs after: solid where it is needed, ")
            .Append("dashed where it is order alone, brown where one triggers the other. ")
            .Append("A dashed box is skipped.</p>\n");
        AppendTable(page, plan);
        if (details.Length > 0)
            page.Append("<h2>Behind the targets</h2>\n<pre>").Append(Text(details)).Append("</pre>\n");
        return page.Append("</html>\n").ToString();
    }

    static void AppendGraph(StringBuilder page, IReadOnlyList<ExecutableTarget> plan)
    {
        var places = Places(plan);
        var width = (places.Values.Select(place => place.Column).DefaultIfEmpty(0).Max() + 1) * ColumnWidth;
        var rows = places.Values.Select(place => place.Row).DefaultIfEmpty(0).Max() + 1;
        var height = rows * RowHeight + Margin;
        page.Append(Invariant($"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\" "))
            .Append("aria-label=\"Graph of the targets\">\n");
        foreach (var target in plan)
            foreach (var predecessor in target.Predecessors.Where(places.ContainsKey))
                page.Append(Edge(KindOf(target, predecessor), places[predecessor], places[target]));
        foreach (var target in plan)
            page.Append(Box(target, places[target]));
        page.Append("</svg>\n");
    }

    /// <summary>A target stands one column right of the last of what comes before it.</summary>
    static Dictionary<ExecutableTarget, Place> Places(IReadOnlyList<ExecutableTarget> plan)
    {
        var places = new Dictionary<ExecutableTarget, Place>(plan.Count);
        var rows = new List<int>();
        foreach (var target in plan)
        {
            var column = target.Predecessors.Where(places.ContainsKey)
                .Select(predecessor => places[predecessor].Column + 1).DefaultIfEmpty(0).Max();
            if (column == rows.Count)
                rows.Add(0);
            places[target] = new Place(column, rows[column]++);
        }
        return places;
    }

    static string KindOf(ExecutableTarget target, ExecutableTarget predecessor) =>
        target.DependencyList.Contains(predecessor) ? "need"
        : target.TriggerDependencyList.Contains(predecessor) ? "trigger" : "order";

    static string Edge(string kind, Place from, Place to)
    {
        var (x1, y1) = (from.Left + BoxWidth, from.Middle);
        var bend = (to.Left - x1) / 2;
        return Invariant($"<path class=\"{kind}\" d=\"M{x1} {y1}")
            + Invariant($"C{x1 + bend} {y1} {to.Left - bend} {to.Middle} {to.Left} {to.Middle}\"/>\n");
    }

    static string Box(ExecutableTarget target, Place place)
    {
        var kind = target.Status == ExecutionStatus.Skipped ? "skipped" : target.Invoked ? "asked" : "needed";
        var title = Text(PlanText.NoteOf(target) ?? target.Description ?? "");
        return $"<g class=\"{kind}\"><title>{title}</title>"
            + Invariant($"<rect x=\"{place.Left}\" y=\"{place.Top}\" ")
            + Invariant($"width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"5\"/>")
            + Invariant(
                $"<text x=\"{place.Left + 10}\" y=\"{place.Middle + 5}\">{Text(target.Name)}</text></g>\n");
    }

    static void AppendTable(StringBuilder page, IReadOnlyList<ExecutableTarget> plan)
    {
        page.Append("<table>\n<tr><th>Target<th>Does<th>Note\n");
        foreach (var target in plan)
            page.Append($"<tr><td>{Text(target.Name)}<td>{Text(target.Description ?? "")}")
                .Append($"<td>{Text(PlanText.NoteOf(target) ?? "")}\n");
        page.Append("</table>\n");
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    readonly record struct Place(int Column, int Row)
    {
        public int Left => Column * ColumnWidth + Margin;

        public int Top => Row * RowHeight + Margin;

        public int Middle => Top + BoxHeight / 2;
    }
}
