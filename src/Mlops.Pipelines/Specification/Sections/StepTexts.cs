using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>
/// Replaces variables in a document. What a step runs and makes may also name the step's own parameters,
/// which are replaced when it runs; a script for a shell is the shell's to read, and left as it is.
/// </summary>
sealed class StepTexts(IReadOnlyDictionary<string, string> variables, List<Problem> problems)
{
    readonly YamlVariables everywhere = new(variables, problems);

    public YamlNode Expand(YamlNode root) => root is YamlMapping mapping
        ? new YamlMapping(mapping.Place, [.. mapping.Entries.Select(entry => entry with
        {
            Value = entry is { Key: "steps", Value: YamlMapping steps }
                ? Steps(steps)
                : everywhere.Expand(entry.Value),
        })])
        : everywhere.Expand(root);

    YamlMapping Steps(YamlMapping steps) => new(steps.Place, [.. steps.Entries.Select(entry => entry with
    {
        Value = entry.Value is YamlMapping step ? Step(step) : everywhere.Expand(entry.Value),
    })]);

    YamlMapping Step(YamlMapping step)
    {
        var texts = new YamlVariables(variables, problems, [.. StepsSection.NamesIn(step)]);
        var isScript = step.Find("shell")?.Value is YamlScalar { Text: "true" or "True" or "TRUE" };
        return new YamlMapping(step.Place, [.. step.Entries.Select(entry => entry with
        {
            Value = entry.Key switch
            {
                "run" when isScript => entry.Value,
                "run" or "outputs" => texts.Expand(entry.Value),
                _ => everywhere.Expand(entry.Value),
            },
        })]);
    }
}
