using System.Reflection;

namespace Mlops.Targets.Tests;

/// <summary>Public and protected members of an assembly, one readable line each.</summary>
static class Surface
{
    const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What every record and every object has.</summary>
    static readonly HashSet<string> OfEverything =
    [
        "ToString", "Equals", "GetHashCode", "PrintMembers", "<Clone>$", "Deconstruct", "op_Equality",
        "op_Inequality", "get_EqualityContract", "EqualityContract",
        "Invoke", "BeginInvoke", "EndInvoke", "value__", "GetEnumerator",
    ];

    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().Where(type => !type.Name.StartsWith('<'))
            .SelectMany(type => MembersOf(type).Prepend(Name(type)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    static IEnumerable<string> MembersOf(Type type) =>
        typeof(Delegate).IsAssignableFrom(type) ? [] : type.GetMembers(Own)
            .Where(member =>
                IsOpen(member) && !OfEverything.Contains(member.Name) && !member.Name.Contains('.'))
            .Select(member => $"{Name(type)}.{Text(member)}")
            .Where(text => !text.EndsWith(".ctor()", StringComparison.Ordinal));

    static bool IsOpen(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: true } method => method.Name.StartsWith("op_", StringComparison.Ordinal),
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property =>
            property.GetMethod is { } getter && IsOpen(getter)
            || property.GetMethod is { IsSpecialName: true } special
                && (special.IsPublic || special.IsFamily || special.IsFamilyOrAssembly),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        Type => false,
        _ => false,
    };

    static string Text(MemberInfo member) => member is MethodBase method
        ? $"{method.Name}{Generic(method)}({Parameters(method)})"
        : member.Name;

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)));

    static string Generic(MethodBase method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
        : "";

    static string Name(Type type)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType)
            return type.Name;
        var name = type.Name[..type.Name.IndexOf('`')];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
