using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// A member of the build that gets its value from outside, by the attribute that it carries.
/// </summary>
sealed record InjectedMember(MemberInfo Member, Type Type, ValueInjectionAttributeBase Attribute)
{
    /// <summary>Fields, then properties, then those of components.</summary>
    public static IReadOnlyList<InjectedMember> Of(TargetBuild build)
    {
        var found = new List<InjectedMember>();
        foreach (var field in Members.Fields(build.GetType()))
            if (field.GetCustomAttribute<ValueInjectionAttributeBase>() is { } attribute)
                found.Add(new(field, field.FieldType, attribute));
        // Most properties are targets, and looking for attributes takes its time.
        foreach (var property in Members.PropertiesWithComponents(build.GetType()))
            if (property.PropertyType != typeof(Target)
                && property.GetCustomAttribute<ValueInjectionAttributeBase>() is { } attribute)
                found.Add(new(property, property.PropertyType, attribute));
        return found;
    }

    /// <summary>Asks the attributes for their values, but for parameters, which the host binds.</summary>
    public static void InjectInto(TargetBuild build, IEnumerable<InjectedMember> members)
    {
        var asked = members.Where(one => one.Attribute is not ParameterAttribute).ToList();
        var ordered = asked.Count < 2 ? asked : [.. asked.OrderByDescending(one => one.Attribute.Priority)];
        foreach (var injected in ordered)
        {
            injected.Attribute.Build = build;
            if (injected.Attribute.GetValue(injected.Member, build) is { } value)
                injected.Set(build, value);
        }
    }

    void Set(TargetBuild build, object value)
    {
        if (Member is FieldInfo field)
            field.SetValue(build, value);
        else
            ((PropertyInfo)Member).SetValue(build, value);
    }
}
