using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// The steps that a pipeline declares itself: programs, each drawn after those whose outputs it takes.
/// </summary>
public sealed class ProgramSteps
{
    const string Prefix = "steps.";

    readonly Graph graph;
    readonly Stage<ProgramInput, ProgramOutput> stage;
    readonly PipelineSpecification specification;
    readonly IReadOnlyDictionary<string, StepSources> sources;
    readonly Dictionary<string, Node<ProgramOutput>> nodes = new(StringComparer.Ordinal);
    readonly HashSet<string> taken;

    internal ProgramSteps(
        Graph graph, Stage<ProgramInput, ProgramOutput> stage, PipelineSpecification specification,
        IReadOnlyDictionary<string, StepSources> sources)
    {
        (this.graph, this.stage, this.specification, this.sources) = (graph, stage, specification, sources);
        taken = specification.Steps.Values.SelectMany(step => step.References)
            .Concat(StepReference.References(specification.Data.Sources))
            .Concat(StepReference.References(specification.Monitor?.Sources ?? []))
            .Select(reference => reference.Step).ToHashSet(StringComparer.Ordinal);
        foreach (var name in specification.Steps.Keys)
            Draw(name);
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<Node<ProgramOutput>> Nodes =>
        [.. nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => node.Value)];

    /// <summary>Whether nothing in the pipeline takes what the step makes: then a person wants it.</summary>
    public bool IsLast(Node node) => !taken.Contains(NameOf(node));

    /// <returns>Null if the node is no step of these.</returns>
    public Node<ProgramOutput>? Find(Node node) =>
        node.Name.Stage.StartsWith(Prefix, StringComparison.Ordinal)
        && nodes.TryGetValue(NameOf(node), out var own) && own == node ? own : null;

    public static bool IsProgram(StepName step) => step.Stage.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name of a step as it is written.</summary>
    public static string NameOf(Node node) => node.Name.Stage[Prefix.Length..];

    internal IReadOnlyList<Node> NodesOf(IEnumerable<StepReference> references) =>
        [.. references.Select(reference => nodes[reference.Step]).Distinct()];

    /// <summary>The outputs that references mean, each named as it was made.</summary>
    /// <exception cref="ProblemException">One that nothing fits (PIPE-052).</exception>
    internal IReadOnlyList<SourceFile> Files(
        Upstream upstream, IEnumerable<StepReference> references,
        Func<StepReference, ProgramFile, string> name) =>
    [
        .. references.SelectMany(reference => Fitting(upstream.Accepted(nodes[reference.Step]), reference)
                .Select(file => file.AsSource(name(reference, file))))
            .Distinct().OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    void Draw(string name)
    {
        if (nodes.ContainsKey(name))
            return;
        var step = specification.Steps[name];
        foreach (var reference in step.References)
            Draw(reference.Step);
        var own = sources[name];
        var stepName = new StepName(specification.Name, null, Prefix + name);
        nodes[name] = own.Missing.Count > 0
            ? graph.Failed<ProgramOutput>(stepName, own.Missing)
            : graph.Step(stepName, stage, NodesOf(step.References),
                upstream => Input(step, own, upstream), Prefix + name);
    }

    ProgramInput Input(StepSpecification step, StepSources own, Upstream upstream)
    {
        var each = step.Each is null ? null : Each(step.Each, own, upstream);
        var alone = (each?.Files ?? []).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return new ProgramInput(
            step.Run, step.Shell, own.Tools,
            [
                .. own.Inputs
                    .Concat(Files(upstream, StepReference.References(step.Inputs), AsMade)).Distinct()
                    .Where(file => !alone.Contains(file.Name))
                    .OrderBy(file => file.Name, StringComparer.Ordinal),
            ],
            each, step.Parameters, own.Environment, step.Secrets, step.Outputs, step.TimeoutSeconds);
    }

    ProgramEach Each(EachSpecification each, StepSources own, Upstream upstream) => each.Files.Count == 0
        ? new ProgramEach(null, [.. each.Matrix.Select(axis => new ProgramAxis(axis.Key, axis.Value))])
        : new ProgramEach(
            [
                .. own.EachFiles
                    .Concat(Files(upstream, StepReference.References(each.Files), AsMade)).Distinct()
                    .OrderBy(file => file.Name, StringComparer.Ordinal),
            ],
            null);

    static string AsMade(StepReference reference, ProgramFile file) => file.Name;

    ProgramFile[] Fitting(ProgramOutput output, StepReference reference)
    {
        ProgramFile[] fitting =
            [.. output.Files.Where(file => NamePattern.FitsAnywhere(reference.Pattern, file.Name))];
        return fitting.Length > 0 ? fitting : throw new ProblemException(new Problem(
            "PIPE-052", $"No output of the step '{reference.Step}' fits '{reference.Text}'.",
            new Place(Path.Combine(specification.Directory, "pipeline.yaml"),
                Field: $"steps.{reference.Step}"),
            Expected: output.Files.Count == 0
                ? "an output"
                : NearestNames.Perhaps(reference.Pattern, output.Files.Select(file => file.Name)),
            Actual: reference.Pattern, Next: "Correct the reference, or what the step makes."));
    }
}
