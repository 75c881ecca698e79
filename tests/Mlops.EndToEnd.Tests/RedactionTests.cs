using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A whole pipeline whose data drift, with columns whose values nobody may be shown: they are searched for
/// in everything that a run leaves but the store (artifacts and traces), which keeps cells as they are.
/// </summary>
public sealed class RedactionTests : IDisposable
{
    const string Secret = "zorblatt-clinic";
    const string OtherSecret = "zorblatt-ward";
    const string SecretNumber = "73912.625";
    const string OtherSecretNumber = "91827.375";

    static readonly string[] Secrets =
        [Secret, OtherSecret, SecretNumber, OtherSecretNumber, "73912", "91827", "91,827", "73,912"];

    readonly Workbench bench = new Workbench()
        .WithFile("pipelines/private/data.csv", "id,day,clinic,pay,age,left\n" + Rows());

    [Theory]
    [InlineData("{ from: 2026-01-01, to: 2026-03-01 }", 0.0)]
    [InlineData("package", 0.0)]
    [InlineData("{ from: 2026-01-01, to: 2026-03-01 }", 0.9999)]
    public void NoValueOfARedactedColumnIsInAnythingThatARunLeaves(string reference, double gate)
    {
        bench.WithPipeline("private", Yaml(reference, gate))
            .WithVariable("GITHUB_ACTIONS", "true")
            .WithVariable("GITHUB_STEP_SUMMARY", bench.PathOf("summary"))
            .WithVariable("GITHUB_OUTPUT", bench.PathOf("outputs"));
        string[] results = ["--results-directory", bench.PathOf("results")];
        var told = bench.Run(["Package", "Monitor", "Report", .. results]);
        told.ExitCode.ShouldBe(1, told.Text);
        var events = bench.Run("Package", "Monitor", "Report", "--format", "json").Text
            + bench.Run("Monitor", "--explain").Text;

        var searched = Left().Append(("terminal", Encoding.UTF8.GetBytes(told.Text)))
            .Append(("events", Encoding.UTF8.GetBytes(events))).ToList();
        searched.Count.ShouldBeGreaterThan(gate == 0.0 ? 20 : 8);
        if (gate == 0.0)
            searched.ShouldContain(file => file.Item1.EndsWith("model.zip", StringComparison.Ordinal));
        searched.Where(file => Holds(file.Item2)).Select(file => file.Item1).ShouldBeEmpty();

        if (gate == 0.0)
        {
            told.ShouldSay("clinic drifted", "pay drifted");
            var page = File.ReadAllText(Path.Combine(bench.Output, "private", "drift.html"));
            page.ShouldContain(reference == "package" ? "group 1" : "level 1");
        }
        else
            told.ShouldSay("where clinic is •••");
    }

    static string Yaml(string reference, double gate) => $$"""
        name: private
        data:
          sources: "*.csv"
          key: [id]
          time: day
        validate: { redact: [clinic, pay] }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: binary, label: left, trainer: { name: fast-tree, trees: 5, min-rows-per-leaf: 5 } }
        evaluate:
          metrics: [accuracy]
          slices: [clinic, pay]
          gates: [{ metric: accuracy, min: {{gate.ToString(CultureInfo.InvariantCulture)}}, every-slice: true }]
        package: { version: 1.0.0 }
        monitor:
          reference: {{reference}}
          current: { from: 2026-03-01 }
          thresholds: { column-share: 0.3 }
          classifier: true
        """;

    /// <summary>Two months, then one in which the clinic and the pay are others.</summary>
    static string Rows()
    {
        var rows = new StringBuilder();
        for (var i = 0; i < 900; i++)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(i / 10);
            var isLate = i >= 590;
            var clinic = i % 3 == 0 ? (isLate ? OtherSecret : Secret) : i % 3 == 1 ? "north" : "south";
            var pay = i % 4 == 0 ? (isLate ? OtherSecretNumber : SecretNumber)
                : $"{(isLate ? 80000 : 40000) + i * 37 % 9000}.5";
            var left = (i * 7 + i / 3) % 5 < (i % 3 == 0 ? 3 : 1);
            rows.Append(CultureInfo.InvariantCulture,
                $"{i},{day:yyyy-MM-dd},{clinic},{pay},{20 + i * 13 % 50},{(left ? "yes" : "no")}\n");
        }
        return rows.ToString();
    }

    /// <summary>
    /// Every file that is no row at rest: what lies in archives too, however deep.
    /// </summary>
    IEnumerable<(string Name, byte[] Bytes)> Left()
    {
        string[] folders =
        [
            bench.Output, bench.PathOf("results"), Path.Combine(bench.Workspace, "logs"),
            Path.Combine(bench.Workspace, "notes"), Path.Combine(bench.Workspace, "snapshots"),
            Path.Combine(bench.Workspace, "steps"),
        ];
        string[] files = [bench.PathOf("summary"), bench.PathOf("outputs"),
            Path.Combine(bench.Workspace, "ledger.jsonl")];
        return folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(files)
            .SelectMany(file => Unpacked(Path.GetFileName(file), File.ReadAllBytes(file)));
    }

    static IEnumerable<(string Name, byte[] Bytes)> Unpacked(string name, byte[] bytes)
    {
        yield return (name, bytes);
        if (bytes is not [(byte)'P', (byte)'K', ..])
            yield break;
        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            foreach (var inner in Unpacked($"{name}/{entry.FullName}", content.ToArray()))
                yield return inner;
        }
    }

    static bool Holds(byte[] bytes)
    {
        string[] texts = [Encoding.UTF8.GetString(bytes), Encoding.Unicode.GetString(bytes)];
        return Secrets.Any(secret => texts.Any(text => text.Contains(secret, StringComparison.Ordinal)));
    }

    public void Dispose() => bench.Dispose();
}
