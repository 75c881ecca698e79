namespace Mlops.Targets;

/// <summary>
/// What <c>--help Train</c> prints: one target, what it needs, and the parameters that are its own.
/// </summary>
static class TargetHelp
{
    public static void Write(
        TextWriter output, ExecutableTarget target, IReadOnlyList<BuildParameter> parameters)
    {
        output.WriteLine($"{target.Name}{(target.IsDefault ? " (runs when no target is named)" : "")}");
        if (target.Description is { } description)
            output.WriteLine($"  {description}");
        WriteNames(output, "Runs before it", Needed(target));
        WriteNames(output, "Triggers", target.TriggerList);
        WriteTexts(output, "Only when",
            target.StaticConditions.Concat(target.DynamicConditions).Select(condition => condition.Text));
        WriteTexts(output, "Leaves", target.ArtifactProducts);
        var own = parameters.Where(parameter => IsOf(parameter, target))
            .OrderBy(parameter => parameter.Kebab, StringComparer.Ordinal).ToList();
        if (own.Count == 0)
            return;
        output.WriteLine("  Parameters:");
        foreach (var parameter in own)
            output.WriteLine(
                $"    {HelpText.Signature(parameter)}  "
                + $"{parameter.Description![(parameter.Description!.IndexOf(':') + 2)..]}");
    }

    /// <summary>A description that begins with <c>With Clean:</c> says whose parameter it is.</summary>
    static bool IsOf(BuildParameter parameter, ExecutableTarget target) =>
        parameter is { IsListed: true, Description: { } description }
        && description.StartsWith("With ", StringComparison.Ordinal)
        && description.IndexOf(':') is var end and > 0
        && description[5..end].Split([", ", " and "], StringSplitOptions.None).Contains(target.Name);

    /// <summary>All that comes with it, in an order in which it could run.</summary>
    static List<ExecutableTarget> Needed(ExecutableTarget target)
    {
        var needed = new List<ExecutableTarget>();
        foreach (var dependency in target.DependencyList)
            needed.AddRange(Needed(dependency).Append(dependency));
        return [.. needed.Distinct()];
    }

    static void WriteNames(TextWriter output, string what, IEnumerable<ExecutableTarget> targets) =>
        WriteTexts(output, what, targets.Select(target => target.Name));

    static void WriteTexts(TextWriter output, string what, IEnumerable<string> texts)
    {
        var all = string.Join(", ", texts);
        if (all.Length > 0)
            output.WriteLine($"  {what}: {all}");
    }
}
