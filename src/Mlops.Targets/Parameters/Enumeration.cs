using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// A closed set of named values, each a static field of the derived class:
/// <c>public static readonly Stage Production = new() { Value = nameof(Production) };</c>
/// </summary>
public abstract class Enumeration
{
    protected internal string Value { get; set; } = "";

    [return: NotNullIfNotNull(nameof(enumeration))]
    public static implicit operator string?(Enumeration? enumeration) => enumeration?.Value;

    public static bool operator ==(Enumeration? left, Enumeration? right) => Equals(left, right);

    public static bool operator !=(Enumeration? left, Enumeration? right) => !Equals(left, right);

    public override bool Equals(object? obj) =>
        obj is Enumeration same && same.GetType() == GetType() && same.Value == Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    internal static IReadOnlyList<Enumeration> ValuesOf(Type type) =>
    [
        .. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .OrderBy(field => field.MetadataToken)
            .Select(field => field.GetValue(null)).OfType<Enumeration>(),
    ];
}

/// <summary>
/// Turns texts into the values of an <see cref="Enumeration"/>, for whoever asks its type's converter.
/// </summary>
public sealed class TypeConverter<T> : TypeConverter where T : Enumeration
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(
        ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text
            ? Enumeration.ValuesOf(typeof(T))
                .First(one => string.Equals(one.Value, text, StringComparison.OrdinalIgnoreCase))
            : base.ConvertFrom(context, culture, value);
}
