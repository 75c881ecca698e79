using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// One invocation: the selected pipelines in one graph, one engine run shared by every target that asks, and
/// the results put where people look for them.
/// </summary>
public sealed class PipelineSession
{
    readonly BuildEngine engine;
    readonly HashSet<Node> requested = [];
    readonly Results results;
    Run? run;

    PipelineSession(SessionOptions options, Workspace workspace, BuildEngine engine, ProjectGraph project)
    {
        this.engine = engine;
        Project = project;
        results = new Results(workspace, options.OutputDirectory, project);
    }

    public ProjectGraph Project { get; }

    /// <exception cref="ProblemException">
    /// A pipeline's YAML is wrong or missing, or the workspace cannot be used (then Damaged).
    /// </exception>
    public static PipelineSession Open(SessionOptions options, TimeProvider clock, IRunObserver observer)
    {
        var all = PipelineFile.ReadAll(
            options.PipelinesDirectory, options.Pipelines.Count > 0 ? options.Pipelines : null, options.Variables, options.Overrides);
        var workspace = Workspace.Open(options.WorkspaceDirectory, clock);
        var frontPage = new FrontPageNotes(workspace);
        var project = ProjectGraph.Draw(
            new PipelineStages(
                IngestStage.Create(options.Hooks.ToDictionary(hook => hook.Key, hook => hook.Value.Derive)),
                PackageStage.Create(options.Scoring)),
            all,
            specification => Sources(specification, workspace, options),
            Templates(workspace, options.TemplatesDirectory),
            options.Pipelines.Count == 0
                ? []
                : frontPage.OfOthers(
                    options.PipelinesDirectory, all.Select(specification => specification.Name).ToHashSet(StringComparer.Ordinal)));
        var engine = new BuildEngine(workspace, new EngineOptions(options.MaxParallelism, observer, options.Command));
        return new PipelineSession(options, workspace, engine, project);
    }

    /// <summary>Asks for nodes of every selected pipeline; before the run starts.</summary>
    public void Request(IReadOnlyList<Func<PipelineGraph, Node?>> select)
    {
        foreach (var node in Nodes(select))
            requested.Add(node);
    }

    public Plan Plan() => engine.Plan([.. requested]);

    public void Start(CancellationToken cancellation) => run ??= engine.Start([.. requested], cancellation);

    /// <summary>
    /// What became of the asked-for nodes and of every step that they stand on, upstream first. What they gave is
    /// in its place in the output folder when its result is handed out.
    /// </summary>
    /// <param name="told">Steps already told; grows.</param>
    public async IAsyncEnumerable<FollowedStep> Follow(
        IReadOnlyList<Func<PipelineGraph, Node?>> select, HashSet<Node> told)
    {
        foreach (var node in Nodes(select))
            await foreach (var step in Follow(node, true, told))
                yield return step;
    }

    /// <summary>Waits for everything that was begun, and for the ledger; ends at once where nothing was.</summary>
    public Task Finish() => run?.Completion ?? Task.CompletedTask;

    async IAsyncEnumerable<FollowedStep> Follow(Node node, bool asked, HashSet<Node> told)
    {
        // What is upstream of a step that was told of was told of before it.
        foreach (var dependency in told.Contains(node) ? [] : node.Dependencies)
            await foreach (var step in Follow(dependency, false, told))
                yield return step;
        var result = await run!.Settled(node);
        if (node is Growth { Nodes: { } grown })
        {
            told.Add(node);
            foreach (var inner in grown)
                await foreach (var step in Follow(inner, asked, told))
                    yield return step;
        }
        else if (told.Add(node) is var first && (first || asked))
        {
            results.Publish(run, node);
            yield return new FollowedStep(result, asked, first);
        }
    }

    IEnumerable<Node> Nodes(IReadOnlyList<Func<PipelineGraph, Node?>> select) =>
        select.SelectMany(node => Project.Pipelines.Select(node)).OfType<Node>().Distinct();

    static PipelineSources Sources(PipelineSpecification specification, Workspace workspace, SessionOptions options)
    {
        var listing = workspace.ResolveSources(specification.Directory, specification.Data.Sources);
        var history = new ChampionHistory(workspace);
        return new PipelineSources(
            listing.Files,
            SourceProblems.Of(specification, listing, options),
            specification.Data.Derive is { } name && options.Hooks.TryGetValue(name, out var hook)
                ? new DerivedColumnsIdentity(name, hook.Code)
                : null,
            (cell, model) => history.ChampionOf(specification.Name, cell, model));
    }

    static IReadOnlyList<SourceFile> Templates(Workspace workspace, string directory)
    {
        var listing = workspace.ResolveSources(directory, ["*"]);
        return listing.Files.Count > 0
            ? listing.Files
            : throw new ProblemException(new Problem(
                "PIPE-002", "There are no report templates.", new Place(directory), Expected: "the files of reports/templates",
                Next: "Restore the folder from version control."));
    }
}

/// <param name="Asked">The target asked for this step itself; otherwise for something that stands on it.</param>
/// <param name="First">No target was told of this step before.</param>
public sealed record FollowedStep(StepResult Result, bool Asked, bool First);
