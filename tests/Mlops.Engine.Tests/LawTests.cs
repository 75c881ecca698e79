using CsCheck;

namespace Mlops.Engine.Tests;

/// <summary>The laws, over random graphs, changes, failures and damage, against an oracle that knows no cache.</summary>
public sealed class LawTests
{
    static readonly Gen<long[]> SourceValues = Gen.Long[-12, 12].Array[GraphShape.SourceCount];

    [Fact]
    public void AfterAnyHistoryAllOutputsEqualThoseOfARunFromNothing() =>
        Gen.Select(GraphShape.Gen, SourceValues, Gen.Int[1, 8], Change.Gen.Array[0, 5]).Sample(
            (shape, values, workers, changes) =>
            {
                using var bench = new Bench();
                foreach (var (source, value) in values.Index())
                    bench.WriteSource($"{source}.txt", value);
                Check(bench, shape, values, workers);
                foreach (var change in changes)
                {
                    shape = change.Apply(bench, shape, values);
                    Check(bench, shape, values, workers);
                }
            },
            iter: 150);

    static void Check(Bench bench, GraphShape shape, long[] values, int workers)
    {
        var workspace = bench.Open();
        var nodes = shape.Draw(bench, workspace.ResolveSources(bench.Sources, ["*.txt"]));
        var run = Bench.Engine(workspace, workers).Start(nodes, CancellationToken.None);
        run.Completion.GetAwaiter().GetResult();
        // A step that would fail now may have a trace from before: then it has its value all the same.
        var (healthy, faulty) = (shape.Oracle(values, new HashSet<string>()), shape.Oracle(values, bench.Faulty));
        foreach (var (index, node) in nodes.Index())
            (run.Output(node)?.Value).ShouldBeOneOf(healthy[index], faulty[index]);
        foreach (var node in nodes)
            if (run.Output(node) is { } total)
                File.ReadAllText(Path.Combine(bench.WorkspaceDirectory, "cas", total.Text.Digest.ToString()[..2], total.Text.Digest.ToString()))
                    .ShouldBe($"total {total.Value}");
        NothingRunsAgain(bench, shape);
    }

    static void NothingRunsAgain(Bench bench, GraphShape shape)
    {
        if (bench.Faulty.Count > 0)
            return;
        bench.Sabotaged = true;
        var workspace = bench.Open();
        var nodes = shape.Draw(bench, workspace.ResolveSources(bench.Sources, ["*.txt"]));
        Bench.Engine(workspace).Plan(nodes).Steps.ShouldAllBe(step => step.Verdict is Verdict.UpToDate || step.Verdict is Verdict.Blocked);
        bench.Run(workspace, nodes).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused || step.Status == StepStatus.Blocked);
        bench.Sabotaged = false;
    }

    /// <summary>Something that happens between two runs.</summary>
    sealed record Change(int Kind, int Number, int Value)
    {
        public static Gen<Change> Gen { get; } =
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, 4], CsCheck.Gen.Int[0, 100], CsCheck.Gen.Int[0, 5],
                (kind, number, value) => new Change(kind, number, value));

        public GraphShape Apply(Bench bench, GraphShape shape, long[] values)
        {
            switch (Kind)
            {
                case 0:
                    return shape.Changed(Number, Value);
                case 1:
                    var source = Number % GraphShape.SourceCount;
                    values[source] = Value - 3;
                    bench.WriteSource($"{source}.txt", values[source]);
                    break;
                case 2:
                    Damage(bench, "cas");
                    break;
                case 3:
                    Damage(bench, "traces");
                    break;
                default:
                    if (!bench.Faulty.Remove(new string('a', Value)))
                        bench.Faulty.Add(new string('a', Value));
                    break;
            }
            return shape;
        }

        void Damage(Bench bench, string folder)
        {
            var files = Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, folder), "*", SearchOption.AllDirectories);
            if (files.Length == 0)
                return;
            var file = files.Order(StringComparer.Ordinal).ElementAt(Number % files.Length);
            if (Value % 2 == 0)
                File.Delete(file);
            else
            {
                File.Delete(file);
                File.WriteAllText(file, "damaged");
            }
        }
    }
}
