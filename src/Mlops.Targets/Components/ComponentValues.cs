using System.Linq.Expressions;
using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// The values given for parameters that components declare: interfaces have no fields to keep them in.
/// </summary>
sealed class ComponentValues
{
    readonly Dictionary<(Type?, string), object?> values = [];

    public void Set(MemberInfo member, object? value) => values[(member.DeclaringType, member.Name)] = value;

    public T? Find<T>(LambdaExpression parameter)
    {
        var body = parameter.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? convert.Operand
            : parameter.Body;
        if (body is not MemberExpression { Member: var member })
            throw new ArgumentException(
                "TryGetValue takes a lambda that names a parameter: () => Epochs.", nameof(parameter));
        return values.TryGetValue((member.DeclaringType, member.Name), out var value) ? (T?)value : default;
    }
}
