using System.Globalization;

namespace Mlops.Targets;

/// <summary>Changes a value and returns it.</summary>
public delegate T Configure<T>(T value);

/// <summary>Small words that NUKE's authors are used to.</summary>
public static class CollectionExtensions
{
    /// <summary>Adds a note to a summary: <c>ReportSummary(_ => _.AddPair("Accuracy", "0.93"))</c>.</summary>
    public static Dictionary<string, string> AddPair(
        this Dictionary<string, string> dictionary, string key, object? value)
    {
        dictionary[key] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return dictionary;
    }

    /// <summary>Several notes of one name, in one line.</summary>
    public static Dictionary<string, string> AddPair(
        this Dictionary<string, string> dictionary, string key, IEnumerable<string> values) =>
        dictionary.AddPair(key, (object)string.Join(", ", values));

    /// <summary>Whether a plan, or a part of it, has the target.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) =>
        targets.Any(one => target.Equals(one.Factory));

    public static void ForEach<T>(this IEnumerable<T> items, Action<T> action)
    {
        foreach (var item in items)
            action(item);
    }

    public static T When<T>(this T value, bool condition, Configure<T> configure) =>
        condition ? configure(value) : value;

    public static T WhenNotNull<T, TOther>(this T value, TOther? other, Func<T, TOther, T> configure)
        where TOther : class =>
        other is null ? value : configure(value, other);

    public static TResult Apply<T, TResult>(this T value, Func<T, TResult> function) => function(value);
}
