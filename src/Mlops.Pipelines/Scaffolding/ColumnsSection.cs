using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// Where <c>data.columns</c> stands in a file, or would; all other bytes of the file stay as they are.
/// </summary>
/// <param name="Lines">Of the file, each with its line end.</param>
/// <param name="First">The first line of the section, from 0, or where one would begin.</param>
/// <param name="Count">How many lines it has now.</param>
sealed record ColumnsSection(IReadOnlyList<string> Lines, int First, int Count, string Indent)
{
    const string Mark = "# inferred; take this remark away when the types are yours";

    /// <exception cref="ProblemException">A person wrote the section,
    /// or the file leaves no place for one.</exception>
    public static ColumnsSection Find(string yaml, string file, bool force)
    {
        var problems = new List<Problem>();
        if (YamlText.Read(yaml, file, problems) is not YamlMapping root
            || root.Find("data") is not { Value: YamlMapping { Entries.Count: > 0 } data } section
            || data.Entries[0].Place.Line is not { } first || first == section.Place.Line)
            throw new ProblemException(problems.Count > 0 ? problems : [new Problem(
                "PIPE-015", "There is no place for columns: 'data' is not written line by line.",
                new Place(file, Field: "data"), Expected: "data: with its keys on lines of their own",
                Next: "Write it so, and run again.")]);
        var lines = yaml.Split('\n').Select((line, i) => line + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        var indent = new string(' ', (data.Entries[0].Place.Column ?? 3) - 1);
        var starts = root.Entries.Concat(data.Entries)
            .Select(entry => entry.Place.Line!.Value - 1).Append(lines.Count).Order().ToList();
        if (data.Find("columns") is not { } written)
        {
            var after = (data.Find("format")
                ?? data.Find("sources") ?? data.Entries[^1]).Place.Line!.Value - 1;
            return new ColumnsSection(lines, EndOf(lines, after, starts, indent), 0, indent);
        }
        var from = written.Place.Line!.Value - 1;
        if (!force && !lines[from].Contains(Mark, StringComparison.Ordinal))
            throw new ProblemException(new Problem(
                "PIPE-014", "The columns are declared already, and by hand.",
                new Place(file, from + 1, Field: "data.columns"),
                Next: "Leave them so; or replace them with --force, or take them out first."));
        return new ColumnsSection(lines, from, EndOf(lines, from, starts, indent) - from, indent);
    }

    /// <param name="columns">A line for each.</param>
    public (string Text, IReadOnlyList<string> Changes) With(IReadOnlyList<string> columns)
    {
        var end = Lines.Count > 0 && Lines[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        List<string> made =
        [
            $"{Indent}columns:  {Mark}{end}", .. columns.Select(line => $"{Indent}  {line}{end}"),
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
                .. made.Except(before).Select(line => "+ " + line.TrimEnd())]);
    }

    /// <summary>
    /// Blank lines and remarks before the next key are that key's, unless they are set in deeper.
    /// </summary>
    static int EndOf(List<string> lines, int from, List<int> starts, string indent)
    {
        var end = starts.First(start => start > from);
        while (end - 1 > from && (lines[end - 1].Trim().Length == 0
            || (lines[end - 1].TrimStart().StartsWith('#')
                && !lines[end - 1].StartsWith(indent + " ", StringComparison.Ordinal))))
            end--;
        return end;
    }
}
