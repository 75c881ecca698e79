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
        return value is null ? root : new Assignment(problems, segments, value).Set(root, shape, 0);
    }

    /// <summary>One value on its way to its place.</summary>
    sealed class Assignment(List<Problem> problems, IReadOnlyList<object> segments, YamlNode value)
    {
        /// <param name="node">What is there now; null if nothing is.</param>
        /// <param name="known">Null where nobody knows what should be.</param>
        /// <param name="depth">How many segments lead there.</param>
        public YamlNode Set(YamlNode? node, Shape? known, int depth)
        {
            if (depth == segments.Count)
                return value;
            if (node is null || node.IsNothing)
            {
                var here = new Place(Origin, Field: depth == 0 ? null : PathTo(depth));
                node = segments[depth] is string ? new YamlMapping(here, []) : new YamlSequence(here, []);
            }
            if (node is YamlScalar && known?.Shorthand is { } name)
                node = new YamlMapping(node.Place, [new YamlEntry(name, node.Place, node)]);
            return (node, segments[depth]) switch
            {
                (YamlMapping mapping, string key) => SetKey(mapping, known, key, depth),
                (YamlSequence sequence, int index) when index <= sequence.Items.Count =>
                    SetItem(sequence, known, index, depth),
                _ => Misfit(node, depth),
            };
        }

        YamlMapping SetKey(YamlMapping mapping, Shape? inside, string key, int depth)
        {
            var entry = mapping.Find(key);
            var set = new YamlEntry(
                key, entry?.Place ?? new Place(Origin, Field: PathTo(depth + 1)),
                Set(entry?.Value, inside?.Inside(key), depth + 1));
            return new YamlMapping(mapping.Place, entry is null
                ? [.. mapping.Entries, set]
                : [.. mapping.Entries.Select(other => other == entry ? set : other)]);
        }

        YamlSequence SetItem(YamlSequence sequence, Shape? inside, int index, int depth)
        {
            var item = sequence.Items.ElementAtOrDefault(index);
            var set = Set(item, inside?.Inside(""), depth + 1);
            return new YamlSequence(sequence.Place, item is null
                ? [.. sequence.Items, set]
                : [.. sequence.Items.Select((other, i) => i == index ? set : other)]);
        }

        YamlNode Misfit(YamlNode found, int depth)
        {
            var asked = PathTo(depth + 1);
            problems.Add(new Problem(
                "YAML-009", $"There is no {asked} to set", new Place(Origin, Field: asked),
                segments[depth] is string ? "a mapping" : "a list that is long enough",
                depth == 0 ? found.Words : $"{PathTo(depth)} is {found.Words}", "check the path"));
            return found;
        }

        string PathTo(int depth) => segments.Take(depth).Aggregate("", (parent, segment) =>
            segment is int index ? YamlPath.Of(parent, index) : YamlPath.Of(parent, (string)segment));
    }
}
