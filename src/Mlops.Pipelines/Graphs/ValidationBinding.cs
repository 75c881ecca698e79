using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>What a dataset is held against, out of its specification and what the run knows.</summary>
static class ValidationBinding
{
    /// <param name="references">The datasets of other pipelines that the rules refer to, by name.</param>
    public static ValidateInput Of(
        PipelineSpecification specification, PipelineSources sources, string? cell, TableParts table,
        Dataset dataset, Artifact assignment, Func<string, Dataset?> references)
    {
        var rules = specification.Validate with
        {
            MatrixColumn = cell is null ? null : specification.Matrix?.Column,
        };
        var checks = sources.Validation;
        return new ValidateInput(
            table, assignment, rules, Learning(specification),
            rules.AsksForNow ? checks.Now : null,
            rules.ComparesWithPrevious ? checks.PreviousOf(cell, IdentityOf(table)) : null,
            References(rules, checks, references),
            checks.Custom.Count == 0 ? null : checks.Custom,
            rules.Quarantine is null || cell is not null ? null : CountsOf(dataset));
    }

    /// <summary>Of rows that were scored: there is no split of them, and nothing that went before.</summary>
    /// <param name="dataset">The scored files.</param>
    public static ValidateInput OfScored(
        PipelineSpecification specification, PipelineSources sources, string? cell, TableParts table,
        Dataset dataset, Func<string, Dataset?> references)
    {
        var rules = ScoredData.Rules(specification, cell);
        var checks = sources.Validation;
        return new ValidateInput(
            table, null, rules, null,
            rules.AsksForNow ? checks.Now : null,
            null,
            References(rules, checks, references),
            checks.Custom.Count == 0 ? null : checks.Custom,
            rules.Quarantine is null || cell is not null ? null : CountsOf(dataset));
    }

    static SourceCount[] CountsOf(Dataset dataset) =>
        [.. dataset.Sources.Select(source => new SourceCount(source.File.Name, source.KeptRows))];

    /// <summary>What tells one dataset from another: its parts.</summary>
    public static Digest IdentityOf(TableParts table) => Digest.Of(Encoding.UTF8.GetBytes(
        string.Join('\n', table.Parts.Select(part => part.File.Digest))));

    static LearningColumns Learning(PipelineSpecification specification) => new(
        specification.Train.Label,
        specification.Train.Task != LearningTask.Regression,
        specification.Train.Features.Include,
        specification.Train.Features.Exclude,
        specification.Data.Time);

    static List<ReferenceData>? References(
        ValidationRules rules, ValidationSources checks, Func<string, Dataset?> references)
    {
        List<ReferenceData> found = [.. rules.Columns.Select(rule => rule.References)
            .OfType<ReferenceRule>().Select(reference =>
                reference.Pipeline is { } pipeline
                    ? new ReferenceData(reference.Column, references(pipeline)?.Table, null)
                    : new ReferenceData(
                        reference.Column, null, checks.Files.GetValueOrDefault(reference.File!),
                        reference.Format))];
        return found.Count == 0 ? null : found;
    }
}
