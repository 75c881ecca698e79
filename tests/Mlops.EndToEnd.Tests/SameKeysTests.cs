using System.Text.Json;

namespace Mlops.EndToEnd.Tests;

/// <summary>A key holds what a step means, never where, when or by whom it was asked for.</summary>
public sealed class SameKeysTests
{
    /// <summary>
    /// Its page tells of times and machines, so its key holds the evidence that it tells of.
    /// </summary>
    const string Telling = "AuditReport";

    [Fact]
    public void TwoClonesInDifferentFoldersHaveTheSameKeysAndNoneHoldsAFolder()
    {
        using var first = new Workbench().WithSample("churn");
        using var second = new Workbench().WithSample("churn");
        second.WithVariable("HOME", second.PathOf("home"))
            .WithVariable("USER", "somebody").WithVariable("TZ", "Asia/Kathmandu")
            .WithVariable("LC_ALL", "tr_TR.UTF-8")
            .Edit("pipelines/churn/pipeline.yaml", yaml => $"# a comment\n{yaml}\n# another\n");
        first.Run("Report").ShouldExit(0);
        second.Run("Report", "--parallel", "8").ShouldExit(0);

        Keys(second).ShouldBe(Keys(first));
        foreach (var bench in (Workbench[])[first, second])
            foreach (var (stage, input) in Traces(bench).Select(trace => (trace.Stage, trace.Input)))
                input.ShouldNotContain(Path.GetDirectoryName(bench.Workspace)!, Case.Sensitive, stage);
    }

    static IEnumerable<string> Keys(Workbench bench) =>
        Traces(bench).Where(trace => trace.Stage != Telling)
            .Select(trace => $"{trace.Stage} {trace.Key}").Order(StringComparer.Ordinal);

    static List<(string Stage, string Key, string Input)> Traces(Workbench bench)
    {
        var traces = new List<(string Stage, string Key, string Input)>();
        var folder = Path.Combine(bench.Workspace, "traces");
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var trace = JsonDocument.Parse(File.ReadAllLines(path)[1]);
            traces.Add((
                trace.RootElement.GetProperty("stage").GetString()!, Path.GetFileName(path),
                trace.RootElement.GetProperty("input").GetRawText()));
        }
        return traces;
    }
}
