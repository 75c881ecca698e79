using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// Gives a field or property of the build its value, before anything is planned. An exception ends the build.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    /// <summary>The build that has the member.</summary>
    public ITargetBuild? Build { get; internal set; }

    /// <summary>Greater ones first.</summary>
    public virtual int Priority => 0;

    /// <summary>Kept for sources written for NUKE: here nothing warns, what cannot be is a mistake.</summary>
    public bool SuppressWarnings { get; set; }

    /// <returns>Null leaves the member as it is.</returns>
    public abstract object? GetValue(MemberInfo member, object instance);
}
