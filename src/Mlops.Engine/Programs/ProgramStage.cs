namespace Mlops.Engine;

/// <summary>
/// Any program as a stage. It runs in a folder of its own that holds its declared inputs and nothing else,
/// with an environment of its own; what it declared as output is kept. Executed for each of several files or
/// values, every execution is a call of its own: one changed file costs one execution.
/// </summary>
/// <remarks>
/// It is not a sandbox: a program that names files by their full paths can still reach them.
/// </remarks>
public static class ProgramStage
{
    public const string Name = "Program";

    const int FailuresTold = 5;

    public static Stage<ProgramInput, ProgramOutput> Create(ProgramHost host)
    {
        Stage<ProgramInput, ProgramOutput>? stage = null;
        return stage = new Stage<ProgramInput, ProgramOutput>(
            Name, 1, "", () => ProgramsJson.Default.ProgramInput, () => ProgramsJson.Default.ProgramOutput,
            (context, input) => input.Each is { } each
                ? ExecuteEach(context, stage!, input, each)
                : new ProgramExecutor(host, context, input).Execute());
    }

    static async Task<ProgramOutput> ExecuteEach(
        StageContext context, Stage<ProgramInput, ProgramOutput> stage, ProgramInput input, ProgramEach each)
    {
        var items = ProgramItem.Of(each);
        try
        {
            var outputs = await context.CallAll(stage, items.Select(item => item.Of(input)));
            return new ProgramOutput(
                Merge(items, outputs),
                [.. items.Zip(outputs, (item, output) => output.Executions[0] with { Item = item.Name })]);
        }
        catch (ProblemException failures) when (failures.Problems.Count > FailuresTold)
        {
            throw new ProblemException([.. failures.Problems.Take(FailuresTold), new Problem(
                "ENGINE-058",
                $"{failures.Problems.Count - FailuresTold} more of {items.Count} executions failed.",
                Next: "The others are kept: the next run executes only what failed.")]);
        }
    }

    static IReadOnlyList<ProgramFile> Merge(
        IReadOnlyList<ProgramItem> items, IReadOnlyList<ProgramOutput> outputs)
    {
        var files = new SortedDictionary<string, (ProgramFile File, string Item)>(StringComparer.Ordinal);
        foreach (var (item, output) in items.Zip(outputs))
            foreach (var file in output.Files)
                if (!files.TryAdd(file.Name, (file, item.Name))
                    && files[file.Name] is var other && other.File != file)
                    throw new ProblemException(new Problem(
                        "ENGINE-056", $"Two executions made '{file.Name}', each another one.",
                        Actual: $"for {other.Item} and for {item.Name}",
                        Next: "Name the output after what it is made for, "
                            + "with ${each_name} or the names of the matrix."));
        return [.. files.Values.Select(made => made.File)];
    }
}
