using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// The members of a class and its bases: base first, then in declaration order, overridden ones once.
/// </summary>
static class Members
{
    const BindingFlags OwnInstance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<PropertyInfo> Properties(Type type) =>
        Collect(type, own => own.GetProperties(OwnInstance));

    public static IReadOnlyList<FieldInfo> Fields(Type type) =>
        Collect(type, own => own.GetFields(OwnInstance));

    /// <summary>Then those of its interfaces, by the interfaces' names, that no class declares.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesWithComponents(Type type)
    {
        List<PropertyInfo> properties = [.. Properties(type).Where(property => !property.Name.Contains('.'))];
        var known = properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var components = type.GetInterfaces();
        Array.Sort(components, (left, right) => string.CompareOrdinal(left.FullName, right.FullName));
        foreach (var component in components)
            if (component != typeof(ITargetBuild))
                properties.AddRange(Own(component)
                    .Where(property => !property.Name.Contains('.') && known.Add(property.Name)));
        return properties;
    }

    /// <summary>Those that the type itself declares, in declaration order.</summary>
    public static IReadOnlyList<PropertyInfo> Own(Type type) => Sorted(type.GetProperties(OwnInstance));

    static List<T> Collect<T>(Type type, Func<Type, T[]> own) where T : MemberInfo
    {
        var members = new List<T>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
            members.InsertRange(0, Sorted(own(current)).Where(member => known.Add(member.Name)));
        return members;
    }

    static T[] Sorted<T>(T[] declared) where T : MemberInfo
    {
        Array.Sort(declared, (left, right) => left.MetadataToken.CompareTo(right.MetadataToken));
        return declared;
    }
}
