using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Mlops.Targets;

/// <summary>How texts become values of one type, always invariant.</summary>
/// <param name="Label">Between angle brackets in <c>--help</c>; empty for a switch.</param>
/// <param name="Expected">What a right text is, for people.</param>
/// <param name="Convert">From a text and the folder that relative paths start from;
/// null if the text is wrong.</param>
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
            return Among([.. Enum.GetNames(plain).Select(name => new Choice(name, Enum.Parse(plain, name)))]);
        if (plain == typeof(string))
            return new("text", "text", (text, _) => text);
        if (plain == typeof(bool))
            return new("", "true or false",
                (text, _) => bool.TryParse(text, out var value) ? value : null)
            { IsSwitch = true };
        if (plain == typeof(AbsolutePath))
            return new("path", "a path",
                (text, root) => text.Length == 0 || text.Contains('\0') ? null : root / text);
        if (plain == typeof(Partition))
            return new("part/total", "a share like 2/3", (text, _) => Partition.Parse(text));
        // What is seldom asked for comes last: it brings libraries of its own.
        return OfWhole(plain) ?? OfNumber(plain) ?? OfTime(plain) ?? OfOther(plain);
    }

    /// <summary>
    /// One of these and nothing else; upper and lower case, dashes and underscores make no difference.
    /// </summary>
    public static ParameterKind Among(IReadOnlyList<Choice> choices) => new(
        "name",
        string.Join(", ", choices.Select(choice => choice.Text)),
        (text, _) =>
            choices.FirstOrDefault(choice => Names.Normalize(choice.Text) == Names.Normalize(text))?.Value)
    {
        Choices = [.. choices.Select(choice => choice.Text)],
    };

    /// <summary>This kind, with only some of its texts allowed.</summary>
    public ParameterKind Only(IReadOnlyList<string> texts, AbsolutePath root) =>
        Among([.. texts.Select(text => new Choice(text, Convert(text, root) ?? text))]);

    static ParameterKind? OfWhole(Type type)
    {
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => Whole<int>(),
            TypeCode.Int64 => Whole<long>(),
            TypeCode.Int16 => Whole<short>(),
            TypeCode.Byte => Whole<byte>(),
            TypeCode.UInt32 => Whole<uint>(),
            TypeCode.UInt64 => Whole<ulong>(),
            TypeCode.UInt16 => Whole<ushort>(),
            TypeCode.SByte => Whole<sbyte>(),
            _ => null,
        };

        static ParameterKind Whole<T>() where T : struct, INumber<T>, IMinMaxValue<T> => new(
            "integer",
            typeof(T) == typeof(int) || typeof(T) == typeof(long)
                ? "a whole number"
                : $"a whole number from {T.MinValue} to {T.MaxValue}",
            (text, _) =>
                T.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var value) ? value : null);
    }

    static ParameterKind? OfNumber(Type type)
    {
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Double => Number<double>(),
            TypeCode.Decimal => Number<decimal>(),
            TypeCode.Single => Number<float>(),
            _ => null,
        };

        static ParameterKind Number<T>() where T : struct, INumber<T> => new(
            "number",
            "a number like 0.5",
            (text, _) => T.TryParse(text, NumberStyles.Float, Culture, out var value) && T.IsFinite(value)
                ? value
                : null);
    }

    static ParameterKind? OfTime(Type type)
    {
        if (type == typeof(DateOnly))
            return new("date", "a date like 2026-03-31", (text, _) =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", Culture, DateTimeStyles.None, out var value)
                    ? value
                    : null);
        if (type == typeof(TimeSpan))
            return new("time span", "a time span like 01:30:00", (text, _) =>
                TimeSpan.TryParseExact(text, "c", Culture, out var value) ? value : null);
        if (type == typeof(TimeOnly))
            return new("time", "a time like 13:30:00", (text, _) =>
                TimeOnly.TryParse(text, Culture, DateTimeStyles.None, out var value) ? value : null);
        if (type == typeof(DateTime))
            return new("time", "a time like 2026-03-31T13:30:00Z", (text, _) =>
                DateTime.TryParse(text, Culture, DateTimeStyles.RoundtripKind, out var value) ? value : null);
        if (type == typeof(DateTimeOffset))
            return new("time", "a time like 2026-03-31T13:30:00Z", (text, _) =>
                DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out var value)
                    ? value
                    : null);
        return null;
    }

    static ParameterKind? OfOther(Type type)
    {
        if (type == typeof(char))
            return new("character", "one character", (text, _) => text.Length == 1 ? text[0] : null);
        if (type == typeof(Guid))
            return new("guid", "a GUID", (text, _) => Guid.TryParse(text, out var value) ? value : null);
        if (type == typeof(Version))
            return new("version", "a version like 1.2.3",
                (text, _) => Version.TryParse(text, out var value) ? value : null);
        if (type == typeof(Uri))
            return new("uri", "an address like https://example.org", (text, _) =>
                Uri.TryCreate(text, UriKind.Absolute, out var value) ? value : null);
        if (type.IsSubclassOf(typeof(Enumeration)))
            return Among([.. Enumeration.ValuesOf(type)
                .Select(value => new Choice(value.ToString(), value))]);
        return type.IsDefined(typeof(TypeConverterAttribute)) ? OfConverter(type) : null;
    }

    static ParameterKind? OfConverter(Type type)
    {
        var name = type.GetCustomAttribute<TypeConverterAttribute>()!.ConverterTypeName;
        if (Type.GetType(name) is not { } converterType
            || Activator.CreateInstance(converterType) is not TypeConverter converter
            || !converter.CanConvertFrom(typeof(string)))
            return null;
        return new("value", $"a {type.Name}", (text, _) => Converted(converter, text));
    }

    /// <summary>Converters refuse by whatever exception their author thought of.</summary>
    static object? Converted(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFrom(null, Culture, text);
        }
        catch (Exception)
        {
            return null;
        }
    }
}

/// <summary>One of the values that a parameter may have.</summary>
sealed record Choice(string Text, object Value);
