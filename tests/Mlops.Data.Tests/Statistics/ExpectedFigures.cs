using System.Globalization;
using System.Text.Json;

namespace Mlops.Data.Tests.Statistics;

/// <summary>
/// Holds figures against a tree of expected ones: each leaf of the tree must have been computed, and agree
/// within what its kind allows.
/// </summary>
static class ExpectedFigures
{
    /// <returns>How many leaves were compared.</returns>
    public static int Compare(string id, JsonElement expected, IReadOnlyDictionary<string, object?> actual)
    {
        var compared = 0;
        foreach (var (path, leaf) in Leaves("", expected))
        {
            actual.TryGetValue(path, out var value).ShouldBeTrue($"{id}: nothing was computed for {path}");
            Agree($"{id} {path}", path, leaf, value);
            compared++;
        }
        return compared;
    }

    static IEnumerable<(string Path, JsonElement Leaf)> Leaves(string path, JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject()
                .SelectMany(field =>
                    Leaves(path.Length == 0 ? field.Name : $"{path}.{field.Name}", field.Value)),
            JsonValueKind.Array => element.EnumerateArray()
                .SelectMany((item, i) =>
                    Leaves(string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), item)),
            _ => [(path, element)],
        };

    static void Agree(string what, string path, JsonElement expected, object? actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                actual.ShouldBeNull(what);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                actual.ShouldBe(expected.GetBoolean(), what);
                break;
            case JsonValueKind.String:
                actual.ShouldBe(expected.GetString(), what);
                break;
            default:
                AgreeOnNumber(what, path, expected.GetDouble(), actual);
                break;
        }
    }

    static void AgreeOnNumber(string what, string path, double expected, object? actual)
    {
        if (actual is int or long)
        {
            Convert.ToDouble(actual, CultureInfo.InvariantCulture).ShouldBe(expected, what);
            return;
        }
        var value = actual.ShouldBeOfType<double>(what);
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (path == "cvm.p_asymptotic")
            Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-7, what);
        else if (path.StartsWith("welch_t.ci95", StringComparison.Ordinal))
            // SciPy 1.10 finds Student's quantile to 1e-9 only: integrating the density says that it is
            // the one that errs.
            Math.Abs(value - expected)
                .ShouldBeLessThanOrEqualTo(5e-9 * Math.Max(1, Math.Abs(expected)), what);
        else if (name == "p" || name.StartsWith("p_", StringComparison.Ordinal)
            || name.EndsWith("_p", StringComparison.Ordinal))
            value.ShouldBeP(expected, what);
        else if (name.StartsWith("js_distance", StringComparison.Ordinal) || name == "hellinger")
            value.ShouldBeDistance(expected, what);
        else
            value.ShouldBeStatistic(expected, what);
    }
}

/// <summary>Figures by their path.</summary>
sealed class Figures : Dictionary<string, object?>
{
    public void Put(string prefix, IEnumerable<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
            this[$"{prefix}.{name}"] = value;
    }

    public void List<T>(string prefix, IEnumerable<T> values)
    {
        var i = 0;
        foreach (var value in values)
            this[string.Create(CultureInfo.InvariantCulture, $"{prefix}.{i++}")] = value;
    }
}
