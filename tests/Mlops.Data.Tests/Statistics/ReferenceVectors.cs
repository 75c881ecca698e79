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

    public static IEnumerable<(string Id, JsonElement Expected,
        string?[] Reference, string?[] Current)> Drift(string kind)
    {
        foreach (var item in Read("expected-drift.json").GetProperty("cases").EnumerateArray())
        {
            if (item.GetProperty("kind").GetString() != kind)
                continue;
            var (reference, current) = Cells(Path.Combine(Folder(), item.GetProperty("file").GetString()!));
            yield return (item.GetProperty("id").GetString()!,
                item.GetProperty("expected"), reference, current);
        }
    }

    /// <summary>Each stream with the places of its alarms.</summary>
    public static IEnumerable<(string Id, JsonElement Expected, double[] Values)> Streams()
    {
        foreach (var item in Read("expected-streams.json").GetProperty("cases").EnumerateArray())
            yield return (
                item.GetProperty("id").GetString()!,
                item.GetProperty("expected"),
                [.. File.ReadLines(Path.Combine(Folder(), item.GetProperty("file").GetString()!))
                    .Skip(1).Select(Parse)]);
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
            (csv.GetString(0) == "r" ? reference : current)
                .Add(csv.GetString(1) is { Length: > 0 } cell ? cell : null);
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
