using System.Reflection;

namespace Mlops.Targets;

/// <summary>The texts that a parameter's declaration allows.</summary>
static class ValueProvider
{
    const BindingFlags Anything =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    /// <returns>Null where all texts of the type are allowed.</returns>
    /// <param name="mistake">What the declaration gets wrong, or null.</param>
    public static IReadOnlyList<string>? TextsOf(
        ParameterAttribute attribute, MemberInfo member, TargetBuild build, out string? mistake)
    {
        mistake = null;
        if (attribute.ValueProviderMember is not { } name)
            return attribute.GetValueSet(member, build) is { } set ? [.. set.Select(one => one.Text)] : null;
        var type = attribute.ValueProviderType ?? build.GetType();
        var provider = type.GetMember(name, Anything).FirstOrDefault();
        if (Values(provider, type.IsInstanceOfType(build) ? build : null) is { } texts)
            return [.. texts];
        mistake =
            $"Parameter {member.Name}: {type.Name} has no field, property or method {name} that gives texts.";
        return null;
    }

    static IEnumerable<string>? Values(MemberInfo? provider, TargetBuild? build) => provider switch
    {
        FieldInfo field when field.IsStatic || build is not null =>
            field.GetValue(build) as IEnumerable<string>,
        PropertyInfo { GetMethod: { } getter } property when getter.IsStatic || build is not null =>
            property.GetValue(build) as IEnumerable<string>,
        MethodInfo method when method.GetParameters().Length == 0 && (method.IsStatic || build is not null) =>
            method.Invoke(build, null) as IEnumerable<string>,
        _ => null,
    };
}
