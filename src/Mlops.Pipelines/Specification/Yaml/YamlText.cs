using Mlops.Engine;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>
/// Reads the plain part of YAML that a specification needs: one document of mappings, lists and scalars.
/// Anchors, aliases and tags are refused, so a document is never larger than its text.
/// </summary>
sealed class YamlText
{
    public const int DeepestNesting = 64;

    readonly string text;
    readonly Parser parser;
    readonly Func<Mark, string, Place> locate;
    readonly List<Problem> problems;

    YamlText(string text, Func<Mark, string, Place> locate, List<Problem> problems)
    {
        this.text = text;
        parser = new Parser(new StringReader(text));
        this.locate = locate;
        this.problems = problems;
    }

    /// <returns>The root of a file's only document; null where its syntax is broken.</returns>
    public static YamlNode? Read(string text, string file, List<Problem> problems) =>
        new YamlText(
            text,
            (mark, path) => new Place(file, (int)mark.Line, (int)mark.Column, path.Length == 0 ? null : path),
            problems).ReadDocument("");

    /// <returns>A value given outside of any file, all of it at one place.</returns>
    public static YamlNode? ReadValue(string text, string origin, string path, List<Problem> problems) =>
        new YamlText(text, (_, inner) => new Place(origin, Field: inner), problems).ReadDocument(path);

    YamlNode? ReadDocument(string path)
    {
        try
        {
            return ReadRoot(path);
        }
        catch (YamlException broken)
        {
            // For a tab the parser names the start of the mapping.
            var place = broken.Message.Contains(" tab ", StringComparison.Ordinal)
                ? FirstIndentingTab()
                : null;
            problems.Add(Broken(place ?? broken.End, path, FirstSentence(broken.Message)));
        }
        catch (Exception lost) when (lost is InvalidOperationException or ArgumentException)
        {
            // The parser gives up so on some malformed tags and document ends.
            problems.Add(Broken(parser.Current?.End ?? Mark.Empty, path, FirstSentence(lost.Message)));
        }
        catch (NestingException deep)
        {
            Refuse(deep.Place, $"Nested deeper than {DeepestNesting} levels",
                $"at most {DeepestNesting} levels", "more", "write the specification flatter");
        }
        return null;
    }

    YamlNode ReadRoot(string path)
    {
        Next();
        Next();
        if (parser.Current is StreamEnd)
            return new YamlScalar(locate(parser.Current.Start, path), "", ScalarForm.Plain);
        Next();
        var root = ReadNode(path, depth: 1);
        Next();
        if (parser.Current is DocumentStart second)
            Refuse(locate(second.Start, path), "A second document begins", "one document", "a second one",
                "keep one pipeline per file and remove the '---'");
        return root;
    }

    YamlNode ReadNode(string path, int depth)
    {
        var current = parser.Current ?? throw new SyntaxErrorException("The document ends early.");
        var place = locate(current.Start, path);
        if (depth > DeepestNesting)
            throw new NestingException(place);
        if (current is NodeEvent node)
            RefuseIndirection(node, place);
        YamlNode read = current switch
        {
            MappingStart => ReadMapping(place, depth),
            SequenceStart => ReadSequence(place, depth),
            Scalar scalar => new YamlScalar(
                place, scalar.Value, scalar.Style == ScalarStyle.Plain ? ScalarForm.Plain : ScalarForm.Text),
            AnchorAlias alias => RefuseAlias(alias, place),
            _ => throw new SyntaxErrorException(current.Start, current.End, "A value was expected."),
        };
        Next();
        return read;
    }

    YamlMapping ReadMapping(Place place, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        Next();
        while (parser.Current is not MappingEnd)
        {
            var key = ReadNode(place.Field ?? "", depth + 1);
            if (key is not YamlScalar { Text: var name })
            {
                Refuse(key.Place, "A key must be a text", "a text", key.Words, "write the key as plain text");
                ReadNode(place.Field ?? "", depth + 1);
                continue;
            }
            var path = YamlPath.Of(place.Field ?? "", name);
            var value = ReadNode(path, depth + 1);
            var keyPlace = key.Place with { Field = path };
            if (seen.TryAdd(name, keyPlace))
                entries.Add(new YamlEntry(name, keyPlace, value));
            else
                problems.Add(new Problem(
                    "YAML-004", $"'{YamlPath.Printable(name)}' is written twice", keyPlace,
                    "each key once", $"first in line {seen[name].Line}", "remove one of the two"));
        }
        return new YamlMapping(place, entries);
    }

    YamlSequence ReadSequence(Place place, int depth)
    {
        var items = new List<YamlNode>();
        Next();
        while (parser.Current is not SequenceEnd)
            items.Add(ReadNode(YamlPath.Of(place.Field ?? "", items.Count), depth + 1));
        return new YamlSequence(place, items);
    }

    YamlScalar RefuseAlias(AnchorAlias alias, Place place)
    {
        Refuse(place, $"The alias '*{YamlPath.Printable(alias.Value.Value)}' is not allowed",
            "a value written out", "an alias", "write the value here");
        return new YamlScalar(place, "", ScalarForm.Unreadable);
    }

    void RefuseIndirection(NodeEvent node, Place place)
    {
        if (!node.Anchor.IsEmpty)
            Refuse(place, $"The anchor '&{YamlPath.Printable(node.Anchor.Value)}' is not allowed",
                "a plain value", "an anchor", "remove it and write the value out where it is needed");
        if (!node.Tag.IsEmpty)
            Refuse(place, $"The tag '{YamlPath.Printable(node.Tag.Value)}' is not allowed", "a plain value",
                "a tag", "remove the tag: each key knows its type");
    }

    void Refuse(Place place, string what, string expected, string actual, string next) =>
        problems.Add(new Problem("YAML-003", what, place, expected, actual, next));

    Problem Broken(Mark mark, string path, string reason) =>
        new("YAML-002", "This is not YAML", locate(mark, path), "YAML 1.2", reason,
            "indent with blanks, quote texts that hold ': ' or ' #', close every quote and bracket");

    Mark? FirstIndentingTab()
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indent = content[..^content.TrimStart(" \t").Length];
            if (indent.IndexOf('\t') is var column and >= 0)
                return new Mark(0, line, column + 1);
        }
        return null;
    }

    static string FirstSentence(string message) => YamlPath.Printable(message.TrimEnd('.'));

    void Next()
    {
        if (!parser.MoveNext())
            throw new SyntaxErrorException("The document ends early.");
    }

    sealed class NestingException(Place place) : Exception
    {
        public Place Place { get; } = place;
    }
}
