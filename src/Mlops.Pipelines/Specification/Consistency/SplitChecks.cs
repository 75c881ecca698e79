using Mlops.Data.Splitting;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification.Sections;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Each key of <c>split</c> has an effect, and the method has what it needs.</summary>
static class SplitChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        if (!checks.IsSound("split.method"))
            return;
        var split = pipeline.Split;
        CheckNeeds(pipeline, checks);
        if (split.At is not null && split.HoldoutShare is not null)
            checks.Contradiction(
                "split.at", "The holdout is given twice", "either at or holdout-share", "both");
        if (split.At is not null && split.Method != SplitMethod.Time)
            NoEffect("at", "time");
        if (split.Method is SplitMethod.Random or SplitMethod.Interleaved && split.Column is not null)
            NoEffect("column", "group, time or stratified");
        if (split.Method is SplitMethod.Time or SplitMethod.Interleaved
            && split.Seed != SplitSection.DefaultSeed)
            NoEffect("seed", "random, stratified or group");

        void NoEffect(string key, string methods) => checks.Contradiction($"split.{key}",
            $"'{key}' has no effect with this method", $"method {methods}", SplitSection.Name(split.Method),
            "remove it or change the method");
    }

    static void CheckNeeds(PipelineSpecification pipeline, CrossChecks checks)
    {
        var split = pipeline.Split;
        if (split is { Method: SplitMethod.Time, Column: null })
            checks.Contradiction(
                "split.method", "A split by time needs a time column", "data.time or split.column",
                "neither", "add 'time:' to data");
        else if (split is { Method: SplitMethod.Group, Column: null })
            checks.Contradiction("split.method", "A split by group needs a column", "split.column", "none",
                "add 'column:' to split");
        else if (split.Method == SplitMethod.Stratified && split.Column == pipeline.Train.Label
            && pipeline.Train.Task == LearningTask.Regression && checks.IsSound("train.task"))
            checks.Contradiction(
                "split.method", "Rows cannot be stratified by a number", "split.column, a category",
                "the label of a regression", "name a column, or split at random");
    }
}
