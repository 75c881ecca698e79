using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// Where <c>data.columns</c> or <c>validate.columns</c> stands in a file, or would; all other bytes of the
/// file stay as they are.
/// </summary>
/// <param name="Lines">Of the file, each with its line end.</param>
/// <param name="First">The first line of the section, from 0, or where one would begin.</param>
/// <param name="Count">How many lines it has now.</param>
/// <param name="Mark">The remark that says that no person wrote it.</param>
/// <param name="Above">What is to stand before it where it is new.</param>
sealed record InferredSection(
    IReadOnlyList<string> Lines, int First, int Count, string Indent, string Mark,
    IReadOnlyList<string> Above)
{
    const string TypesMark = "# inferred; take this remark away when the types are yours";
    const string ChecksMark =
        "# inferred notes; make those that matter warn or error, and take this remark away";

    /// <exception cref="ProblemException">A person wrote <c>data.columns</c>,
    /// or the file leaves no place for it.</exception>
    public static InferredSection OfTypes(string yaml, string file, bool force)
    {
        var root = Root(yaml, file);
        if (root.Find("data") is not { } data || Block(data) is not { } keys)
            throw new ProblemException(new Problem(
                "PIPE-015", "There is no place for columns: 'data' is not written line by line.",
                new Place(file, Field: "data"), Expected: "data: with its keys on lines of their own",
                Next: "Write it so, and run again."));
        var after = keys.Find("format") ?? keys.Find("sources") ?? keys.Entries[^1];
        return Of(yaml, root, keys, after, TypesMark, force)
            ?? throw new ProblemException(new Problem(
                "PIPE-014", "The columns are declared already, and by hand.",
                new Place(file, keys.Find("columns")!.Place.Line, Field: "data.columns"),
                Next: "Leave them so; or replace them with --force, or take them out first."));
    }

    /// <returns>Null where a person wrote <c>validate.columns</c>, or <c>validate</c> otherwise than line
    /// by line.</returns>
    public static InferredSection? OfChecks(string yaml, string file, bool force)
    {
        var root = Root(yaml, file);
        if (root.Find("validate") is { } validate)
            return Block(validate) is { } keys
                ? Of(yaml, root, keys, keys.Entries[^1], ChecksMark, force)
                : null;
        var data = Block(root.Find("data")!)!;
        var section = Of(yaml, root, data, data.Entries[^1], ChecksMark, force: true)!;
        var end = EndOf(section.Lines, data.Entries[^1].Place.Line!.Value - 1,
            Starts(section.Lines, root, data), section.Indent);
        return section with { First = end, Count = 0, Above = ["", "validate:"] };
    }

    /// <param name="inner">The lines of the section, one for each column.</param>
    public (string Text, IReadOnlyList<string> Changes) With(IReadOnlyList<string> inner)
    {
        var end = Lines.Count > 0 && Lines[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        List<string> made =
        [
            .. Above.Select(line => line + end), $"{Indent}columns:  {Mark}{end}",
            .. inner.Select(line => $"{Indent}  {line}{end}"),
        ];
        var before = Lines.Skip(First).Take(Count).ToList();
        if (before.SequenceEqual(made))
            return (string.Concat(Lines), []);
        var head = Lines.Take(First).ToList();
        if (head.Count > 0 && !head[^1].EndsWith('\n'))
            head[^1] += end;
        return (
            string.Concat([.. head, .. made, .. Lines.Skip(First + Count)]),
            [.. before.Except(made).Select(line => "- " + line.TrimEnd()),
                .. made.Except(before).Select(line => "+ " + line.TrimEnd()).Where(line => line != "+ ")]);
    }

    static YamlMapping Root(string yaml, string file)
    {
        var problems = new List<Problem>();
        return YamlText.Read(yaml, file, problems) as YamlMapping is { } root && problems.Count == 0
            ? root
            : throw new ProblemException(problems.Count > 0 ? problems : [new Problem(
                "PIPE-015", "There is no place for columns: the file is no mapping.", new Place(file))]);
    }

    /// <returns>Null where the keys do not stand on lines of their own.</returns>
    static YamlMapping? Block(YamlEntry section) =>
        section.Value is YamlMapping { Entries.Count: > 0 } keys
            && keys.Entries[0].Place.Line is { } first && first != section.Place.Line ? keys : null;

    /// <returns>Null where a person wrote the section.</returns>
    static InferredSection? Of(
        string yaml, YamlMapping root, YamlMapping keys, YamlEntry after, string mark, bool force)
    {
        var lines = yaml.Split('\n').Select((line, i) => line + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        var indent = new string(' ', (keys.Entries[0].Place.Column ?? 3) - 1);
        var starts = Starts(lines, root, keys);
        if (keys.Find("columns") is not { } written)
            return new InferredSection(
                lines, EndOf(lines, after.Place.Line!.Value - 1, starts, indent), 0, indent, mark, []);
        var from = written.Place.Line!.Value - 1;
        return force || lines[from].Contains(mark, StringComparison.Ordinal)
            ? new InferredSection(
                lines, from, EndOf(lines, from, starts, indent) - from, indent, mark, [])
            : null;
    }

    static List<int> Starts(IReadOnlyList<string> lines, YamlMapping root, YamlMapping keys) =>
        [.. root.Entries.Concat(keys.Entries)
            .Select(entry => entry.Place.Line!.Value - 1).Append(lines.Count).Order()];

    /// <summary>
    /// Blank lines and remarks before the next key are that key's, unless they are set in deeper.
    /// </summary>
    static int EndOf(IReadOnlyList<string> lines, int from, List<int> starts, string indent)
    {
        var end = starts.First(start => start > from);
        while (end - 1 > from && (lines[end - 1].Trim().Length == 0
            || (lines[end - 1].TrimStart().StartsWith('#')
                && !lines[end - 1].StartsWith(indent + " ", StringComparison.Ordinal))))
            end--;
        return end;
    }
}
