using System.Text.Json;

namespace Mlops.Engine.Tests.Laws;

/// <param name="By">What blocks it.</param>
sealed record Expected(StepStatus Status, Digest? Key, Total? Output, string? By);

/// <summary>
/// What a run must give and which bodies must run for it, found without the engine: everything is computed
/// from nothing, and what need not run is what the given traces say.
/// </summary>
sealed class Oracle(
    StageState state, IReadOnlyDictionary<int, SourceFile> files,
    IReadOnlyDictionary<int, long> numbers, IReadOnlySet<Digest> traces)
{
    readonly Dictionary<Digest, bool> bodies = [];

    public Dictionary<StepName, Expected> Steps { get; } = [];

    /// <summary>Bodies that must run and end well, each once.</summary>
    public IReadOnlySet<Digest> Made => bodies.Where(body => body.Value).Select(body => body.Key).ToHashSet();

    public Oracle Of(GraphShape shape)
    {
        foreach (var (index, step) in shape.Steps.Index())
        {
            string? by = null;
            var upstream =
                step.Upstream.Select(other => Take(GraphShape.NameOf(other), step.Taking, ref by)).ToList();
            int[] present = [.. step.Sources.Where(files.ContainsKey)];
            var result = by is not null
                ? Blocked(by)
                : Make(GraphShape.Bind(step, upstream, [.. present.Select(source => files[source])]),
                    [.. present.Select(source => numbers[source])]);
            Steps[GraphShape.NameOf(index)] = result;
            if (step.Grows)
                Grow(index, GraphShape.NameOf(index), result);
        }
        return this;
    }

    void Grow(int index, StepName name, Expected origin)
    {
        string? by = null;
        if (Take(name, Taking.Finished, ref by) is not { } output)
        {
            Steps[GraphShape.LastOf(index)] = Blocked(by!);
            return;
        }
        var cells = new List<StepName>();
        for (var cell = 0; cell < GraphShape.CellsOf(output.Value); cell++)
        {
            cells.Add(GraphShape.CellOf(index, cell));
            Steps[cells[^1]] = Make(GraphShape.Cell(cell, output), []);
        }
        var taken = cells.Select(cell => Take(cell, Taking.Accepted, ref by)).ToList();
        Steps[GraphShape.LastOf(index)] = by is not null
            ? Blocked(by)
            : Make(GraphShape.Last(taken.OfType<Total>()), []);
    }

    /// <param name="by">The first that is not to be had stays.</param>
    Total? Take(StepName name, Taking taking, ref string? by)
    {
        var step = Steps[name];
        if (step.Output is { } output && (output.Judgement.Accepted || taking != Taking.Accepted))
            return output;
        if (taking != Taking.OrNothing)
            by ??= step.By ?? $"{name} {(step.Status == StepStatus.Failed ? "failed" : "was rejected")}";
        return null;
    }

    Expected Make(Adding input, IReadOnlyList<long> values)
    {
        var key = KeyOf("Add", state.AddVersion,
            JsonSerializer.SerializeToUtf8Bytes(input, ArithmeticJson.Default.Adding));
        var factor = Sums.FactorOf(input.Parameter);
        var succeeded = traces.Contains(key)
            || (!state.Faulty.Contains($"Add:{input.Parameter}") && Scaled(input, factor, values));
        if (!traces.Contains(key))
            bodies[key] = succeeded;
        if (!succeeded)
            return new Expected(StepStatus.Failed, key, null, null);
        var texts = input.Texts.Select(text => new string('-', (int)text.LengthBytes));
        var total = Sums.Total(
            state, input.Parameter, input.Terms, texts,
            values.Select(value => factor * Sums.Read(state, value)));
        var text = Sums.Text(total);
        return new Expected(
            traces.Contains(key) ? StepStatus.Reused : StepStatus.Executed, key,
            Sums.Judged(total, new Artifact(Digest.Of(text), text.Length, "text/plain")), null);
    }

    /// <remarks>All are called, whatever becomes of the others.</remarks>
    bool Scaled(Adding input, int factor, IReadOnlyList<long> values) =>
        input.Sources.Zip(values).Select(pair => Scale(pair.First.Digest, factor, pair.Second)).ToList()
            .TrueForAll(well => well);

    bool Scale(Digest source, int factor, long value)
    {
        var key = KeyOf("Scale", 1,
            JsonSerializer.SerializeToUtf8Bytes(new Scaling(source, factor), ArithmeticJson.Default.Scaling));
        if (traces.Contains(key))
            return true;
        return bodies[key] = !state.Faulty.Contains($"Scale:{factor}") && Read(source, value);
    }

    bool Read(Digest source, long value)
    {
        var key = KeyOf("Read", state.ReadVersion,
            JsonSerializer.SerializeToUtf8Bytes(source, ArithmeticJson.Default.Digest));
        return traces.Contains(key) || (bodies[key] = !state.Faulty.Contains($"Read:{value}"));
    }

    Digest KeyOf(string stage, int version, byte[] input) =>
        ActionKey.Of(stage, version, state.Toolchain, input).Digest;

    static Expected Blocked(string by) => new(StepStatus.Blocked, null, null, by);
}
