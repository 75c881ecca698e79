using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mlops.EndToEnd.Tests;

/// <summary>Why a step ran is said in one text, wherever it is said.</summary>
public sealed class OneReasonTests
{
    const string Step = "churn/Train";

    [Fact]
    public void PlanRunLedgerAndAuditReportSayTheSame()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Report").ShouldExit(0);
        string[] changed = ["Report", "--set", "train.trainer.leaves=64"];

        var planned = bench.Run([.. changed, "--plan"]).ShouldExit(0).Text;
        var said = bench.Run(changed).ShouldExit(0).ReasonOf(Step);

        var reason = Regex.Match(said, "`train\\.trainer\\.leaves` \\S+ → 64").Value;
        reason.ShouldNotBeEmpty(said);
        Regex.Replace(planned, @"\s+", " ").ShouldContain(reason);
        InTheLedger(bench).ShouldBe([reason]);
        Directory.GetFiles(bench.Output, "*.html", SearchOption.AllDirectories)
            .ShouldContain(page =>
                WebUtility.HtmlDecode(File.ReadAllText(page)).Contains(reason, StringComparison.Ordinal));
    }

    /// <summary>The reasons of the step's last execution.</summary>
    static List<string> InTheLedger(Workbench bench)
    {
        var reasons = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(bench.Workspace, "ledger.jsonl")))
        {
            using var entry = JsonDocument.Parse(line);
            var own = Steps(entry.RootElement).Where(step => step.GetProperty("step").GetString() == Step);
            foreach (var step in own)
                reasons = [.. step.GetProperty("reasons").EnumerateArray()
                    .Select(reason => reason.GetString()!)];
        }
        return reasons;
    }

    /// <summary>Objects with a step and its reasons, at whatever depth.</summary>
    static IEnumerable<JsonElement> Steps(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("step", out _)
            && element.TryGetProperty("reasons", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Steps(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Steps),
        _ => [],
    };
}
