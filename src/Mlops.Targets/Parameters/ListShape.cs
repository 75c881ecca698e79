using System.Collections;

namespace Mlops.Targets;

/// <summary>How several values become one: an array, a list, or what an array can stand for.</summary>
/// <param name="Item">The type of one value.</param>
/// <param name="Gather">From an array of values to the member's type.</param>
sealed record ListShape(Type Item, Func<Array, object> Gather)
{
    static readonly Type[] Interfaces =
    [
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>),
        typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>),
    ];

    /// <returns>Null for the type of a single value.</returns>
    public static ListShape? Of(Type type)
    {
        if (type.IsSZArray)
            return new ListShape(type.GetElementType()!, values => values);
        if (!type.IsGenericType)
            return null;
        var (generic, item) = (type.GetGenericTypeDefinition(), type.GetGenericArguments()[0]);
        if (Interfaces.Contains(generic))
            return new ListShape(item, values => values);
        return generic == typeof(List<>)
            ? new ListShape(item, values => ListOf(type, values))
            : null;
    }

    static IList ListOf(Type type, Array values)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var value in values)
            list.Add(value);
        return list;
    }
}
