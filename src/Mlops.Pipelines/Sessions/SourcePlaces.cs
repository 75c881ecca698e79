using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// Where raw files lie, for whoever points at one: the name that a dataset has of a file outside of its
/// pipeline's folder does not say it.
/// </summary>
sealed class SourcePlaces
{
    readonly Dictionary<string, (string Directory, Lazy<ILookup<string, string>>[] Paths)> pipelines =
        new(StringComparer.Ordinal);

    public void Add(PipelineSpecification specification, params SourceListing[] listings) =>
        pipelines[specification.Name] = (
            specification.Directory,
            [.. listings.Select(listing => new Lazy<ILookup<string, string>>(listing.PathsByName))]);

    /// <returns>The full path; as if it lay in the pipeline's folder where no file or several are called so,
    /// and null of a pipeline that is not known.</returns>
    public string? PathOf(string pipeline, string name) =>
        !pipelines.TryGetValue(pipeline, out var known)
            ? null
            : known.Paths.Select(paths => paths.Value[name].Take(2).ToArray())
                .FirstOrDefault(found => found.Length == 1)?[0]
            ?? Path.GetFullPath(name, known.Directory);
}
