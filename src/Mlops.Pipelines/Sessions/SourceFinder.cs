using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// Finds the files that pipelines are made of and notes what it looked at. What can be done with them before
/// the graph is drawn is begun on idle cores.
/// </summary>
sealed class SourceFinder(
    Workspace workspace, SessionOptions options, ProgramHost host, SnapshotDraft looked)
{
    readonly List<Problem> warnings = [];
    readonly SourcePlaces places = new();

    /// <summary>Where the raw files lie that were found.</summary>
    public SourcePlaces Places => places;

    /// <summary>What may be wrong with the files that were found, where checks are asked.</summary>
    public IReadOnlyList<Problem> Warnings => warnings;

    /// <summary>Notes the folder of pipelines and their YAML.</summary>
    public void LookAtPipelines()
    {
        looked.AddFolder(options.PipelinesDirectory);
        foreach (var folder in Directory.EnumerateDirectories(options.PipelinesDirectory))
        {
            looked.AddFolder(folder);
            if (Path.Combine(folder, PipelineFile.FileName) is var file && File.Exists(file))
                looked.Add(file);
        }
    }

    /// <param name="known">What its checks may refer to; null where they are not asked.</param>
    public PipelineSources Of(
        PipelineSpecification specification, IReadOnlyList<PipelineSpecification>? known)
    {
        var foresee = options.Executes ? Foreseen(specification.Data) : null;
        var listing = Resolve(
            specification.Directory, StepReference.Globs(specification.Data.Sources), foresee);
        Rehearse(specification.Data, listing);
        var scored = Resolve(
            specification.Directory, StepReference.Globs(specification.Monitor?.Sources ?? []), foresee);
        places.Add(specification, listing, scored);
        foreach (var log in SqliteLog.Of(
            specification.Data.Format, listing.Paths.Keys.Concat(scored.Paths.Keys)))
            looked.Add(log);
        warnings.AddRange(known is null ? [] : WatchedTraining.Of(specification, listing, scored));
        var package = specification.Monitor?.Package is { } named
            ? Resolve(specification.Directory, [named]).Files
            : [];
        var history = new ChampionHistory(workspace);
        var checks = known is null ? CheckSources.None : CheckSources.Of(
            specification, known, options, new AcceptedHistory(workspace),
            glob => Resolve(specification.Directory, [glob]).Files);
        return new PipelineSources(
            listing.Files,
            [.. SourceProblems.Of(specification, listing, options), .. checks.Problems],
            specification.Data.Derive is { } name && options.Hooks.TryGetValue(name, out var hook)
                ? new DerivedColumnsIdentity(name, hook.Code())
                : null,
            (cell, model) => history.ChampionOf(specification.Name, cell, model),
            new StepSourceReader(
                specification, host, (directory, globs) => Resolve(directory, globs), looked).Read())
        {
            Share = options.Share,
            Validation = checks.Sources,
            Scored = (scored.Files, SourceProblems.OfScored(specification, scored, options)),
            Package = package is [var only] ? only : null,
            PackageMissing = SourceProblems.OfPackage(specification, package.Count),
        };
    }

    public IReadOnlyList<SourceFile> Templates()
    {
        var listing = Resolve(options.TemplatesDirectory, ["*"]);
        return listing.Files.Count > 0
            ? listing.Files
            : throw new ProblemException(new Problem(
                "PIPE-002", "There are no report templates.", new Place(options.TemplatesDirectory),
                Expected: "the files of reports/templates",
                Next: "Restore the folder from version control."));
    }

    SourceListing Resolve(
        string directory, IReadOnlyList<string> globs, Func<string, long, ForeseenCall?>? foresee = null)
    {
        var listing = workspace.ResolveSources(directory, globs, foresee);
        looked.Add(listing);
        return listing;
    }

    /// <remarks>A hook sees a file's rows as a whole, and a statement whole files: nothing is cut for
    /// them.</remarks>
    static Func<string, long, ForeseenCall?>? Foreseen(DataSpecification data) =>
        data.Derive is null && data.Sql is null
            ? (name, lengthBytes) => ForeseenCuts.Of(data.Format, name, lengthBytes)
            : null;

    /// <summary>
    /// A file that changed will be read. Loading the code for that takes longer than reading a small one.
    /// </summary>
    void Rehearse(DataSpecification data, SourceListing listing)
    {
        if (options is { Executes: true, MaxParallelism: > 1 } && data.Sql is null
            && listing.Changed is [var file, ..]
            && IngestRehearsal.IsLike(data.Format, Path.GetFileName(file)))
            options.Rehearsal.Begin();
    }
}
