using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// Gathers what the reports of one cell show. A report is made of finished values, rejections included;
/// a fault upstream blocks it, so that a full disk never overwrites a page with an empty one.
/// </summary>
sealed class CellEvidence(
    CellBasis basis,
    string? cell,
    Func<Upstream, TableParts> table,
    Node<Split> split,
    Node<DataValidation> validation,
    Node<TrainedModel> model,
    Node<ModelEvaluation> evaluation,
    Node<ModelPackage> package,
    Node<MonitorResult>? monitor,
    Node<Dataset>? scored,
    Node<DataValidation>? scoredValidation)
{
    readonly PipelineSpecification specification = basis.Specification;

    readonly IReadOnlyList<Node> stages =
        [.. new Node?[] { basis.Dataset, split, validation, model, evaluation, package, monitor }
            .OfType<Node>()];

    public IReadOnlyList<Node> Nodes => [.. basis.Programs.Nodes, .. stages];

    public AuditInput AuditInput(Upstream upstream) => new(
        basis.Templates,
        PipelineCards.Of(specification, cell),
        basis.Settings.Value,
        Reached(upstream, basis.Dataset),
        Reached(upstream, split),
        Reached(upstream, validation),
        Reached(upstream, model),
        Reached(upstream, evaluation),
        Reached(upstream, package),
        monitor is null ? null : Reached(upstream, monitor),
        [.. stages.Select(node => StepEvidences.Of(node.Name, upstream.Outcome(node)))],
        ProgramEvidences.Of(basis.Programs, upstream),
        Rows: new RowSources(
            specification.Data.Format,
            cell is null || upstream.FinishedOrNull(validation) is null ? null : table(upstream),
            cell is null ? null : specification.Matrix?.Column,
            specification.Validate.Redact));

    public DriftReportInput DriftInput(Upstream upstream) => new(
        basis.Templates,
        PipelineCards.Of(specification, cell),
        Reached(upstream, monitor!),
        [
            .. new Node?[] { basis.Opened, scored, scoredValidation, monitor }.OfType<Node>()
                .Select(node => StepEvidences.Of(node.Name, upstream.Outcome(node))),
        ],
        scored is null ? null : Scored(upstream, scored, scoredValidation!),
        basis.Opened is { } opened && Reached(upstream, opened) is { } package
            ? new WatchedPackage(
                basis.Sources.Package!.Name, package.Archive, package.Pipeline, package.Cell, package.Version)
            : null);

    ScoredFiles? Scored(Upstream upstream, Node<Dataset> node, Node<DataValidation> validationNode)
    {
        if (Reached(upstream, node) is not { } dataset)
            return null;
        var validation = Reached(upstream, validationNode);
        var isAny = dataset.QuarantinedRows > 0 || validation?.TakenOut is not null;
        return new ScoredFiles(
            dataset.Sources, validation?.RowsTakenOut,
            !isAny ? null : new ScoredRows(
                dataset.Table, validation?.TakenOut ?? [],
                new RowSources(
                    specification.Data.Format,
                    cell is null || validation is null ? null : basis.Scored!.Table(upstream, cell),
                    cell is null ? null : specification.Matrix?.Column,
                    specification.Validate.Redact)));
    }

    static T? Reached<T>(Upstream upstream, Node<T> node)
        where T : class => StepEvidences.Reached(upstream, node);
}
