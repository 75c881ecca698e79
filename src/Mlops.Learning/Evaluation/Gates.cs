using Mlops.Engine;

namespace Mlops.Learning.Evaluation;

/// <summary>Judges each condition of each gate by itself, in words.</summary>
static class Gates
{
    /// <param name="noChampion">Why a metric has no value of the champion's, in words.</param>
    public static IReadOnlyList<GateOutcome> Judge(
        IReadOnlyList<Gate> gates, IReadOnlyList<MetricValue> metrics, IReadOnlyList<SliceMetrics> slices,
        string noChampion) =>
        [.. gates.SelectMany(gate =>
            Judge(gate, metrics.First(metric => metric.Name == gate.Metric), slices, noChampion))];

    static IEnumerable<GateOutcome> Judge(
        Gate gate, MetricValue metric, IReadOnlyList<SliceMetrics> slices, string noChampion)
    {
        foreach (var bound in Bounds(gate))
        {
            yield return metric.Value is { } value
                ? new GateOutcome(gate.Metric, bound.Holds(value), $"{gate.Metric} {bound.Say(value)}")
                : Undefined(gate.Metric);
            if (gate.EverySlice)
                yield return EverySlice(gate.Metric, bound, slices);
        }
        if (gate.BeatsBaseline)
            yield return BeatsBaseline(metric);
        if (gate.ChampionTolerance is { } tolerance)
            yield return KeepsUp(metric, tolerance, noChampion);
    }

    static IEnumerable<Bound> Bounds(Gate gate)
    {
        if (gate.Min is { } min)
            yield return new Bound(min, IsMin: true);
        if (gate.Max is { } max)
            yield return new Bound(max, IsMin: false);
    }

    static GateOutcome EverySlice(string metric, Bound bound, IReadOnlyList<SliceMetrics> slices)
    {
        var judged = slices
            .Where(slice => !slice.IsSmall)
            .Select(slice => (Slice: slice, Value: slice.Metrics.First(other => other.Name == metric).Value))
            .Where(slice => slice.Value is not null)
            .ToList();
        if (judged.Count == 0)
            return new GateOutcome(metric, false, NoSlice(metric, bound, slices.Count), NotRun: true);
        var broken = judged.Where(slice => !bound.Holds(slice.Value!.Value))
            .OrderBy(slice => bound.IsMin ? slice.Value : -slice.Value)
            .ToList();
        var left = slices.Count - judged.Count;
        var unjudged = left == 0
            ? ""
            : $"; {left} of {Slices(slices.Count)}, too small or undefined, not judged";
        if (broken.Count == 0)
            return new GateOutcome(
                metric, true, $"{metric} {bound.Asked} in each of {Slices(judged.Count)}{unjudged}");
        var (worst, value) = broken[0];
        var others = broken.Count - 1;
        var more = others == 0
            ? "" : $" and breaks in {Counted.Plain(others, "more slice", "more slices")}";
        var where = $"where {worst.Column} is {worst.Value}";
        return new GateOutcome(metric, false, $"{metric} {bound.Say(value!.Value)} {where}{more}{unjudged}");
    }

    static string Slices(int count) => Counted.Plain(count, "slice", "slices");

    static string NoSlice(string metric, Bound bound, int slices) =>
        $"{metric} {bound.Asked} was judged in none of {Slices(slices)}: "
        + $"they are too small (fewer than {SliceMetrics.MinRows} rows) or {metric} is not defined in them";

    static GateOutcome BeatsBaseline(MetricValue metric)
    {
        if (metric.Value is not { } value)
            return Undefined(metric.Name);
        if (metric.Baseline is not { } baseline)
            return new GateOutcome(metric.Name, true,
                $"{metric.Name} {MetricText.Of(value)}: the naive baseline has none", NotRun: true);
        var better = Loss(metric, value) < Loss(metric, baseline);
        return new GateOutcome(metric.Name, better, string.Concat(
            $"{metric.Name} {MetricText.Of(value, baseline)} ", better ? "beats" : "does not beat",
            $" the naive baseline's {MetricText.Of(baseline, value)}"));
    }

    static GateOutcome KeepsUp(MetricValue metric, double tolerance, string noChampion)
    {
        if (metric.Value is not { } value)
            return Undefined(metric.Name);
        if (metric.Champion is not { } champion)
            return new GateOutcome(
                metric.Name, true, $"{metric.Name} {MetricText.Of(value)}: {noChampion}", NotRun: true);
        var worsening = Loss(metric, value) - Loss(metric, champion);
        var passed = worsening <= tolerance;
        return new GateOutcome(metric.Name, passed, string.Join("",
            $"{metric.Name} {MetricText.Of(value, champion)} against ",
            $"the champion's {MetricText.Of(champion, value)}: ",
            worsening <= 0 ? "not worse" : $"worse by {MetricText.Of(worsening, tolerance)}",
            passed ? " (at most " : ", more than ", MetricText.Exact(tolerance), passed ? " asked)" : ""));
    }

    static double Loss(MetricValue metric, double value) =>
        MetricLoss.Of(metric.Name, metric.HigherIsBetter, value);

    static GateOutcome Undefined(string metric) =>
        new(metric, false,
            $"{metric} is not defined on the holdout: there are no such rows or only one class",
            NotRun: true);

    sealed record Bound(double Limit, bool IsMin)
    {
        public string Asked => $"{(IsMin ? "≥" : "≤")} {MetricText.Exact(Limit)}";

        public bool Holds(double value) => IsMin ? value >= Limit : value <= Limit;

        public string Say(double value) => (Holds(value), IsMin) switch
        {
            (true, _) => $"{MetricText.Of(value, Limit)} {Asked}",
            (_, true) => $"{MetricText.Of(value, Limit)} is below {MetricText.Exact(Limit)}",
            _ => $"{MetricText.Of(value, Limit)} is above {MetricText.Exact(Limit)}",
        };
    }
}
