using Mlops.Engine;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>Puts values from the command line, as <c>train.trainer.leaves=64</c>, into a document.</summary>
sealed class YamlOverride(Shape shape, List<Problem> problems)
{
    public const string Origin = "--set";

    public YamlNode Apply(YamlNode root, string assignment)
    {
        var equals = assignment.IndexOf('=');
        var path = equals < 0 ? assignment : assignment[..equals].Trim();
        if (equals < 0 || YamlPath.Parse(path) is not { } segments)
        {
            problems.Add(new Problem("YAML-009", "This sets nothing", new Place(Origin), "path=value",
                YamlPath.Quote(assignment), "write for instance train.trainer.leaves=64"));
            return root;
        }
        var value = YamlText.ReadValue(assignment[(equals + 1)..], Origin, path, problems);
        return value is null ? root : Set(root, shape, segments, 0, value);
    }

    YamlNode Set(YamlNode? node, Shape? known, IReadOnlyList<object> segments, int depth, YamlNode value)
    {
        if (depth == segments.Count)
            return value;
        var path = segments.Take(depth).Aggregate("", PathOf);
        var here = new Place(Origin, Field: path.Length == 0 ? null : path);
        if (node is null || node.IsNothing)
            node = segments[depth] is string ? new YamlMapping(here, []) : new YamlSequence(here, []);
        if (node is YamlScalar && known?.Shorthand is { } name)
            node = new YamlMapping(node.Place, [new YamlEntry(name, node.Place, node)]);
        return (node, segments[depth]) switch
        {
            (YamlMapping mapping, string key) => SetKey(mapping, known, key),
            (YamlSequence sequence, int index) when index <= sequence.Items.Count =>
                SetItem(sequence, known, index),
            _ => Misfit(node),
        };

        YamlMapping SetKey(YamlMapping mapping, Shape? inside, string key)
        {
            var entry = mapping.Find(key);
            var set = new YamlEntry(
                key, entry?.Place ?? new Place(Origin, Field: YamlPath.Of(path, key)),
                Set(entry?.Value, inside?.Inside(key), segments, depth + 1, value));
            return new YamlMapping(mapping.Place, entry is null
                ? [.. mapping.Entries, set]
                : [.. mapping.Entries.Select(other => other == entry ? set : other)]);
        }

        YamlSequence SetItem(YamlSequence sequence, Shape? inside, int index)
        {
            var item = sequence.Items.ElementAtOrDefault(index);
            var set = Set(item, inside?.Inside(""), segments, depth + 1, value);
            return new YamlSequence(sequence.Place, item is null
                ? [.. sequence.Items, set]
                : [.. sequence.Items.Select((other, i) => i == index ? set : other)]);
        }

        YamlNode Misfit(YamlNode found)
        {
            var asked = PathOf(path, segments[depth]);
            problems.Add(new Problem(
                "YAML-009", $"There is no {asked} to set", new Place(Origin, Field: asked),
                segments[depth] is string ? "a mapping" : "a list that is long enough",
                path.Length == 0 ? found.Words : $"{path} is {found.Words}", "check the path"));
            return found;
        }
    }

    static string PathOf(string parent, object segment) =>
        segment is int index ? YamlPath.Of(parent, index) : YamlPath.Of(parent, (string)segment);
}
