using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Shapes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>steps</c>: any program as a step.</summary>
static class StepsSection
{
    /// <summary>What stands for the file that a program is executed for.</summary>
    public static readonly string[] EachNames = ["each", "each_name", "each_stem"];

    static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    static readonly ListShape<string> Texts = new(Scalars.Text, orSingle: true, identity: text => text);

    static readonly Shape<string> Variable = Scalars.Matching(
        "the name of an environment variable", IsVariable, "^[A-Za-z_][A-Za-z0-9_]*$");

    static readonly ListShape<string> Variables = new(Variable, orSingle: true, identity: name => name);

    static readonly Shape<string> Output = Scalars.Matching(
        "a name or pattern inside the step's folder, such as clean/*.csv",
        NamePattern.StaysInside, @"^[^/\\]");

    static readonly Shape<double> Timeout = new ScalarShape<double>(
        "a time such as 90s, 10m or 2h", 1,
        scalar => Seconds(scalar.Text) is { } seconds ? new(seconds) : null,
        () => new JsonObject { ["type"] = "string", ["pattern"] = @"^\d+(\.\d+)?(ms|s|m|h)$|\$\{" },
        value => value);

    static readonly SectionShape<EachSpecification> Each = new(
        fields => new EachSpecification(
            fields.Optional("files", Texts, [],
                "One execution per file: globs, or outputs of a step as steps.clean/*.csv"),
            fields.Maybe("matrix",
                MappingOf(new ListShape<string>(
                    Scalars.Literal, 1, orSingle: true, identity: value => value)),
                "One execution per combination of these values, which ${names} stand for")
                ?? new Dictionary<string, IReadOnlyList<string>>()),
        shorthand: "files");

    static readonly SectionShape<StepSpecification> Step = new(fields => new StepSpecification(
        fields.Required("run", new ListShape<string>(Scalars.Literal, 1, orSingle: true),
            "The program and its arguments, each for itself; ${names} stand for parameters. "
            + "With shell: one script"),
        fields.Optional("shell", Scalars.Boolean, false,
            "Whether run is a script for sh, which sees parameters as variables"),
        fields.Optional("inputs", Texts, [],
            "All that it reads: globs relative to this file, or outputs of a step as steps.clean/*.csv"),
        fields.Maybe("each", Each,
            "What it is executed for, one by one; a glob alone is short for its files"),
        fields.Maybe("parameters", MappingOf(Scalars.Literal),
            "Values by name; environment variables of the program too")
            ?? new Dictionary<string, string>(),
        fields.Optional(
            "environment", Variables, [], "Variables passed from outside; another value runs it again"),
        fields.Optional("secrets", Variables, [],
            "Variables passed from outside that change no output and are shown nowhere"),
        fields.Maybe("tools", new MappingShape<string?>(
            new OrNothing<string>(Scalars.Literal), name => name.Length > 0, "a program", "."),
            "Programs it calls, with their version; without one the file itself counts")
            ?? new Dictionary<string, string?>(),
        fields.Optional("outputs", new ListShape<string>(Output, orSingle: true, identity: text => text), [],
            "What it makes, by name or pattern, relative to the folder that it runs in"),
        fields.MaybeValue("timeout", Timeout, "When it is ended, as 90s, 10m or 2h; never when left out")));

    public static MappingShape<StepSpecification> Shape { get; } = new(
        Step, PipelineSection.IsName, PipelineSection.NameRule, PipelineSection.NamePattern);

    /// <summary>The names that stand for something in a step's texts.</summary>
    public static IEnumerable<string> NamesIn(YamlMapping step) =>
    [
        .. (step.Find("parameters")?.Value as YamlMapping)?.Entries.Select(entry => entry.Key) ?? [],
        .. step.Find("each")?.Value switch
        {
            YamlMapping each =>
                (each.Find("matrix")?.Value as YamlMapping)
                    ?.Entries.Select(entry => entry.Key).Concat(EachNames) ?? EachNames,
            null => [],
            _ => EachNames,
        },
    ];

    static MappingShape<T> MappingOf<T>(Shape<T> item) => new(
        item, IsParameter, "letters, digits, hyphens and underscores", "^[A-Za-z_][A-Za-z0-9_-]*$");

    static bool IsParameter(string text) => IsVariable(text.Replace('-', '_'));

    static bool IsVariable(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    static double? Seconds(string text)
    {
        foreach (var (unit, seconds) in Units)
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out var count)
                && count * seconds is > 0 and <= 1e7)
                return count * seconds;
        return null;
    }
}
