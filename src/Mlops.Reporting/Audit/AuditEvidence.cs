using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;
using Mlops.Reporting.Rendering;

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
    public IReadOnlyList<(string Stage, bool Reached,
        Judgement? Judgement)> Chain
    { get; } = Input.Results is not null
        ? [.. (Input.Programs ?? [])
            .Select(program => (program.Name, program.Output is not null, (Judgement?)null))]
        :
    [
        ("Ingest", Input.Dataset is not null, Input.Dataset?.Judgement),
        ("Validate", Input.Validation is not null, Input.Validation?.Judgement),
        ("Split", Input.Split is not null, Input.Split?.Judgement),
        ("Train", Input.Model is not null, null),
        ("Evaluate", Input.Evaluation is not null, Input.Evaluation?.Judgement),
        ("Package", Input.Package is not null, Input.Package?.Judgement),
    ];

    /// <summary>The pipeline's own steps first, then the stages that every pipeline has.</summary>
    public IReadOnlyList<StepEvidence> AllSteps { get; } =
        [.. (Input.Programs ?? []).Select(program => program.Step), .. Input.Steps];

    public StepEvidence? Step(string stage) =>
        Input.Steps.FirstOrDefault(step => StepNames.Match(step.Step, stage));

    /// <summary>Why nothing of this stage can be shown, in words.</summary>
    public string Absence(string stage) => StepNames.Absence(IsOfSteps ? AllSteps : Input.Steps, stage);

    /// <summary>The section if the stage was reached, else a sentence that says why not.</summary>
    public Section Section<T>(string id, string title, string stage, T? reached,
        Func<T, Scriban.Runtime.ScriptObject> show)
        where T : class =>
        reached is null ? Rendering.Section.Missing(id, title, Absence(stage))
            : Rendering.Section.Of(id, title, show(reached));
}

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
