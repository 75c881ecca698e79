using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Trainer, metrics and gates suit what is learnt.</summary>
static class LearningChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        if (checks.IsSound("train.task"))
            CheckTask(pipeline, checks);
        for (var i = 0; i < pipeline.Evaluate.Gates.Count; i++)
            CheckGate(pipeline.Evaluate, pipeline.Evaluate.Gates[i], $"evaluate.gates[{i}]", checks);
    }

    static void CheckTask(PipelineSpecification pipeline, CrossChecks checks)
    {
        var learnt = pipeline.Train.Task;
        var said = learnt.ToString().ToLowerInvariant();
        var trainer = pipeline.Train.Trainer.Name;
        if (TrainerCatalog.Find(trainer) is { } description && !description.Tasks.Contains(learnt))
            checks.Unknown("train.trainer", $"{trainer} cannot learn a {said} task",
                TrainerCatalog.All.Where(other => other.Tasks.Contains(learnt)).Select(other => other.Name));
        if (pipeline.Train.Positive is not null && learnt != LearningTask.Binary)
            checks.Contradiction(
                "train.positive", "Only a binary task has a positive label", "task binary", said,
                "remove it or change the task");
        string[] known = [.. MetricCatalog.Of(learnt).Select(metric => metric.Name)];
        foreach (var metric in pipeline.Evaluate.Metrics.Where(metric => !known.Contains(metric)))
            checks.Unknown(checks.PathOfItem("evaluate.metrics", metric),
                $"'{metric}' does not measure a {said} task", known, metric);
    }

    static void CheckGate(EvaluateSpecification evaluate, Gate gate, string path, CrossChecks checks)
    {
        if (checks.IsSound("evaluate.metrics") && checks.IsSound("train.task")
            && !evaluate.Metrics.Contains(gate.Metric))
            checks.Unknown(path + ".metric", $"The gate asks for '{gate.Metric}', which is not measured",
                evaluate.Metrics, gate.Metric);
        var bounded = (gate.Min ?? gate.Max) is not null;
        if (!bounded && !gate.BeatsBaseline && gate.ChampionTolerance is null)
            checks.Contradiction(path, "The gate lets everything pass",
                "min, max, beats-baseline or champion-tolerance", "none of them");
        if (gate.Min > gate.Max)
            checks.Contradiction(path, "The gate lets nothing pass", "min of at most max",
                FormattableString.Invariant($"min {gate.Min}, max {gate.Max}"));
        if (gate.EverySlice && (!bounded || evaluate.Slices.Count == 0))
            checks.Contradiction(path + ".every-slice", "There is nothing to hold for every slice",
                "min or max, and evaluate.slices", bounded ? "no slices" : "neither min nor max");
    }
}
