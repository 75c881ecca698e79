using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <summary>Checks what an evaluation asks for before anything is scored.</summary>
static class MetricSelection
{
    /// <returns>The metrics that are asked for, in that order, then the others of the task.</returns>
    /// <exception cref="ProblemException">
    /// A metric is unknown or of another task (EVAL-001), a gate asks nothing (EVAL-002), a gate asks for
    /// every slice without any (EVAL-003), or a slice column is not in the table (EVAL-004):
    /// all of them at once.
    /// </exception>
    public static IReadOnlyList<MetricDescription> Choose(
        EvaluateSpecification evaluate, LearningTask task, IReadOnlyList<string> columns)
    {
        var known = MetricCatalog.Of(task);
        List<Problem> problems =
        [
            .. evaluate.Metrics
                .Select(name => Unknown(name, "evaluate.metrics", task, known)).OfType<Problem>(),
            .. evaluate.Gates.SelectMany(gate => Faults(gate, evaluate, task, known)),
            .. evaluate.Slices.Where(slice => !columns.Contains(slice))
                .Select(slice => NoColumn(slice, columns)),
        ];
        if (problems.Count > 0)
            throw new ProblemException(problems);
        var asked = evaluate.Metrics.Distinct()
            .Select(name => known.First(metric => metric.Name == name)).ToList();
        return [.. asked, .. known.Except(asked)];
    }

    static IEnumerable<Problem> Faults(
        Gate gate, EvaluateSpecification evaluate, LearningTask task, IReadOnlyList<MetricDescription> known)
    {
        if (Unknown(gate.Metric, "evaluate.gates", task, known) is { } unknown)
            yield return unknown;
        var bounded = gate.Min is not null || gate.Max is not null;
        if (!bounded && !gate.BeatsBaseline && gate.ChampionTolerance is null)
            yield return new Problem("EVAL-002", $"The gate on '{gate.Metric}' asks nothing.",
                Expected: "min, max, beats-baseline or champion-tolerance",
                Next: "Say under evaluate.gates what the metric must reach.");
        if (gate.EverySlice && bounded && evaluate.Slices.Count == 0)
            yield return new Problem(
                "EVAL-003", $"The gate on '{gate.Metric}' asks for every slice, but there is none.",
                Next: "Name columns under evaluate.slices, or drop every-slice.");
        if (gate.EverySlice && !bounded)
            yield return new Problem("EVAL-002", $"The gate on '{gate.Metric}' asks nothing of the slices.",
                Expected: "min or max beside every-slice");
    }

    static Problem? Unknown(
        string name, string where, LearningTask task, IReadOnlyList<MetricDescription> known) =>
        known.Any(metric => metric.Name == name) ? null : new Problem(
            "EVAL-001",
            MetricCatalog.All.Any(metric => metric.Name == name)
                ? $"'{name}' is not a metric of a {task.ToString().ToLowerInvariant()} model."
                : $"There is no metric '{name}'.",
            Expected: NearestNames.Perhaps(name, known.Select(metric => metric.Name)),
            Next: $"Name one of {string.Join(", ", known.Select(metric => metric.Name))} under {where}.");

    static Problem NoColumn(string slice, IReadOnlyList<string> columns) => new(
        "EVAL-004", $"There is no column '{slice}' to slice by.",
        Expected: NearestNames.Perhaps(slice, columns), Next: "Correct evaluate.slices.");
}
