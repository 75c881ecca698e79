using System.Text;
using System.Text.Json;

namespace Mlops.Engine.Tests;

public sealed class LedgerTests : IDisposable
{
    readonly Bench bench = new();

    string LedgerPath => Path.Combine(bench.WorkspaceDirectory, "ledger.jsonl");

    [Fact]
    public void EachRunThatExecutedSomethingAddsALineLinkedToTheOneBefore()
    {
        Build("x");
        Build("x");
        Build("xy");

        var lines = File.ReadAllLines(LedgerPath);
        lines.Length.ShouldBe(2);
        Previous(lines[0]).ShouldBe(Digest.Of([]));
        Previous(lines[1]).ShouldBe(Digest.Of(Encoding.UTF8.GetBytes(lines[0])));
    }

    [Fact]
    public void ALineThatACrashCutOffIsSetAsideAndNoOtherIsTouched()
    {
        Build("x");
        Build("xy");
        var whole = File.ReadAllLines(LedgerPath);
        File.AppendAllText(LedgerPath, """{"sequence":3,"at":"20""");

        Build("xyz");

        var lines = File.ReadAllLines(LedgerPath);
        lines[..2].ShouldBe(whole);
        Previous(lines[2]).ShouldBe(Digest.Of(Encoding.UTF8.GetBytes(whole[1])));
        File.ReadAllText($"{LedgerPath}.cut").ShouldBe("{\"sequence\":3,\"at\":\"20\n");
    }

    [Fact]
    public void ManyAppendsAtOnceAllFindTheirPlace()
    {
        bench.Open();
        var at = DateTimeOffset.UnixEpoch;

        System.Threading.Tasks.Parallel.For(0, 40, number => new Ledger(LedgerPath).Append(
            (sequence, previous) => new LedgerEntry(sequence, at, previous, $"run {number}", [], 0, 0)));

        var lines = File.ReadAllLines(LedgerPath);
        lines.Length.ShouldBe(40);
        foreach (var (before, line) in lines.Zip(lines.Skip(1)))
            Previous(line).ShouldBe(Digest.Of(Encoding.UTF8.GetBytes(before)));
    }

    public void Dispose() => bench.Dispose();

    static Digest Previous(string line)
    {
        using var entry = JsonDocument.Parse(line);
        return Digest.Parse(entry.RootElement.GetProperty("previous").GetString()!);
    }

    void Build(string parameter)
    {
        var step = new Graph().Step(new StepName("p", null, "Only"), bench.Add, [], _ => new Sum(parameter, [], []));
        bench.Run(bench.Open(), [step]);
    }
}
