using System.Reflection;

namespace Mlops.Targets;

/// <summary>The members of a class and its bases: base first, then in declaration order, overridden ones once.</summary>
static class Members
{
    const BindingFlags OwnInstance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<PropertyInfo> Properties(Type type) => Collect(type, own => own.GetProperties(OwnInstance));

    public static IReadOnlyList<FieldInfo> Fields(Type type) => Collect(type, own => own.GetFields(OwnInstance));

    static List<T> Collect<T>(Type type, Func<Type, T[]> own) where T : MemberInfo
    {
        var members = new List<T>();
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            var declared = own(current);
            Array.Sort(declared, (left, right) => left.MetadataToken.CompareTo(right.MetadataToken));
            members.InsertRange(0, declared.Where(member => !members.Exists(known => known.Name == member.Name)));
        }
        return members;
    }
}
