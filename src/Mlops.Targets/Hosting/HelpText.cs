using System.Collections;
using System.Globalization;

namespace Mlops.Targets;

/// <summary>What <c>--help</c> prints.</summary>
static class HelpText
{
    public static void Write(
        TextWriter output, IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<BuildParameter> parameters,
        IReadOnlyDictionary<BuildParameter, object?> defaults)
    {
        output.WriteLine("Usage: ./build.sh [target ...] [--parameter value ...]");
        WriteSection(output, "Targets, with what they need:", targets.Where(target => target.Listed)
            .Select(target => new HelpRow(target.Name, DescriptionOf(target))));
        WriteSection(output, "Parameters:", ListOf(parameters, ofHost: false, defaults));
        WriteSection(output, "Parameters of every build:", ListOf(parameters, ofHost: true, defaults));
        output.WriteLine();
        output.WriteLine(
            "A parameter may also come from the environment (--learning-rate as MLOPS_LEARNING_RATE)");
        output.WriteLine(
            "or from build/parameters.json; the command line wins, then the environment, then the file.");
        output.WriteLine("Exit codes: 0 fine, 1 a target failed, 2 wrong usage, 130 cancelled.");
    }

    static void WriteSection(TextWriter output, string title, IEnumerable<HelpRow> entries)
    {
        var rows = entries.ToList();
        if (rows.Count == 0)
            return;
        var width = 0;
        foreach (var row in rows)
            width = Math.Max(width, row.Name.Length);
        output.WriteLine();
        output.WriteLine(title);
        foreach (var (name, text) in rows)
            output.WriteLine($"  {name.PadRight(width)}  {text}".TrimEnd());
    }

    static string DescriptionOf(ExecutableTarget target)
    {
        var notes = new List<string>();
        if (target.IsDefault)
            notes.Add("default");
        if (target.DependencyList.Count > 0)
            notes.Add("needs " + string.Join(", ", target.DependencyList));
        if (target.TriggerList.Count > 0)
            notes.Add("triggers " + string.Join(", ", target.TriggerList));
        return WithNotes(target.Description, notes);
    }

    static IEnumerable<HelpRow> ListOf(
        IReadOnlyList<BuildParameter> parameters, bool ofHost,
        IReadOnlyDictionary<BuildParameter, object?> defaults)
    {
        var listed = parameters
            .Where(parameter => parameter.IsListed && parameter.IsOfHost == ofHost).ToList();
        listed.Sort((left, right) => string.CompareOrdinal(left.Kebab, right.Kebab));
        return listed.Select(parameter => new HelpRow(
            Signature(parameter), DescriptionOf(parameter, defaults.GetValueOrDefault(parameter))));
    }

    public static string Signature(BuildParameter parameter)
    {
        var label = parameter.Kind?.Label ?? "";
        if (label.Length == 0)
            return parameter.Option;
        return $"{parameter.Option} <{label}>" + (parameter.IsArray ? " ..." : "");
    }

    static string DescriptionOf(BuildParameter parameter, object? value)
    {
        var notes = new List<string>();
        if (parameter.IsSecret)
            notes.Add("secret");
        if (parameter.Kind?.Choices is { Count: > 0 } choices)
            notes.Add(string.Join(", ", choices));
        if (parameter.IsRequired)
            notes.Add("required");
        if (!parameter.IsSecret && !parameter.IsOfHost && Text(value) is { Length: > 0 } text)
            notes.Add($"default {text}");
        return WithNotes(parameter.Description, notes);
    }

    static string WithNotes(string? description, List<string> notes) =>
        notes.Count == 0 ? description ?? "" : $"{description} [{string.Join("; ", notes)}]".TrimStart();

    static string Text(object? value) => value switch
    {
        null or false => "",
        true => "true",
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable values => string.Join(' ', values.Cast<object?>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    sealed record HelpRow(string Name, string Text);
}
