using Mlops.Reporting.Rendering;

namespace Mlops.Reporting.Audit;

/// <summary>The audit report: the verdict first, then the evidence from raw files to package.</summary>
static class AuditPage
{
    public static Page Of(AuditEvidence evidence) => new(
        AuditStage.Template, "Audit report", Cards.Subject(evidence.Input.Card), Verdicts.Head(evidence),
        [
            Section.Of("purpose", "Purpose and ownership", Cards.Purpose(evidence)),
            .. evidence.Input.Programs is null
                ? (ReadOnlySpan<Section>)[]
                : [Section.Of("programs", "Steps before the data", ProgramSection.Of(evidence))],
            evidence.Section("sources", "Data lineage", "Ingest", evidence.Input.Dataset,
                dataset => DataSections.Sources(dataset, evidence.Input.Rows, SetAsideRows.Of(evidence))),
            evidence.Section("profile", "Schema and profile", "Ingest", evidence.Input.Dataset,
                dataset => ProfileSection.Of(
                    dataset, evidence.Validation, evidence.Input.Rows?.Redact)),
            evidence.Section("checks", "Data validation", "Validate", evidence.Input.Validation,
                validation =>
                    CheckSection.Of(validation, evidence.Validation, evidence.Input, evidence.Aside)),
            evidence.Section("split", "Split", "Split", evidence.Input.Split,
                split => DataSections.Split(split, evidence.Input.Settings)),
            evidence.Section("method", "Method and features", "Train", evidence.Input.Model,
                model => ModelSections.Method(model, evidence.Training, evidence.Sweep)),
            evidence.Section("performance", "Performance and gates", "Evaluate", evidence.Input.Evaluation,
                evaluation => ModelSections.Performance(evaluation, evidence.Input.Model)),
            evidence.Section("behaviour", "Behaviour and errors", "Evaluate", evidence.Evaluation,
                details => BehaviourSection.Of(details, evidence.Input.Evaluation)),
            evidence.Section("slices", "Slices", "Evaluate", evidence.Evaluation,
                details => ModelSections.Slices(details, evidence.Input.Evaluation)),
            evidence.Section("importance", "Permutation importance", "Evaluate", evidence.Evaluation,
                ModelSections.Importance),
            evidence.Section("drift-summary", "Drift", "Monitor", evidence.Input.Monitor,
                monitor => DriftSummary.Of(monitor, evidence.Monitor)),
            evidence.Section("package", "Package", "Package", evidence.Input.Package,
                PackageSections.Package),
            .. Closing(evidence),
        ]);

    /// <summary>What every audit report ends with.</summary>
    public static IReadOnlyList<Section> Closing(AuditEvidence evidence) =>
    [
        Section.Of("lineage", "Lineage graph", LineageSection.Of(evidence)),
        Section.Of("steps", "Steps and environment", StepSections.Steps(evidence.AllSteps)),
        Section.Of("settings", "Parameters", StepSections.Settings(evidence.Input.Settings)),
        Section.Of("verify", "Check it yourself", PackageSections.Verify(evidence)),
        Section.Of("completeness", "Completeness and evidence index", PackageSections.Completeness(evidence)),
    ];
}
