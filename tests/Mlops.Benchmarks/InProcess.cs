using System.Globalization;
using System.Text.Json.Serialization;
using Mlops.Engine;

namespace Mlops.Benchmarks;

/// <summary>What is measured of the engine alone, without pipelines; each in a process of its own.</summary>
static class InProcess
{
    /// <summary>Digests files as the source index does.</summary>
    public static int DigestFiles(string[] files)
    {
        var workspace = Workspace.Open(
            Directory.CreateTempSubdirectory("mlops-digests-").FullName, TimeProvider.System);
        var listing = workspace.ResolveSources(Path.GetTempPath(), files);
        foreach (var file in listing.Files)
            Console.WriteLine(file.Digest);
        Directory.Delete(workspace.Location, recursive: true);
        return 0;
    }

    /// <summary>Runs a graph of steps that do next to nothing and depend on nothing.</summary>
    public static async Task<int> RunGraph(string directory, string count, string salt)
    {
        var graph = new Graph();
        Node[] nodes =
        [
            .. Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture))
                .Select(number => graph.Step(
                    new StepName("trivial", number.ToString(CultureInfo.InvariantCulture), "Double"), Double,
                    [], _ => new Number(number, number == 0 ? salt : ""))),
        ];
        var options = new EngineOptions(Environment.ProcessorCount, new NoObserver(), "trivial-graph");
        var run = new BuildEngine(
            Workspace.Open(directory, TimeProvider.System), options).Start(nodes, CancellationToken.None);
        var result = await run.Completion;
        Console.WriteLine($"{result.Steps.Count(step => step.Status == StepStatus.Executed)} executed");
        return 0;
    }

    static Stage<Number, Number> Double { get; } = new(
        "Double", 1, "", NumberJson.Default.Number, NumberJson.Default.Number,
        (_, input) => Task.FromResult(input with { Value = 2 * input.Value }));
}

/// <param name="Salt">Makes the same number another input.</param>
sealed record Number(long Value, string Salt);

[JsonSerializable(typeof(Number))]
sealed partial class NumberJson : JsonSerializerContext;
