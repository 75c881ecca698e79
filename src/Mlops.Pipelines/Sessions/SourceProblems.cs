using Mlops.Data.Ingestion.Typed;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

static class SourceProblems
{
    /// <summary>
    /// What keeps a pipeline's data from being read at all: globs without files, files that do not hold all of
    /// their rows, a hook nobody wrote.
    /// </summary>
    public static IReadOnlyList<Problem> Of(
        PipelineSpecification specification, SourceListing listing, SessionOptions options) =>
    [
        .. Unmatched(specification, listing, "data.sources"),
        .. SqliteLog.Problems(specification.Data.Format, listing.Paths.Keys),
        .. Hook(specification, options),
    ];

    /// <summary>The same for the files that are monitored.</summary>
    public static IReadOnlyList<Problem> OfScored(
        PipelineSpecification specification, SourceListing listing, SessionOptions options) =>
    [
        .. Unmatched(specification, listing, "monitor.sources"),
        .. SqliteLog.Problems(specification.Data.Format, listing.Paths.Keys),
        .. Hook(specification, options),
    ];

    /// <summary>Nothing but one file can be the package that is the reference.</summary>
    public static IReadOnlyList<Problem> OfPackage(PipelineSpecification specification, int files) =>
        specification.Monitor?.Package is not { } named || files == 1 ? [] :
        [
            new Problem(
                "PIPE-008",
                files == 0
                    ? $"The package '{named}' that '{specification.Name}' is held against is not there."
                    : $"The name '{named}' is that of {files} files, and a reference is one package.",
                new Place(
                    Path.Combine(specification.Directory, "pipeline.yaml"),
                    Field: "monitor.reference.package"),
                Expected: $"one file in {specification.Directory}",
                Next: "Correct monitor.reference.package, or bring the released file."),
        ];

    static IEnumerable<Problem> Unmatched(
        PipelineSpecification specification, SourceListing listing, string field) =>
        listing.UnmatchedGlobs.Select(glob => new Problem(
            "PIPE-001",
            $"No file matches the source '{glob}' of pipeline '{specification.Name}'.",
            new Place(Path.Combine(specification.Directory, "pipeline.yaml"), Field: field),
            Expected: $"at least one file in {specification.Directory}",
            Next: $"Correct {field}, or bring the file."));

    static IEnumerable<Problem> Hook(PipelineSpecification specification, SessionOptions options)
    {
        if (specification.Data.Derive is not { } name || options.Hooks.ContainsKey(name))
            yield break;
        yield return new Problem(
            "PIPE-004",
            $"Pipeline '{specification.Name}' asks for the derived columns '{name}', which the "
            + "build does not have.",
            new Place(Path.Combine(specification.Directory, "pipeline.yaml"), Field: "data.derive"),
            Expected: string.Join(", ", options.Hooks.Keys.Order(StringComparer.Ordinal)),
            Actual: name,
            Next: "Correct data.derive, or add the hook in build/Columns and name it in Build.Columns.cs.");
    }
}
