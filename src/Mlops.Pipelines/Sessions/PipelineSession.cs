using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// One invocation: the selected pipelines in one graph, one engine run shared by every target that asks, and
/// the results put where people look for them.
/// </summary>
public sealed class PipelineSession : IDisposable
{
    readonly IDisposable use;
    readonly bool isOverAll;
    readonly BuildEngine engine;
    readonly HashSet<Node> requested = [];
    readonly Results results;
    readonly Workspace workspace;
    readonly SnapshotDraft looked;
    readonly PipelineStages stages;
    readonly YamlMemory memory;
    readonly Rehearsal rehearsal;
    readonly SourcePlaces places;
    Run? run;

    PipelineSession(
        SessionOptions options, Workspace workspace, BuildEngine engine, PipelineStages stages,
        ProjectGraph project, SnapshotDraft looked, YamlMemory memory, SourcePlaces places,
        IDisposable use)
    {
        this.places = places;
        this.use = use;
        this.memory = memory;
        rehearsal = options.Rehearsal;
        isOverAll = options.Pipelines.Count == 0;
        this.stages = stages;
        this.engine = engine;
        this.workspace = workspace;
        this.looked = looked;
        Project = project;
        results = new Results(workspace, options.OutputDirectory, project);
    }

    public ProjectGraph Project { get; }

    /// <summary>
    /// What went over the line to and from the store that machines share; null without one.
    /// </summary>
    public RemoteTraffic? Traffic => engine.Traffic;

    /// <summary>What a person may have meant otherwise; nothing fails for it.</summary>
    public IReadOnlyList<Problem> Warnings { get; private init; } = [];

    /// <exception cref="ProblemException">
    /// A pipeline's YAML is wrong or missing, or the workspace cannot be used (then Damaged).
    /// </exception>
    public static PipelineSession Open(SessionOptions options, TimeProvider clock, IRunObserver observer)
    {
        _ = RunMoment.Seconds(options.Now);
        var looked = new SnapshotDraft(clock.GetUtcNow());
        var stages = StagesOf(options);
        // Their JSON takes as long to describe as the YAML to read, and neither needs the other.
        var described = Task.Run(() => Warm(stages, options.Reach));
        var workspace = Workspace.Open(options.WorkspaceDirectory, clock);
        var memory = new YamlMemory(workspace);
        var variables = new UsedVariables(options.Variables);
        var all = Shared(options.Share, PipelineFile.ReadAll(
            options.PipelinesDirectory, options.Pipelines.Count > 0 ? options.Pipelines : null,
            variables, options.Overrides, memory));
        var referred = ReferredPipelines.Of(all, options.PipelinesDirectory, variables, memory);
        variables.AddTo(looked);
        var finder = new SourceFinder(workspace, options, HostOf(options), looked);
        finder.LookAtPipelines();
        var use = workspace.Use(observer.WaitingForCollection);
        var project = Draw(options, workspace, stages, all, referred, finder);
        described.GetAwaiter().GetResult();
        return new PipelineSession(
            options, workspace, new BuildEngine(workspace, EngineOptionsOf(options, observer, stages)),
            stages, project, looked, memory, finder.Places, use)
        {
            Warnings =
            [
                .. PipelineFile.Strays(options.PipelinesDirectory), .. all.SelectMany(Idle.Of),
                .. finder.Warnings,
            ],
        };
    }

    /// <param name="referred">Pipelines that the others refer to, and that nobody asked for.</param>
    static ProjectGraph Draw(
        SessionOptions options, Workspace workspace, PipelineStages stages,
        IReadOnlyList<PipelineSpecification> all, IReadOnlyList<PipelineSpecification> referred,
        SourceFinder finder) => ProjectGraph.Draw(
            stages,
            all,
            referred,
            specification => finder.Of(
                specification, referred.Contains(specification) ? null : [.. all, .. referred]),
            finder.Templates(),
            options.Pipelines.Count == 0 && options.Share == Share.All
                ? []
                : new FrontPageNotes(workspace).OfOthers(
                    options.PipelinesDirectory,
                    all.Select(specification => specification.Name).ToHashSet(StringComparer.Ordinal)));

    /// <summary>Executes one step, given nothing but its key and the store: no pipeline is read.</summary>
    /// <exception cref="ProblemException">The key is not known, not of this build,
    /// or the step found something wrong.</exception>
    public static async Task<StepResult> Execute(
        SessionOptions options, Digest key, TimeProvider clock,
        IRunObserver observer, CancellationToken cancellation)
    {
        var workspace = Workspace.Open(options.WorkspaceDirectory, clock);
        using var use = workspace.Use(observer.WaitingForCollection);
        return await new BuildEngine(workspace, EngineOptionsOf(options, observer, StagesOf(options)))
            .Execute(key, StagesOf(options).All, cancellation,
                options.Variables.ContainsKey(StepCommand.RecordedVariable));
    }

    /// <summary>Asks for nodes of every selected pipeline; before the run starts.</summary>
    public void Request(IReadOnlyList<Func<PipelineGraph, Node?>> select)
    {
        foreach (var node in Nodes(select))
            requested.Add(node);
    }

    public Plan Plan() => engine.Plan([.. requested]);

    /// <summary>
    /// The packages that the asked-for steps stand for as the pipelines are now; executes nothing.
    /// </summary>
    public IReadOnlyList<PresentPackage> Packages()
    {
        var traces = engine.Explain([.. requested], _ => true)
            .ToDictionary(step => step.Step, step => step.Trace);
        return [.. Plan().Steps.Where(step => step.Name.Stage == "Package")
            .Select(step => PresentPackage.Of(step, traces))];
    }

    /// <summary>The keys of the asked-for steps and of those upstream, taken apart.</summary>
    /// <param name="selects">Which of them.</param>
    public IReadOnlyList<Explanation> Explain(Predicate<StepName> selects)
    {
        var origins = new FieldOrigins(Project);
        return [.. engine.Explain([.. requested], selects).Select(origins.Name)];
    }

    /// <summary>Makes what is up to date again, from nothing, and compares.</summary>
    /// <param name="selects">Which steps.</param>
    public Task<IReadOnlyList<ReproducedStep>> Reproduce(
        Predicate<StepName> selects, Action<ReproducedStep> told, CancellationToken cancellation) =>
        engine.Reproduce([.. requested], stages.All, selects, told, cancellation);

    public void Start(CancellationToken cancellation) => run ??= engine.Start([.. requested], cancellation);

    /// <summary>
    /// What became of the asked-for nodes and of every step that they stand on, upstream first. What they
    /// gave is in its place in the output folder when its result is handed out.
    /// </summary>
    /// <param name="told">Steps already told; grows.</param>
    public async IAsyncEnumerable<FollowedStep> Follow(
        IReadOnlyList<Func<PipelineGraph, Node?>> select, HashSet<Node> told)
    {
        foreach (var node in Nodes(select))
            await foreach (var step in Follow(node, true, told))
                yield return step;
    }

    /// <summary>How long a step took when it last ran; null of one that never did.</summary>
    public TimeSpan? LastDurationOf(StepName step) => workspace.LastDurationOf(step);

    /// <summary>Where the file lies that results of a pipeline name so; null of a pipeline that is not
    /// here.</summary>
    public string? PathOf(string pipeline, string file) => places.PathOf(pipeline, file);

    /// <summary>What has come out so far, pipeline by pipeline and cell by cell.</summary>
    public IReadOnlyList<CellResults> ResultsOfCells() => run is null
        ? []
        : [.. Project.Pipelines.SelectMany(pipeline => pipeline.Cells)
            .Select(cell => CellResults.Of(run, workspace, cell))];

    /// <summary>Whether a step's checks of the data found something to warn of.</summary>
    public bool HasWarnings(StepName step) =>
        run is not null && Project.Pipelines.SelectMany(pipeline => pipeline.Cells)
            .Any(cell => cell.Validation.Name == step
                && run.Output(cell.Validation) is { WarningCount: > 0 });

    /// <summary>
    /// Waits for everything that was begun, and for the ledger; ends at once where nothing was.
    /// </summary>
    /// <returns>The head of the ledger, if the run wrote to it.</returns>
    /// <exception cref="ProblemException">The ledger could not be written to; Damaged.</exception>
    public async Task<LedgerHead?> Finish()
    {
        if (run is null)
            return null;
        var head = (await run.Close()).Head;
        // A run that had nothing to do is known by a snapshot, which a young note would spoil.
        if (head is not null)
            memory.Keep();
        return head;
    }

    /// <summary>
    /// Takes away what pipelines and cells have in the output folder that are no more; when the run has
    /// ended. A run over some pipelines leaves what all others have.
    /// </summary>
    /// <returns>All files that this run took away.</returns>
    public IReadOnlyCollection<string> TakeAwayVanished()
    {
        if (run is not null)
            results.WithdrawVanished(run, isOverAll);
        return results.TakenAway;
    }

    /// <summary>Lets a collection begin again, when what was begun beside the run has ended.</summary>
    public void Dispose()
    {
        rehearsal.CutOff();
        use.Dispose();
    }

    /// <summary>
    /// Keeps what this run looked at, if it had nothing to do and nothing was rejected or warned of: the next
    /// one with the same request need only look whether all of it still stands.
    /// </summary>
    /// <param name="request">Everything that a person asked for, as one text.</param>
    /// <param name="text">What the run said; given the steps in the order of a plan.</param>
    /// <param name="program">The files of the program itself.</param>
    public async Task KeepSnapshot(
        string request, Func<IReadOnlyList<StepName>, string> text, IEnumerable<string> program)
    {
        if (run is null || Warnings.Count > 0 || await run.Completion is not { } result
            || result.Steps.Any(step => step.Status != StepStatus.Reused || step.Rejected))
            return;
        foreach (var file in program)
            looked.AddProgram(file);
        workspace.Keep(looked, request, result, text(BuildEngine.StepsOf([.. requested])));
    }

    async IAsyncEnumerable<FollowedStep> Follow(Node node, bool asked, HashSet<Node> told)
    {
        // What is upstream of a step that was told of was told of before it.
        foreach (var dependency in told.Contains(node) ? [] : node.Dependencies)
            await foreach (var step in Follow(dependency, asked && node is Bundle, told))
                yield return step;
        if (node is Bundle)
            yield break;
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
            await results.Publish(run, node);
            yield return new FollowedStep(result, asked, first);
        }
    }

    IEnumerable<Node> Nodes(IReadOnlyList<Func<PipelineGraph, Node?>> select) =>
        select.SelectMany(node => Project.Pipelines.Select(node)).OfType<Node>().Distinct();

    /// <remarks>The first digest loads the library of cryptography.</remarks>
    static void Warm(PipelineStages stages, Reach reach)
    {
        _ = Digest.Of([]);
        stages.Describe(reach);
    }

    static ProgramHost HostOf(SessionOptions options) =>
        new(options.Variables.GetValueOrDefault("PATH") ?? "", options.Variables);

    static IReadOnlyList<PipelineSpecification> Shared(Share share, IReadOnlyList<PipelineSpecification> all)
    {
        var own = share.Of(all.Where(specification => specification.Matrix is null))
            .ToHashSet<PipelineSpecification>(ReferenceEqualityComparer.Instance);
        return [.. all.Where(specification =>
            specification.Matrix is not null || own.Contains(specification))];
    }

    static PipelineStages StagesOf(SessionOptions options) => new(
        ProgramStage.Create(HostOf(options)),
        IngestStage.Create(
            options.Hooks.ToDictionary(hook => hook.Key, hook => hook.Value.Derive), options.Offline),
        ValidateStage.Create(options.Checks.ToDictionary(check => check.Key, check => check.Value.Check)),
        PackageStage.Create(options.Scoring));

    static EngineOptions EngineOptionsOf(
        SessionOptions options, IRunObserver observer, PipelineStages stages) =>
        new(options.MaxParallelism, observer, options.Command,
            options.StepCommand, options.Prices, stages.All)
        {
            Remote = options.Remote,
        };
}

/// <param name="Asked">The target asked for this step itself;
/// otherwise for something that stands on it.</param>
/// <param name="First">No target was told of this step before.</param>
public sealed record FollowedStep(StepResult Result, bool Asked, bool First);
