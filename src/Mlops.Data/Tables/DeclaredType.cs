using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>
/// A column's type as a pipeline's YAML writes it: <c>integer</c>, <c>decimal(12,2)</c>, <c>timestamp with
/// zone</c>. Each type has one word.
/// </summary>
/// <param name="Precision">Of a decimal, 1 to <see cref="MaxPrecision"/>; null for other types.</param>
/// <param name="Scale">Of a decimal, 0 to the precision; null for other types.</param>
public sealed record DeclaredType(ColumnType Type, int? Precision = null, int? Scale = null)
{
    /// <summary>The digits that a 64-bit integer always holds.</summary>
    public const int MaxPrecision = 18;

    const string DecimalWord = "decimal";

    static readonly ColumnType[] Types =
    [
        ColumnType.Boolean, ColumnType.Int32, ColumnType.Integer, ColumnType.Float, ColumnType.Real,
        ColumnType.Decimal, ColumnType.Text, ColumnType.Category, ColumnType.Date, ColumnType.Timestamp,
        ColumnType.Instant,
    ];

    static readonly string[] WordOf =
    [
        "boolean", "int32", "integer", "float", "real", DecimalWord, "text", "category", "date", "timestamp",
        "timestamp with zone",
    ];

    /// <summary>The words, a decimal's with an example of its digits.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. WordOf.Select(word => word == DecimalWord ? "decimal(12,2)" : word)];

    /// <summary>The words without a decimal's digits: kinds of types.</summary>
    public static IReadOnlyList<string> Kinds => WordOf;

    public static string Word(ColumnType type) => WordOf[Array.IndexOf(Types, type)];

    /// <returns>Null where it is no type.</returns>
    public static DeclaredType? Parse(string text)
    {
        if (Array.IndexOf(WordOf, text) is var at and >= 0 && text != DecimalWord)
            return new DeclaredType(Types[at]);
        if (!text.StartsWith(DecimalWord + "(", StringComparison.Ordinal) || text[^1] != ')')
            return null;
        var digits = text[(DecimalWord.Length + 1)..^1].Split(',');
        return digits.Length == 2 && Digits(digits[0]) is { } precision && Digits(digits[1]) is { } scale
            && precision is >= 1 and <= MaxPrecision && scale <= precision
                ? new DeclaredType(ColumnType.Decimal, precision, scale)
                : null;
    }

    /// <summary>The kind of a type, where digits of decimals do not matter.</summary>
    /// <returns>Null where it is none.</returns>
    public static ColumnType? ParseKind(string text) =>
        Array.IndexOf(WordOf, text) is var at and >= 0 ? Types[at] : null;

    /// <summary>The word for a type that other languages call otherwise.</summary>
    /// <returns>Null where nobody calls a type so.</returns>
    public static string? WordFor(string foreign) => foreign.ToLowerInvariant() switch
    {
        "bool" => "boolean",
        "int" or "int64" or "long" or "bigint" => "integer",
        "double" or "float64" or "number" => "real",
        "float32" or "single" => "float",
        "string" or "str" or "varchar" or "char" => "text",
        "categorical" or "enum" or "factor" => "category",
        "datetime" => "timestamp",
        "timestamptz" or "instant" => "timestamp with zone",
        "decimal" => "decimal(12,2)",
        _ => null,
    };

    public override string ToString() => Type == ColumnType.Decimal
        ? string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})")
        : Word(Type);

    static int? Digits(string text) =>
        int.TryParse(text.Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            ? digits : null;
}
