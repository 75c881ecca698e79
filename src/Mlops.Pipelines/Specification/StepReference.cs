namespace Mlops.Pipelines.Specification;

/// <summary>
/// Outputs of a step, written as <c>steps.clean/*.csv</c>; <c>steps.clean</c> alone means all of them.
/// </summary>
/// <param name="Pattern">Held against the outputs' names; without a slash against the last
/// part of them.</param>
public sealed record StepReference(string Text, string Step, string Pattern)
{
    const string Prefix = "steps.";

    /// <returns>Null where the text is a glob of files.</returns>
    public static StepReference? Of(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var slash = text.IndexOf('/');
        var step = slash < 0 ? text[Prefix.Length..] : text[Prefix.Length..slash];
        var pattern = slash < 0 || slash == text.Length - 1 ? "**" : text[(slash + 1)..];
        return new StepReference(text, step, pattern);
    }

    /// <summary>Those of some texts that are globs of files.</summary>
    public static IReadOnlyList<string> Globs(IEnumerable<string> texts) =>
        [.. texts.Where(text => Of(text) is null)];

    public static IReadOnlyList<StepReference> References(IEnumerable<string> texts) =>
        [.. texts.Select(Of).OfType<StepReference>()];
}
