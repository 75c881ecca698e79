using Mlops.Pipelines.Sessions;

/// <summary>
/// The custom checks that pipelines may name in <c>validate.checks</c> as <c>custom: name</c>.
/// </summary>
static class CustomChecks
{
    public static IReadOnlyDictionary<string, CustomCheck> All { get; } = new Dictionary<string, CustomCheck>
    {
        ["plausible-discounts"] = new(PlausibleDiscounts.Check, () => EmbeddedCode.DigestOf("Checks/")),
    };
}
