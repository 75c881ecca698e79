using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Pipelines.Specification.Sections;

namespace Mlops.Pipelines.Specification;

/// <summary>
/// What may be typed about pipelines, found without reading their YAML: for completion, which must be quick.
/// </summary>
public static partial class TypingAids
{
    const int LinesLookedAt = 50;

    /// <summary>
    /// The names of the pipelines of a folder; those that stand at the head of their files, plainly written.
    /// </summary>
    public static IReadOnlyList<string> NamesIn(string pipelinesDirectory) =>
        !Directory.Exists(pipelinesDirectory) ? [] :
        [
            .. Directory.EnumerateDirectories(pipelinesDirectory)
                .Select(folder => Path.Combine(folder, PipelineFile.FileName)).Where(File.Exists)
                .Select(file => File.ReadLines(file).Take(LinesLookedAt)
                    .Select(line => Name().Match(line)).FirstOrDefault(match => match.Success))
                .OfType<Match>().Select(match => match.Groups["name"].Value)
                .Where(PipelineFile.IsName).Order(StringComparer.Ordinal),
        ];

    /// <summary>Every single value that can be overridden, as <c>train.trainer.leaves</c>.</summary>
    public static IReadOnlyList<string> Paths()
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Walk("", PipelineSection.Shape("", learns: true).Describe(), paths);
        return [.. paths];
    }

    static void Walk(string path, JsonObject described, SortedSet<string> paths)
    {
        IEnumerable<JsonNode?> forms = described["anyOf"] is JsonArray several
            ? several
            : new JsonNode?[] { described };
        foreach (var form in forms.OfType<JsonObject>())
            if (form["properties"] is JsonObject properties)
                foreach (var (name, inner) in properties)
                    Walk(path.Length == 0 ? name : $"{path}.{name}", inner!.AsObject(), paths);
            else if (form["anyOf"] is not null)
                Walk(path, form, paths);
            else if (path.Length > 0)
                paths.Add(path);
    }

    [GeneratedRegex("""^\s*name\s*:\s*['"]?(?<name>[a-z0-9-]+)""")]
    private static partial Regex Name();
}
