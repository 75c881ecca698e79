using System.Globalization;

namespace Mlops.Targets;

/// <summary>How texts become values of one type, always invariant.</summary>
/// <param name="Label">Between angle brackets in <c>--help</c>; empty for a switch.</param>
/// <param name="Expected">What a right text is, for people.</param>
/// <param name="Convert">From a text and the folder that relative paths start from; null if the text is wrong.</param>
sealed record ParameterKind(string Label, string Expected, Func<string, AbsolutePath, object?> Convert)
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public bool IsSwitch { get; private init; }

    /// <summary>The allowed texts, where they can be counted.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    public static ParameterKind? Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return OfEnum(plain);
        if (plain == typeof(string))
            return new("text", "text", (text, _) => text);
        if (plain == typeof(bool))
            return new("", "true or false", (text, _) => bool.TryParse(text, out var value) ? value : null) { IsSwitch = true };
        if (plain == typeof(AbsolutePath))
            return new("path", "a path", (text, root) => text.Length == 0 || text.Contains('\0') ? null : root / text);
        return OfNumber(plain) ?? OfTime(plain);
    }

    static ParameterKind? OfNumber(Type type)
    {
        if (type == typeof(int))
            return new("integer", "a whole number", (text, _) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var value) ? value : null);
        if (type == typeof(long))
            return new("integer", "a whole number", (text, _) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var value) ? value : null);
        if (type == typeof(double))
            return new("number", "a number like 0.5", (text, _) =>
                double.TryParse(text, NumberStyles.Float, Culture, out var value) && double.IsFinite(value) ? value : null);
        if (type == typeof(decimal))
            return new("number", "a number like 0.5", (text, _) =>
                decimal.TryParse(text, NumberStyles.Float, Culture, out var value) ? value : null);
        return null;
    }

    static ParameterKind? OfTime(Type type)
    {
        if (type == typeof(DateOnly))
            return new("date", "a date like 2026-03-31", (text, _) =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", Culture, DateTimeStyles.None, out var value) ? value : null);
        if (type == typeof(TimeSpan))
            return new("time span", "a time span like 01:30:00", (text, _) =>
                TimeSpan.TryParseExact(text, "c", Culture, out var value) ? value : null);
        return null;
    }

    static ParameterKind OfEnum(Type type)
    {
        var choices = Enum.GetNames(type);
        return new("name", string.Join(", ", choices), (text, _) =>
        {
            var normalized = Names.Normalize(text);
            var choice = Array.Find(choices, name => Names.Normalize(name) == normalized);
            return choice is null ? null : Enum.Parse(type, choice);
        })
        { Choices = choices };
    }
}
