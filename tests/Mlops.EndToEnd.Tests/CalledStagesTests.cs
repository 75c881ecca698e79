using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A stage that another one calls stands in no key of that one, yet a new version of it is seen.
/// </summary>
public sealed class CalledStagesTests
{
    [Fact]
    public void EveryStageThatABodyCallsIsHeldAgainstThisBuild()
    {
        using var bench = new Workbench().WithSample("demand");
        bench.Run("Validate").ShouldExit(0);
        var traces = Traces(bench);
        var callers = traces.Values.Where(trace => Called(trace).Any())
            .Select(trace => trace["stage"]!.ToString())
            .Where(stage => !stage.Contains('.', StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        callers.ShouldBe(["Ingest", "Partition", "Validate"]);

        foreach (var caller in callers)
            foreach (var called in CalledBy(traces, caller))
            {
                foreach (var (path, trace) in traces)
                    Write(path, trace["stage"]!.ToString() == caller
                        ? OfAnotherVersion(trace, called)
                        : trace);

                bench.Run("Validate", "--plan").ShouldExit(0)
                    .ShouldSay($"/{caller}: stage {called} that it calls changed from version 1000 to");
            }
    }

    static Dictionary<string, JsonNode> Traces(Workbench bench) =>
        Directory.GetFiles(Path.Combine(bench.Workspace, "traces"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => JsonNode.Parse(File.ReadAllLines(path)[1])!);

    static IEnumerable<JsonNode> Called(JsonNode trace) =>
        trace["called"]?.AsArray().OfType<JsonNode>() ?? [];

    static IEnumerable<string> CalledBy(Dictionary<string, JsonNode> traces, string caller) => traces.Values
        .Where(trace => trace["stage"]!.ToString() == caller).SelectMany(Called)
        .Select(called => called["name"]!.ToString()).Distinct();

    static JsonNode OfAnotherVersion(JsonNode trace, string called)
    {
        var changed = trace.DeepClone();
        foreach (var stage in Called(changed).Where(stage => stage["name"]!.ToString() == called))
            stage["version"] = 1000;
        return changed;
    }

    /// <summary>As the engine seals it: its digest, then the rest.</summary>
    static void Write(string path, JsonNode trace)
    {
        var body = trace.ToJsonString();
        File.WriteAllText(
            path, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\n{body}");
    }
}
