using System.Globalization;
using System.Text.Json.Nodes;

namespace Mlops.Learning.Tests.Evaluation;

/// <summary>
/// Metric vectors made by scikit-learn, in a folder beside the repository; tests skip without it.
/// </summary>
static class ReferenceMetrics
{
    /// <summary>The expected values and the rows of one case, without the header.</summary>
    public static (JsonNode Expected, double[][] Rows) Load(string id) =>
        Cases().Where(item => (string?)item["id"] == id)
            .Select(item => (item["expected"]!, Rows(item))).Single();

    public static IEnumerable<(string Id, JsonNode Expected, double[][] Rows)> OfKind(string kind) => Cases()
        .Where(item => (string?)item["kind"] == kind)
        .Select(item => ((string)item["id"]!, item["expected"]!, Rows(item)));

    static IEnumerable<JsonNode> Cases() => JsonNode
        .Parse(File.ReadAllText(
            Path.Combine(RequireShared("drift-reference"), "expected-metrics.json")))!["cases"]!
        .AsArray().OfType<JsonNode>();

    static double[][] Rows(JsonNode item) =>
    [
        .. File.ReadLines(Path.Combine(RequireShared("drift-reference"), (string)item["file"]!))
            .Skip(1).Select(
                line => Array.ConvertAll(
                    line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture))),
    ];

    /// <summary>A folder of the data that lies beside the repository.</summary>
    public static string RequireShared(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Mlops.Build.sln")))
            root = root.Parent;
        var candidate = root is null ? name : Path.Combine(root.FullName, "..", "shared", name);
        if (!Directory.Exists(candidate))
            Assert.Skip($"The folder ../shared/{name} is not there.");
        return candidate;
    }

    /// <summary>Relative 1e-9, absolute 1e-12, and undefined only where the reference is.</summary>
    public static void ShouldAgree(double? actual, JsonNode? expected, string what)
    {
        if (expected is null)
        {
            actual.ShouldBeNull(what);
            return;
        }
        var value = (double)expected;
        actual.ShouldNotBeNull(what).ShouldBe(value, Math.Max(1e-9 * Math.Abs(value), 1e-12), what);
    }
}
