using System.Globalization;
using System.Text.Json;
using Sylvan.Data.Csv;

namespace Mlops.Data.Tests.Statistics;

/// <summary>
/// The reference vectors that lie beside the repository, made with SciPy; tests skip without them.
/// </summary>
static class ReferenceVectors
{
    public static JsonElement Scalars() => Read("expected-scalar.json").GetProperty("cases");

    public static IEnumerable<(string Id, JsonElement Expected, string?[] Reference, string?[] Current)> Drift(string kind)
    {
        foreach (var item in Read("expected-drift.json").GetProperty("cases").EnumerateArray())
        {
            if (item.GetProperty("kind").GetString() != kind)
                continue;
            var (reference, current) = Cells(Path.Combine(Folder(), item.GetProperty("file").GetString()!));
            yield return (item.GetProperty("id").GetString()!, item.GetProperty("expected"), reference, current);
        }
    }

    public static double Parse(string? cell) => cell switch
    {
        null or "" or "NaN" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(cell, CultureInfo.InvariantCulture),
    };

    static (string?[] Reference, string?[] Current) Cells(string path)
    {
        List<string?> reference = [], current = [];
        using var csv = CsvDataReader.Create(path);
        while (csv.Read())
            (csv.GetString(0) == "r" ? reference : current).Add(csv.GetString(1) is { Length: > 0 } cell ? cell : null);
        return ([.. reference], [.. current]);
    }

    static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), name)));
        return document.RootElement.Clone();
    }

    static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mlops.Build.sln")))
            folder = folder.Parent;
        var vectors = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "drift-reference");
        if (!Directory.Exists(vectors))
            Assert.Skip("The reference vectors (shared/drift-reference beside the repository) are not here.");
        return vectors;
    }
}

static class Tolerances
{
    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static long[] Counts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(count => count.GetInt64())];

    /// <summary>1e-9 relative, 1e-12 absolute.</summary>
    public static void ShouldBeStatistic(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-12 + 1e-9 * Math.Abs(expected), what);

    /// <summary>1e-8 absolute near zero: the square root of a sum that cancels.</summary>
    public static void ShouldBeDistance(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-8 + 1e-9 * Math.Abs(expected), what);

    /// <summary>1e-6 relative; below 1e-300 counts as 0.</summary>
    public static void ShouldBeP(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-300 + 1e-6 * expected, what);

    static void Check(double actual, double expected, double tolerance, string what) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
            tolerance, FormattableString.Invariant($"{what}: {actual:R} against {expected:R}"));
}
