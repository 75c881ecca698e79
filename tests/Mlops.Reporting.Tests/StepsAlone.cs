using System.Text;
using Mlops.Engine;

namespace Mlops.Reporting.Tests;

/// <summary>
/// A pipeline of two steps and nothing else: one cleans each of two files, one counts their rows.
/// </summary>
static class StepsAlone
{
    public static AuditInput Audit(Workbench bench, string said = "cleaned 2026-01.csv")
    {
        var raw = new[] { "2026-01", "2026-02" }.Select(month => Source($"raw/{month}.csv")).ToArray();
        var clean = raw.Select(file => new ProgramFile(
            file.Name.Replace("raw", "clean", StringComparison.Ordinal),
            Text(bench, $"id;x\n{file.Name}\n"))).ToArray();
        return new AuditInput(
            bench.Templates,
            new PipelineCard("count", null, "Rows of each month",
                "Cleans the exports and counts them.", null, null, null, null, null),
            [new("name", "count"), new("steps.clean.run", "./clean.sh, ${each}"),
                new("steps.count.shell", "true")],
            null, null, null, null, null, null, null, [],
            [
                new ProgramEvidence(
                    Step("steps.clean", 0, 1.25, "`raw/2026-02.csv` changed"),
                    Program(["./clean.sh", "${each}"], false,
                        [Source("clean.sh")], new ProgramEach(raw, null)),
                    new ProgramOutput(clean,
                    [
                        new ProgramExecution(raw[0].Name, 0, Text(bench, $"{said}\n"), null),
                        new ProgramExecution(
                            raw[1].Name, 0, null, Text(bench, "1 row without an id\nleft out\n")),
                    ])),
                new ProgramEvidence(
                    Step("steps.count", 2, 0.02, "never built"),
                    Program(["cat clean/*.csv | wc -l > rows.txt"], true,
                        [.. clean.Select(file => file.AsSource(file.Name))], null),
                    new ProgramOutput([new ProgramFile("rows.txt", Text(bench, "4\n"))],
                        [new ProgramExecution(null, 0, null, null)])),
            ],
            ["count"]);
    }

    public static IndexEntry Entry(bool isFinished) => new(
        new PipelineCard(isFinished ? "count" : "fetch", null, null, null, null, null, null, null, null),
        isFinished ? "finished" : "stopped at steps.get", isFinished, null, null, null, null, null,
        "count/audit.html", null, isFinished ? [] : [new IndexFinding("`curl` ended with exit code 6.", true)], 2);

    static StepEvidence Step(string name, int second, double seconds, string reason) => new(
        name, StepState.Finished, null, [reason], Workbench.Any($"key {name}"),
        Workbench.Any($"output {name}"), new DateTimeOffset(2026, 3, 31, 6, 15, second, TimeSpan.Zero),
        seconds, seconds * 1.5, 84_000_000, "ci-7", "Linux 6.8.0 x64", ".NET 10.0.1", "");

    static ProgramInput Program(
        IReadOnlyList<string> run, bool shell, IReadOnlyList<SourceFile> inputs, ProgramEach? each) => new(
        run, shell, [new ProgramTool("sh", null, Workbench.Any("sh"))], inputs, each,
        new SortedDictionary<string, string> { ["limit"] = "1000" },
        [new ProgramVariable("REGION", Workbench.Any("north"))], ["TOKEN"], ["*.csv"], 60);

    static SourceFile Source(string name) => new(name, Workbench.Any(name), 1_204);

    static Artifact Text(Workbench bench, string text) =>
        bench.Bytes(Encoding.UTF8.GetBytes(text), "text/plain");
}
