using Mlops.Pipelines.Sessions;

/// <summary>The derived-columns hooks that pipelines may name in <c>data.derive</c>.</summary>
static class DerivedColumnsHooks
{
    public static IReadOnlyDictionary<string, DerivedColumnsHook> All { get; } =
        new Dictionary<string, DerivedColumnsHook>
        {
            ["calendar"] = new(CalendarColumns.Derive, () => EmbeddedCode.DigestOf("Columns/")),
        };
}
