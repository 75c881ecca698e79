using Mlops.Data.Ingestion;
using Mlops.Data.Validation.Checks;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Reporting.Audit;

/// <summary>What a model knows of columns whose values nobody is shown: their levels are masked.</summary>
static class RedactedEvidence
{
    /// <summary>A level of a column is called <c>column = level</c>.</summary>
    public static TrainingDetails? Of(TrainingDetails? details, IReadOnlyList<string>? redact) =>
        details is null || redact is not { Count: > 0 } ? details : details with
        {
            FeatureNames = [.. details.FeatureNames.Select(name =>
                redact.FirstOrDefault(column => name.StartsWith($"{column} = ", StringComparison.Ordinal))
                    is { } column ? $"{column} = {Masking.Mask}" : name)],
        };

    public static EvaluationDetails? Of(EvaluationDetails? details, IReadOnlyList<string>? redact)
    {
        var redaction = new Redaction(redact);
        return details is null || !redaction.Hides ? details : details with
        {
            Slices = [.. details.Slices.Select(slice =>
                redaction.HidesColumn(slice.Column) && !IsMasked(slice)
                    ? slice with { Value = Masking.Mask } : slice)],
        };
    }

    /// <summary>Slices that were measured without names are numbered behind the mask.</summary>
    static bool IsMasked(SliceMetrics slice) =>
        slice.Value.StartsWith(Masking.Mask, StringComparison.Ordinal);
}
