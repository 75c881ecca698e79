using Mlops.Engine;

namespace Mlops.Reporting.Audit;

/// <summary>One thing in the lineage of a report.</summary>
/// <param name="Layer">Higher than those of <paramref name="From"/>; the dataset is in layer 1.</param>
sealed record LineageStep(
    string Id, int Layer, string Kind, string Name, Digest? Digest, bool Reached, IReadOnlyList<string> From);

/// <summary>
/// Where lineage begins: the raw files, and the pipeline's own steps that made the dataset's sources of them.
/// </summary>
sealed class LineageSources
{
    /// <summary>
    /// Sources drawn one by one; what is more is drawn as one node and listed in full above.
    /// </summary>
    const int SourcesDrawn = 6;

    const string More = "sources";

    readonly IReadOnlyList<ProgramEvidence> programs;
    readonly IReadOnlyList<SourceFile> sources;
    readonly Dictionary<(string, Digest), ProgramEvidence> makers = [];
    readonly Dictionary<ProgramEvidence, int> levels = [];
    readonly Dictionary<(string, Digest), string> drawn = [];

    LineageSources(AuditInput input)
    {
        programs = input.Programs ?? [];
        sources = [.. (input.Dataset?.Sources ?? []).Select(source => source.File)];
        foreach (var program in programs)
            foreach (var file in program.Output?.Files ?? [])
                makers.TryAdd((file.Name, file.File.Digest), program);
    }

    public static LineageSources Of(AuditEvidence evidence) => new(evidence.Input);

    /// <summary>What no step made.</summary>
    public SourceFile[] Raw() =>
    [
        .. programs.SelectMany(program => InputsOf(program).Where(file => MakerFor(program, file) is null))
            .Concat(sources.Where(source => MakerOf(source) is null)).Distinct(),
    ];

    /// <summary>Raw files first, then the steps.</summary>
    public List<LineageStep> Nodes()
    {
        var deepest = programs.Select(Level).DefaultIfEmpty(0).Max();
        var raw = Raw();
        var shown = raw.Length <= SourcesDrawn ? raw.Length : SourcesDrawn - 1;
        var nodes = raw.Take(shown).Select((file, i) => Drawn(file, $"source{i}", -deepest)).ToList();
        if (raw.Length > shown)
            nodes.Add(new LineageStep(
                More, -deepest, "sources", $"{raw.Length - shown} more", null, true, []));
        if (raw.Length == 0 && programs.Count == 0)
            nodes.Add(new LineageStep(More, 0, "sources", "", null, false, []));
        nodes.AddRange(programs.Select(program => new LineageStep(
            program.Step.Step, Level(program) - deepest, "step", program.Name, program.Step.Output,
            program.Output is not null,
            [.. InputsOf(program)
                .Select(file => MakerFor(program, file)?.Step.Step ?? IdOf(file)).Distinct()])));
        return nodes;
    }

    /// <summary>What the dataset is made of.</summary>
    public string[] OfDataset(IReadOnlyList<LineageStep> nodes) => sources.Count > 0
        ? [.. sources.Select(source => MakerOf(source)?.Step.Step ?? IdOf(source)).Distinct()]
        : [.. nodes.Select(node => node.Id).Take(1)];

    LineageStep Drawn(SourceFile file, string id, int layer)
    {
        drawn[(file.Name, file.Digest)] = id;
        return new LineageStep(id, layer, "source", file.Name, file.Digest, true, []);
    }

    string IdOf(SourceFile raw) => drawn.GetValueOrDefault((raw.Name, raw.Digest), More);

    /// <summary>The other step that made an input; null for a raw file.</summary>
    ProgramEvidence? MakerFor(ProgramEvidence program, SourceFile file) =>
        makers.TryGetValue((file.Name, file.Digest), out var maker) && maker != program ? maker : null;

    /// <summary>A source that a step made is named after it.</summary>
    ProgramEvidence? MakerOf(SourceFile source) => programs.FirstOrDefault(
        program => source.Name.StartsWith($"{program.Step.Step}/", StringComparison.Ordinal));

    int Level(ProgramEvidence program)
    {
        if (levels.TryGetValue(program, out var known))
            return known;
        var below = InputsOf(program).Select(file => MakerFor(program, file))
            .OfType<ProgramEvidence>().Distinct();
        levels[program] = 1;
        return levels[program] = 1 + below.Select(Level).DefaultIfEmpty(0).Max();
    }

    static IEnumerable<SourceFile> InputsOf(ProgramEvidence program) =>
        program.Input is { } input ? input.Inputs.Concat(input.Each?.Files ?? []) : [];
}
