using System.Text.Json;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Reporting;

namespace Mlops.Pipelines.Sessions;

/// <summary>Which value of <c>pipeline.yaml</c> a field of a key came from.</summary>
sealed class FieldOrigins(ProjectGraph project)
{
    readonly Dictionary<string, IReadOnlyList<Setting>> settings = project.Pipelines.ToDictionary(
        pipeline => pipeline.Specification.Name,
        pipeline => SpecificationSettings.Of(pipeline.Specification), StringComparer.Ordinal);

    public Explanation Name(Explanation explanation) =>
        settings.TryGetValue(explanation.Step.Pipeline, out var known)
            ? explanation with
            {
                Fields = [.. explanation.Fields.Select(field =>
                    field.Origin is null ? Name(field, known, explanation.Step.Stage) : field)],
            }
            : explanation;

    /// <remarks>
    /// The setting of the same path, a list being one setting; else the only one whose last names and
    /// value are the same.
    /// </remarks>
    static ExplainedField Name(ExplainedField field, IReadOnlyList<Setting> settings, string stage)
    {
        var value = Text(field.Value);
        var path = InSection(field.Path, stage);
        var list = path.EndsWith(']') ? path[..path.LastIndexOf('[')] : value == "[]" ? path : null;
        var setting = settings.FirstOrDefault(setting =>
            setting.Path == list || (setting.Path == path && setting.Value == value))
            ?? Only(settings.Where(setting =>
                setting.Value == value && (EndsWith(setting.Path, path) || EndsWith(path, setting.Path))));
        return field with
        {
            Origin = setting is not null ? $"pipeline.yaml {setting.Path}" : Outside(field.Path),
        };
    }

    /// <summary>A stage whose input holds a section as a whole is called as the section is.</summary>
    static string InSection(string path, string stage) =>
        path.Split('.', 2) is ["specification" or "rules", var rest]
            ? $"{stage.ToLowerInvariant()}.{rest}"
            : path;

    /// <summary>What a program of the pipeline's own is passed from outside.</summary>
    static string? Outside(string path) => !path.StartsWith("steps.", StringComparison.Ordinal) ? null
        : path.Contains(".environment[", StringComparison.Ordinal) ? "the environment"
        : path.Contains(".tools[", StringComparison.Ordinal) ? "the search path"
        : null;

    static bool EndsWith(string path, string names) => path.EndsWith($".{names}", StringComparison.Ordinal);

    static Setting? Only(IEnumerable<Setting> settings)
    {
        var found = settings.Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    static string Text(string json)
    {
        var element = JsonElement.Parse(json);
        return element.ValueKind == JsonValueKind.String ? element.GetString()! : json;
    }
}
