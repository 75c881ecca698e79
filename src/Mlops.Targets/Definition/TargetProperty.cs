using System.Linq.Expressions;
using System.Reflection;

namespace Mlops.Targets;

/// <summary>A property that declares a target: its name, and the door to what it says.</summary>
sealed record TargetProperty(PropertyInfo Property)
{
    /// <summary>Also where the property implements an interface's explicitly.</summary>
    public string Name => Property.Name[(Property.Name.LastIndexOf('.') + 1)..];

    /// <summary>One of <see cref="Target"/>, <see cref="Setup"/> and <see cref="Cleanup"/>.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>
    /// Those of the class, its bases first, then those of interfaces that it does not declare itself.
    /// </summary>
    public static IReadOnlyList<TargetProperty> Of(Type buildType) =>
        [.. Members.PropertiesWithComponents(buildType).Where(IsTarget)
            .Select(property => new TargetProperty(property))];

    public static IReadOnlyList<TargetProperty> DeclaredBy(Type type) =>
        [.. Members.Own(type).Where(IsTarget).Select(property => new TargetProperty(property))];

    public static TargetProperty? NamedBy(LambdaExpression lambda) =>
        lambda.Body is MemberExpression { Member: PropertyInfo property }
            ? new TargetProperty(property)
            : null;

    public Delegate? Factory(TargetBuild build) => (Delegate?)Property.GetValue(build);

    /// <summary>What this very property says, also where another overrides it.</summary>
    public Target? OwnFactory(TargetBuild build)
    {
        var getter = Property.GetMethod!;
        if (!getter.IsVirtual || getter.IsAbstract)
            return Factory(build) as Target;
        var own = (Func<Target>)Activator.CreateInstance(
            typeof(Func<Target>), build, getter.MethodHandle.GetFunctionPointer())!;
        return own();
    }

    /// <summary>
    /// The property of a base class that this one overrides, or of the only interface that it implements. A
    /// component's own one is its default, which the build may implement explicitly.
    /// </summary>
    public TargetProperty? Overridden
    {
        get
        {
            var declaring = Property.DeclaringType!;
            if (declaring.IsInterface)
                return this;
            for (var type = declaring.BaseType; type is not null; type = type.BaseType)
                if (Members.Own(type).FirstOrDefault(IsSame) is { } property)
                    return new TargetProperty(property);
            var ofInterfaces = declaring.GetInterfaces().SelectMany(Members.Own).Where(IsSame).ToList();
            return ofInterfaces is [var only] ? new TargetProperty(only) : null;
        }
    }

    bool IsSame(PropertyInfo other) => other.Name == Name && other.PropertyType == Property.PropertyType;

    static bool IsTarget(PropertyInfo property) =>
        property.PropertyType == typeof(Target) || property.PropertyType == typeof(Setup)
        || property.PropertyType == typeof(Cleanup);
}
