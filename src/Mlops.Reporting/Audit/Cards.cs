using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>What people said about the pipeline, and what they left unsaid.</summary>
static class Cards
{
    public static string Subject(PipelineCard card) =>
        card.Cell is null ? card.Name : $"{card.Name} · {card.Cell}";

    /// <summary>
    /// A pipeline of steps alone releases nothing: it is asked neither for a version nor for
    /// what comes with one.
    /// </summary>
    public static IReadOnlyList<(string Label, string? Text)> HumanText(AuditEvidence evidence) =>
        evidence.IsOfSteps ? [.. HumanText(evidence.Input.Card).Take(3)] : HumanText(evidence.Input.Card);

    static IReadOnlyList<(string Label, string? Text)> HumanText(PipelineCard card) =>
    [
        ("Title", card.Title),
        ("Description", card.Description),
        ("Owner", card.Owner),
        ("Version", card.Version),
        ("Licence", card.Licence),
        ("Intended use", card.IntendedUse),
        ("Limitations", card.Limitations),
    ];

    public static ScriptObject Purpose(AuditEvidence evidence)
    {
        var (card, texts) = (evidence.Input.Card, HumanText(evidence));
        return Fields.Of(
            ("pipeline", new Prose(card.Name)),
            ("cell", Prose.OrNull(card.Cell)),
            ("fields", Fields.List(texts, field => Fields.Of(
                ("label", field.Label), ("paragraphs", Paragraphs(field.Text))))),
            ("provided", texts.Count(field => !string.IsNullOrWhiteSpace(field.Text))),
            ("asked", texts.Count));
    }

    static ScriptArray Paragraphs(string? text) => Fields.Sentences((text ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
