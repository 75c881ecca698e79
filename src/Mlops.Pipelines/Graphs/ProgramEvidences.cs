using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>What reports show of the steps that a pipeline declares itself.</summary>
static class ProgramEvidences
{
    /// <returns>Null where it declares none.</returns>
    public static IReadOnlyList<ProgramEvidence>? Of(ProgramSteps programs, Upstream upstream) =>
        programs.Nodes is { Count: > 0 } nodes ? [.. nodes.Select(node => Of(node, upstream))] : null;

    /// <summary>The audit report of a pipeline of steps alone.</summary>
    public static AuditInput AuditInput(
        PipelineSpecification specification, ProgramSteps programs,
        IReadOnlyList<SourceFile> templates, Upstream upstream) => new(
        templates, PipelineCards.Of(specification, null), SpecificationSettings.Of(specification),
        null, null, null, null, null, null, null, [], Of(programs, upstream) ?? [],
        [.. programs.Nodes.Where(programs.IsLast).Select(ProgramSteps.NameOf)]);

    static ProgramEvidence Of(Node<ProgramOutput> node, Upstream upstream)
    {
        var output = StepEvidences.Reached(upstream, node);
        var outcome = upstream.Outcome(node);
        return new ProgramEvidence(
            StepEvidences.Of(node.Name, outcome), StepEvidences.InputOf(outcome), output);
    }
}
