namespace Mlops.Targets;

/// <summary>
/// A field or property that a person can set: on the command line as <c>--learning-rate 0.1</c>, in the
/// environment as <c>MLOPS_LEARNING_RATE</c> (or exactly as the member is called), in the parameters file.
/// Types: string, bool, int, long, double, decimal, DateOnly, TimeSpan, AbsolutePath, enums, their nullable
/// forms and arrays.
/// </summary>
/// <param name="description">One sentence for <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterAttribute(string? description = null) : Attribute
{
    public string? Description { get; } = description;

    /// <summary>Another name than the member's.</summary>
    public string? Name { get; set; }

    /// <summary>Splits one token into the values of an array.</summary>
    public string? Separator { get; set; }

    /// <summary>False keeps the parameter out of <c>--help</c>.</summary>
    public bool List { get; set; } = true;
}

/// <summary>A parameter whose value is never printed: wherever it would be, there are stars.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>A parameter that must be given whatever is asked for.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>An array that may be given without any value.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class BareAttribute : Attribute;
