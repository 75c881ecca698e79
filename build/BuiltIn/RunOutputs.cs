using System.Globalization;
using Mlops.Engine;

/// <summary>What later jobs of a CI server may read of a run.</summary>
static class RunOutputs
{
    public static IReadOnlyDictionary<string, string> Of(
        IReadOnlyList<StepResult> steps, string outputDirectory) =>
        new Dictionary<string, string>
        {
            ["executed"] = Count(steps, step => step.Status == StepStatus.Executed),
            ["reused"] = Count(steps, step => step.Status == StepStatus.Reused),
            ["rejected"] = Count(steps, step => step.Rejected),
            ["stopped"] = Count(steps,
                step => step.Status is StepStatus.Blocked or StepStatus.Failed or StepStatus.Cancelled),
            ["output-directory"] = outputDirectory,
        };

    static string Count(IReadOnlyList<StepResult> steps, Func<StepResult, bool> fits) =>
        steps.Count(fits).ToString(CultureInfo.InvariantCulture);
}
