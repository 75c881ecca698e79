using System.Reflection;

namespace Mlops.Targets;

/// <summary>One parameter of a build: its declaration, and the door to its member.</summary>
sealed class BuildParameter
{
    readonly MemberInfo member;
    readonly TargetBuild build;

    BuildParameter(TargetBuild build, MemberInfo member, Type type, ParameterAttribute attribute)
    {
        this.build = build;
        this.member = member;
        Name = attribute.Name ?? member.Name;
        Kebab = Names.Kebab(Name);
        Description = attribute.Description;
        Separator = attribute.Separator;
        IsListed = attribute.List;
        MayBeBare = member.IsDefined(typeof(BareAttribute));
        IsSecret = member.IsDefined(typeof(SecretAttribute));
        IsRequired = member.IsDefined(typeof(RequiredAttribute));
        IsOfHost = member.DeclaringType == typeof(TargetBuild);
        IsArray = type.IsArray;
        ItemType = IsArray ? type.GetElementType()! : type;
        Kind = ParameterKind.Of(ItemType);
    }

    public string Name { get; }

    public string Kebab { get; }

    public string Option => "--" + Kebab;

    public string EnvironmentVariable => "MLOPS_" + Names.UpperSnake(Name);

    public string? Description { get; }

    public string? Separator { get; }

    public bool IsListed { get; }

    public bool MayBeBare { get; }

    public bool IsSecret { get; }

    public bool IsRequired { get; }

    /// <summary>Declared by the host itself: <c>--help</c>, <c>--plan</c> and the like.</summary>
    public bool IsOfHost { get; }

    public bool IsArray { get; }

    /// <summary>Present means true.</summary>
    public bool IsSwitch => Kind is { IsSwitch: true } && !IsArray;

    public Type ItemType { get; }

    /// <summary>Null for a type that no text can be turned into.</summary>
    public ParameterKind? Kind { get; }

    public static IReadOnlyList<BuildParameter> Of(TargetBuild build)
    {
        var parameters = new List<BuildParameter>();
        foreach (var field in Members.Fields(build.GetType()))
            if (field.GetCustomAttribute<ParameterAttribute>() is { } attribute)
                parameters.Add(new(build, field, field.FieldType, attribute));
        foreach (var property in Members.Properties(build.GetType()))
            if (property.GetCustomAttribute<ParameterAttribute>() is { } attribute)
                parameters.Add(new(build, property, property.PropertyType, attribute));
        return parameters;
    }

    /// <summary>What the declaration itself gets wrong; null if nothing.</summary>
    public string? DeclarationMistake =>
        Kind is null ? $"Parameter {Name} has type {ItemType.Name}, which no text can be turned into."
        : member is PropertyInfo { CanWrite: false } ? $"Parameter {Name} is a property without a setter."
        : member is FieldInfo { IsLiteral: true } ? $"Parameter {Name} is a constant."
        : null;

    public object? Value
    {
        get => member is FieldInfo own ? own.GetValue(build) : ((PropertyInfo)member).GetValue(build);
        set
        {
            if (member is FieldInfo own)
                own.SetValue(build, value);
            else
                ((PropertyInfo)member).SetValue(build, value);
        }
    }
}
