using Mlops.Engine;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>What no single field can know: whether the sections fit each other.</summary>
sealed class CrossChecks(Reading reading)
{
    readonly List<Problem> found = [];

    /// <summary>Checks a pipeline whose fields were read; what was already reported is left alone.</summary>
    public static void Run(PipelineSpecification pipeline, Reading reading)
    {
        var checks = new CrossChecks(reading);
        StepChecks.Run(pipeline, checks);
        if (pipeline.Learns)
            CheckLearning(pipeline, checks);
        checks.found.ForEach(reading.Report);
    }

    static void CheckLearning(PipelineSpecification pipeline, CrossChecks checks)
    {
        RoleChecks.Run(pipeline, checks);
        ReferenceChecks.Run(pipeline, checks);
        ValidationChecks.Run(pipeline, checks);
        SplitChecks.Run(pipeline, checks);
        LearningChecks.Run(pipeline, checks);
        SweepChecks.Run(pipeline, checks);
        MonitorChecks.Run(pipeline, checks);
        RedactionChecks.Run(pipeline, checks);
    }

    public bool IsSound(string path) => reading.IsSound(path);

    public string PathOfItem(string list, string text) => reading.PathOfItem(list, text);

    public bool IsWritten(string path) => reading.IsWritten(path);

    /// <summary>A name that nothing has (YAML-010).</summary>
    public void Unknown(string path, string what, IEnumerable<string> known, string? actual = null)
    {
        string[] names = [.. known];
        var hint = actual is null ? "" : NearestNames.Hint(actual, names);
        Report("YAML-010", path, what, names.Length == 0 ? null : "one of " + string.Join(", ", names), null,
            hint.Length > 0 ? hint : null);
    }

    /// <summary>Two things that cannot both be meant (YAML-011).</summary>
    public void Contradiction(
        string path, string what, string expected, string? actual = null, string? next = null) =>
        Report("YAML-011", path, what, expected, actual, next);

    void Report(string id, string path, string what, string? expected, string? actual, string? next)
    {
        if (reading.IsSound(path))
            found.Add(new Problem(
                id, what, reading.Locate(path) with { Field = path }, expected, actual, next));
    }
}
