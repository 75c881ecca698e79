using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>What was found wrong while one document is read.</summary>
sealed class Reading(YamlNode root, List<Problem> problems)
{
    public void Report(Problem problem)
    {
        if (Innermost(problem.Where?.Field ?? "") is not YamlScalar { Form: ScalarForm.Unreadable })
            problems.Add(problem);
    }

    /// <summary>Nothing was found wrong at the field, inside it or around it.</summary>
    public bool IsSound(string path) => !problems.Any(problem =>
        problem.Where?.Field is { } field && (Contains(field, path) || Contains(path, field)));

    /// <summary>The field was written, not left to its default.</summary>
    public bool IsWritten(string path) => Locate(path).Field == path;

    /// <summary>Where the field stands, or the innermost thing around it that was written.</summary>
    public Place Locate(string path) => Innermost(path).Place;

    /// <returns>The path of the list's item with that text, else that of the list.</returns>
    public string PathOfItem(string list, string text) => Innermost(list) is YamlSequence { Items: var items }
        ? items.FirstOrDefault(item => item is YamlScalar scalar && scalar.Text == text)?.Path ?? list
        : list;

    YamlNode Innermost(string path)
    {
        var node = root;
        foreach (var segment in YamlPath.Parse(path) ?? [])
        {
            var inner = (node, segment) switch
            {
                (YamlMapping mapping, string key) => mapping.Find(key)?.Value,
                (YamlSequence sequence, int index) => sequence.Items.ElementAtOrDefault(index),
                _ => null,
            };
            if (inner is null || inner.IsNothing)
                break;
            node = inner;
        }
        return node;
    }

    static bool Contains(string outer, string inner) =>
        inner == outer
        || (inner.StartsWith(outer, StringComparison.Ordinal) && inner[outer.Length] is ('.' or '['));
}
