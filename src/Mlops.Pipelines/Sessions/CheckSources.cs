using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>What a pipeline's checks take from outside, and what keeps them from it.</summary>
sealed record CheckSources(ValidationSources Sources, IReadOnlyList<Problem> Problems)
{
    public static CheckSources None { get; } = new(ValidationSources.None, []);

    /// <param name="known">All pipelines whose data is read in this run.</param>
    /// <param name="resolve">The files of a name relative to the pipeline's folder.</param>
    public static CheckSources Of(
        PipelineSpecification specification, IReadOnlyList<PipelineSpecification> known,
        SessionOptions options, AcceptedHistory history,
        Func<string, IReadOnlyList<SourceFile>> resolve)
    {
        var problems = new List<Problem>();
        var files = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        var named = specification.Validate.Columns.Select(rule => rule.References?.File).OfType<string>();
        foreach (var name in named.Distinct())
            if (resolve(name) is [var file])
                files[name] = file;
            else
                problems.Add(NoFile(specification, name));
        string[] withData = [.. known.Where(other => other.Learns).Select(other => other.Name)];
        foreach (var rule in specification.Validate.Columns)
            if (rule.References?.Pipeline is { } other && !withData.Contains(other))
                problems.Add(NoData(specification, rule.Column, other, known));
        var custom = new List<CustomCheckIdentity>();
        var asked = (specification.Validate.Checks ?? []).Select(rule => rule.Custom).OfType<string>();
        foreach (var name in asked.Distinct())
            if (options.Checks.TryGetValue(name, out var check))
                custom.Add(new CustomCheckIdentity(name, check.Code()));
            else
                problems.Add(NoCheck(specification, name, options));
        return new CheckSources(
            new ValidationSources(
                options.Now, custom, files,
                (cell, identity) => history.PreviousOf(specification.Name, cell, identity))
            {
                Strict = options.Strict,
            },
            problems);
    }

    static Problem NoFile(PipelineSpecification specification, string name) => new(
        "PIPE-005", $"The checks of '{specification.Name}' refer to the file '{name}', which is not there.",
        PlaceIn(specification, "validate.columns"), Expected: $"one file in {specification.Directory}",
        Next: "Correct references.file, or bring the file.");

    static Problem NoData(
        PipelineSpecification specification, string column, string other,
        IReadOnlyList<PipelineSpecification> known) => new(
        "PIPE-006",
        $"The checks of '{specification.Name}' refer to the dataset of '{other}', which "
        + (known.Any(pipeline => pipeline.Name == other) ? "reads no data." : "is no pipeline."),
        PlaceIn(specification, $"validate.columns.{column}.references"),
        Next: "Correct references.pipeline: it is the name of another pipeline that has data.");

    static Problem NoCheck(PipelineSpecification specification, string name, SessionOptions options) => new(
        "PIPE-007",
        $"Pipeline '{specification.Name}' asks for the custom check '{name}', which the build does not have.",
        PlaceIn(specification, "validate.checks"),
        Expected: string.Join(", ", options.Checks.Keys.Order(StringComparer.Ordinal)),
        Actual: name, Next: NearestNames.Suggest(name, options.Checks.Keys)
            + " Checks are in build/Checks, named in Build.Checks.cs.");

    static Place PlaceIn(PipelineSpecification specification, string field) =>
        new(Path.Combine(specification.Directory, PipelineFile.FileName), Field: field);
}
