using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>The input of an audit report with the details documents opened.</summary>
sealed record AuditEvidence(
    AuditInput Input,
    ValidationDetails? Validation,
    TrainingDetails? Training,
    SweepDetails? Sweep,
    EvaluationDetails? Evaluation,
    MonitorDetails? Monitor,
    IReadOnlyList<CapturedText> Captured,
    QuarantineResult? Aside = null)
{
    /// <summary>Whether the pipeline has steps of its own and nothing else.</summary>
    public bool IsOfSteps => Input.Results is not null;

    /// <summary>
    /// The steps from raw data to package, in order, with what each was judged, if it was reached; of a
    /// pipeline of steps alone those.
    /// </summary>
    public IReadOnlyList<ChainLink> Chain { get; } = Input.Results is not null
        ? [.. (Input.Programs ?? []).Select(program => new ChainLink(program.Name, program.Output, null))]
        :
        [
            new("Ingest", Input.Dataset, Input.Dataset?.Judgement),
            new("Split", Input.Split, Input.Split?.Judgement),
            new("Validate", Input.Validation, Input.Validation?.Judgement),
            new("Train", Input.Model, null),
            new("Evaluate", Input.Evaluation, Input.Evaluation?.Judgement),
            new("Package", Input.Package, Input.Package?.Judgement),
        ];

    /// <summary>The pipeline's own steps first, then the stages that every pipeline has.</summary>
    public IReadOnlyList<StepEvidence> AllSteps { get; } =
        [.. (Input.Programs ?? []).Select(program => program.Step), .. Input.Steps];

    public StepEvidence? Step(string stage) =>
        Input.Steps.FirstOrDefault(step => StepNames.Match(step.Step, stage));

    /// <summary>Why nothing of this stage can be shown, in words.</summary>
    public string Absence(string stage) => StepNames.Absence(IsOfSteps ? AllSteps : Input.Steps, stage);

    /// <summary>The section if the stage was reached, else a sentence that says why not.</summary>
    public Section Section<T>(
        string id, string title, string stage, T? reached, Func<T, ScriptObject> show)
        where T : class =>
        reached is null
            ? Rendering.Section.Missing(id, title, Absence(stage))
            : Rendering.Section.Of(id, title, show(reached));
}

/// <summary>One step of those that lead to a package, as far as it came.</summary>
/// <param name="Judgement">Null where the step judges nothing, or was not reached.</param>
sealed record ChainLink(string Stage, bool Reached, Judgement? Judgement)
{
    /// <param name="output">Null where the step was not reached.</param>
    public ChainLink(string stage, object? output, Judgement? judgement)
        : this(stage, output is not null, judgement)
    {
    }
}

/// <summary>Finds steps by the name of their stage, and says why one has nothing to show.</summary>
static class StepNames
{
    /// <summary>
    /// Steps may be named by stage alone or with the pipeline before it: <c>churn/Ingest</c>.
    /// </summary>
    public static bool Match(string step, string stage) =>
        string.Equals(step[(step.LastIndexOfAny(['/', '.', ':', ' ']) + 1)..], stage,
            StringComparison.OrdinalIgnoreCase);

    public static string Absence(IReadOnlyList<StepEvidence> steps, string stage)
    {
        var step = steps.FirstOrDefault(step => Match(step.Step, stage));
        var why = step switch
        {
            null => $"this report holds no {stage} step",
            { State: StepState.Blocked } => $"{stage} was not allowed to run",
            { State: StepState.Failed } => $"{stage} failed",
            { State: StepState.Rejected } => $"{stage} was rejected",
            _ => $"{stage} finished, but its result is not part of this report",
        };
        return $"Not reached: {why}" + (string.IsNullOrWhiteSpace(step?.Note) ? "." : $" — {step.Note}");
    }
}
