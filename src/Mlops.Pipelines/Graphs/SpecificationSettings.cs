using System.Text.Json;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>A specification as the reports show it.</summary>
static class SpecificationSettings
{
    /// <summary>
    /// Every value of a specification by its path, defaults written out, in document order.
    /// </summary>
    public static IReadOnlyList<Setting> Of(PipelineSpecification specification)
    {
        var settings = new List<Setting>();
        var element = JsonSerializer.SerializeToElement(
            specification, PipelinesJson.Default.PipelineSpecification);
        Flatten("", element, settings);
        return specification.Learns ? settings : [.. settings.Where(setting => IsOfSteps(setting.Path))];
    }

    /// <summary>What a pipeline of steps alone has; the rest was not written and means nothing.</summary>
    static bool IsOfSteps(string path) =>
        path is "name" or "title" or "description" or "owner"
        || path.StartsWith("steps.", StringComparison.Ordinal);

    static void Flatten(string path, JsonElement element, List<Setting> settings)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}",
                    property.Value, settings);
        else if (element.ValueKind == JsonValueKind.Array
            && element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object))
            foreach (var (index, item) in element.EnumerateArray().Index())
                Flatten($"{path}[{index + 1}]", item, settings);
        else
            settings.Add(new Setting(path, Text(element)));
    }

    static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(Text)),
        JsonValueKind.String => element.GetString()!,
        _ => element.GetRawText(),
    };
}
