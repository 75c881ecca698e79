using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Data.Validation.Expressions;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>The single values of a specification.</summary>
static class Scalars
{
    /// <summary>A share in [0, 1].</summary>
    public static Shape<double> Share { get; } = Real(0, 1);

    public static Shape<double> AnyReal { get; } = Real();

    /// <summary>As <see cref="AnyReal"/>, with what a double does not hold of it.</summary>
    public static Shape<WrittenNumber> AnyNumber { get; } = new ScalarShape<WrittenNumber>(
        "a number", default,
        scalar => scalar.Form != ScalarForm.Text && ParseReal(scalar.Text) is { } number
            ? new(new WrittenNumber(number, RuleText.Exact(scalar.Text, number))) : null,
        () => OrVariable("number"), number => number.Value);

    public static Shape<bool> Boolean { get; } = new ScalarShape<bool>(
        "true or false", false,
        scalar => scalar.Form == ScalarForm.Text ? null : scalar.Text switch
        {
            "true" or "True" or "TRUE" => new(true),
            "false" or "False" or "FALSE" => new(false),
            _ => null,
        },
        () => OrVariable("boolean"), value => value);

    /// <summary>Any words.</summary>
    public static Shape<string> Text { get; } = Matching(
        "a text", text => text.Trim().Length > 0, schemaPattern: "\\S");

    /// <summary>A value of the data, as it stands there: <c>north</c>, <c>7</c>, <c>true</c>.</summary>
    public static Shape<string> Literal { get; } = new ScalarShape<string>(
        "a single value", "", scalar => new(scalar.Text),
        () => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") }, value => value);

    /// <param name="schemaPattern">The same condition as a regular expression of JSON Schema.</param>
    public static Shape<string> Matching(
        string expected, Func<string, bool> isRight, string? schemaPattern = null) =>
        new ScalarShape<string>(
            expected, "", scalar => isRight(scalar.Text) ? new(scalar.Text) : null,
            () => schemaPattern is null
                ? new JsonObject { ["type"] = "string" }
                : new JsonObject { ["type"] = "string", ["pattern"] = $"{schemaPattern}|{Variable}" },
            value => value);

    public static Shape<int> Whole(int min, int max = int.MaxValue) => new ScalarShape<int>(
        RangeWords("a whole number", min, max == int.MaxValue ? null : max), min,
        scalar => scalar.Form != ScalarForm.Text
            && int.TryParse(
                scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max ? new(number) : null,
        () => Bounded(OrVariable("integer"), min, max), value => value);

    /// <param name="open">The bounds themselves are excluded.</param>
    public static Shape<double> Real(double? min = null, double? max = null, bool open = false) =>
        new ScalarShape<double>(
            RangeWords("a number", min, max, open), min ?? 0,
            scalar => scalar.Form != ScalarForm.Text && ParseReal(scalar.Text) is { } number
                && (open ? !(number <= min || number >= max) : !(number < min || number > max))
                    ? new(number)
                    : null,
            () => Bounded(OrVariable("number"), min, max, open), value => value);

    public static double? ParseReal(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
            ? number
            : null;

    public static Shape<T> OneOf<T>(params (string Name, T Value)[] choices)
    {
        var (names, values) = (new string[choices.Length], new T[choices.Length]);
        for (var i = 0; i < choices.Length; i++)
            (names[i], values[i]) = choices[i];
        return Among(names, values);
    }

    public static Shape<string> OneOf(IEnumerable<string> names)
    {
        string[] listed = [.. names];
        return Among(listed, listed);
    }

    /// <remarks>
    /// In two lists and without LINQ: what works on pairs would be compiled for each enum at each start.
    /// </remarks>
    static ScalarShape<T> Among<T>(string[] names, T[] values) => new(
        "one of " + string.Join(", ", names), values[0],
        scalar => Array.IndexOf(names, scalar.Text) is var at and >= 0 ? new Parsed<T>(values[at]) : null,
        () => Among(names),
        value => names[Array.IndexOf(values, (object?)value)],
        names);

    /// <summary>The names as JSON Schema lists them, or a variable.</summary>
    public static JsonObject Among(IEnumerable<string> names) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) },
            new JsonObject { ["type"] = "string", ["pattern"] = Variable }),
    };

    const string Variable = @"\$\{";

    static JsonObject OrVariable(string type) =>
        new() { ["type"] = new JsonArray(type, "string"), ["pattern"] = Variable };

    static JsonObject Bounded(JsonObject schema, double? min, double? max, bool open = false)
    {
        if (min is not null)
            schema[open ? "exclusiveMinimum" : "minimum"] = min;
        if (max is not null && max < int.MaxValue)
            schema[open ? "exclusiveMaximum" : "maximum"] = max;
        return schema;
    }

    static string RangeWords(string what, double? min, double? max, bool open = false)
    {
        var bounds = (min, max) switch
        {
            (null, null) => "",
            ({ } low, null) => open ? $" above {Say(low)}" : $" of at least {Say(low)}",
            (null, { } high) => open ? $" below {Say(high)}" : $" of at most {Say(high)}",
            ({ } low, { } high) => $" from {Say(low)} to {Say(high)}{(open ? ", both excluded" : "")}",
        };
        return what + bounds;

        static string Say(double number) => number.ToString("R", CultureInfo.InvariantCulture);
    }
}
