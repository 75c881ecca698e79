using System.Reflection;

namespace Mlops.Targets;

/// <summary>One parameter of a build: its declaration, and the door to its member.</summary>
sealed class BuildParameter
{
    readonly MemberInfo member;
    readonly TargetBuild build;
    readonly ListShape? list;
    readonly string? providerMistake;

    BuildParameter(TargetBuild build, MemberInfo member, Type type, ParameterAttribute attribute)
    {
        this.build = build;
        this.member = member;
        Name = member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix
            + (attribute.Name ?? member.Name);
        Kebab = Names.Kebab(Name);
        Description = attribute.Description;
        Separator = attribute.Separator;
        IsListed = attribute.List;
        MayBeBare = member.IsDefined(typeof(BareAttribute));
        IsSecret = member.IsDefined(typeof(SecretAttribute));
        IsRequired = member.IsDefined(typeof(RequiredAttribute));
        IsOfHost = member.DeclaringType == typeof(TargetBuild);
        list = ListShape.Of(type);
        ItemType = list?.Item ?? type;
        Kind = ParameterKind.Of(ItemType);
        if (ValueProvider.TextsOf(attribute, member, build, out providerMistake) is { } texts)
            Kind = Kind?.Only(texts, TargetBuild.RootDirectory);
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

    /// <summary>Takes any number of values.</summary>
    public bool IsArray => list is not null;

    /// <summary>Present means true.</summary>
    public bool IsSwitch => Kind is { IsSwitch: true } && !IsArray;

    public Type ItemType { get; }

    /// <summary>Null for a type that no text can be turned into.</summary>
    public ParameterKind? Kind { get; }

    public static IReadOnlyList<BuildParameter> Of(TargetBuild build, IEnumerable<InjectedMember> members)
    {
        var parameters = new List<BuildParameter>();
        foreach (var member in members)
            if (member.Attribute is ParameterAttribute attribute)
                parameters.Add(new BuildParameter(build, member.Member, member.Type, attribute));
        return parameters;
    }

    /// <summary>What the declaration itself gets wrong; null if nothing.</summary>
    public string? DeclarationMistake =>
        Kind is null ? $"Parameter {Name} has type {ItemType.Name}, which no text can be turned into."
        : member is PropertyInfo { CanWrite: false } && !IsOfComponent
            ? $"Parameter {Name} is a property without a setter."
        : member is FieldInfo { IsLiteral: true } ? $"Parameter {Name} is a constant."
        : providerMistake;

    bool IsOfComponent => member.DeclaringType is { IsInterface: true };

    /// <summary>Several values at once, as the member wants them.</summary>
    public void SetValues(Array values) => Value = list!.Gather(values);

    public object? Value
    {
        get => member is FieldInfo own ? own.GetValue(build) : ((PropertyInfo)member).GetValue(build);
        set
        {
            if (IsOfComponent)
                build.Components.Set(member, value);
            else if (member is FieldInfo own)
                own.SetValue(build, value);
            else
                ((PropertyInfo)member).SetValue(build, value);
        }
    }
}
