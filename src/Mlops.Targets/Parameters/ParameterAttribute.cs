using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// A field or property that a person can set: on the command line as <c>--learning-rate 0.1</c>, in the
/// environment as <c>MLOPS_LEARNING_RATE</c> (or exactly as the member is called), in the parameters file.
/// Types: texts, truth values, all numbers, dates and times, Guid, Uri, Version, paths, enums,
/// <see cref="Enumeration"/> classes and types with a converter of their own; their nullable
/// forms, arrays and lists.
/// </summary>
/// <param name="description">One sentence for <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute(string? description = null) : ValueInjectionAttributeBase
{
    /// <remarks>For the host's own, which are read at every start: a property that is set by name is set by
    /// reflection, and .NET compiles code for that.</remarks>
    internal ParameterAttribute(string description, string name)
        : this(description) => Name = name;

    /// <inheritdoc cref="ParameterAttribute(string, string)"/>
    internal ParameterAttribute(string description, bool list)
        : this(description) => List = list;

    public string? Description { get; } = description;

    /// <summary>Another name than the member's.</summary>
    public string? Name { get; set; }

    /// <summary>Splits one token into the values of an array.</summary>
    public string? Separator { get; set; }

    /// <summary>False keeps the parameter out of <c>--help</c>.</summary>
    public bool List { get; set; } = true;

    /// <summary>Has <see cref="ValueProviderMember"/>; the build's own class otherwise.</summary>
    public Type? ValueProviderType { get; set; }

    /// <summary>
    /// A field, property or method that gives the allowed values as texts. Others are refused.
    /// </summary>
    public string? ValueProviderMember { get; set; }

    /// <summary>The host binds parameters itself, all at once: there is no value to get here.</summary>
    public override object? GetValue(MemberInfo member, object instance) => null;

    /// <summary>The allowed values, for attributes that know them better than the member's type.</summary>
    public virtual IEnumerable<(string Text, object Object)>? GetValueSet(
        MemberInfo member, object instance) => null;
}

/// <summary>A parameter whose value is never printed: wherever it would be, there are stars.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>A parameter that must be given whatever is asked for.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>
/// Kept for sources written for NUKE: every parameter may be left out that is not required.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class OptionalAttribute : Attribute;

/// <summary>Comes before the names of all parameters of a component.</summary>
/// <param name="prefix">Written as a member would be:
/// <c>Docker</c> makes <c>--docker-registry</c> of Registry.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ParameterPrefixAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}

/// <summary>An array that may be given without any value.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class BareAttribute : Attribute;
