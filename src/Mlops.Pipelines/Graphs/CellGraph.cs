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

/// <summary>The typed stages of one pipeline, or of one cell of its matrix.</summary>
/// <param name="Cell">The value of the matrix column; null without a matrix.</param>
/// <param name="Table">The cell's rows, once they are there.</param>
/// <param name="Dataset">The whole pipeline's dataset, shared by all cells.</param>
public sealed record CellGraph(
    PipelineSpecification Specification,
    string? Cell,
    Node<Dataset> Dataset,
    Func<Upstream, TableParts> Table,
    Node<Split> Split,
    Node<DataValidation> Validation,
    Node<TrainedModel> Model,
    Node<ModelEvaluation> Evaluation,
    Node<ModelPackage> Package,
    Node<MonitorResult>? Monitor,
    Node<ReportPage> Audit,
    Node<ReportPage>? DriftReport)
{
    /// <summary>What a strict run says of checks with warnings.</summary>
    public const string StrictRefusal = "has warnings, which --strict does not let pass";

    /// <summary>Whether nothing may be made of data that the checks warn of.</summary>
    public bool Strict { get; init; }

    /// <summary>The files that were scored, shared by all cells; null where none are watched.</summary>
    public Node<Dataset>? Scored { get; init; }

    /// <summary>Every step of the cell in the order a person thinks of them.</summary>
    public IEnumerable<Node> Steps =>
        new Node?[] { Dataset, Split, Validation, Model, Evaluation, Package, Monitor }.OfType<Node>();
}
