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

/// <summary>Draws cells: which stage takes which upstream output.</summary>
/// <param name="table">The cell's rows, out of what the nodes in <paramref name="tableNodes"/> gave.</param>
sealed class CellDrawing(
    Graph graph,
    PipelineStages stages,
    PipelineSpecification specification,
    Lazy<IReadOnlyList<Setting>> settings,
    PipelineSources sources,
    IReadOnlyList<SourceFile> templates,
    ProgramSteps programs,
    Node<Dataset> dataset,
    string? cell,
    IReadOnlyList<Node> tableNodes,
    Func<Upstream, TableParts> table)
{
    public CellGraph Draw()
    {
        var split = DrawSplit();
        var validation = DrawValidation(split);
        var model = DrawModel(split, validation);
        var evaluation = DrawEvaluation(split, model);
        var package = DrawPackage(split, model, evaluation);
        var monitor = DrawMonitor(validation, model);
        var evidence = new CellEvidence(
            specification, settings, cell, templates, programs, dataset, split, validation, model, evaluation, package, monitor);
        return new CellGraph(
            specification, cell, dataset, split, validation, model, evaluation, package, monitor,
            graph.Step(Name("Report"), stages.Audit, evidence.Nodes, evidence.AuditInput),
            monitor is null
                ? null
                : graph.Step(Name("DriftReport"), stages.DriftReport, [monitor], evidence.DriftInput));
    }

    StepName Name(string stage) => new(specification.Name, cell, stage);

    Node<Split> DrawSplit() => graph.Step(
        Name("Split"), stages.Split, tableNodes,
        upstream => new SplitInput(table(upstream), specification.Train.Label, specification.Split));

    /// <remarks>A rejected split is no reason not to look at the data: the report needs its checks most then.</remarks>
    Node<DataValidation> DrawValidation(Node<Split> split) => graph.Step(
        Name("Validate"), stages.Validate, [.. tableNodes, split],
        upstream => new ValidateInput(
            table(upstream), upstream.Finished(split).Assignment,
            specification.Validate with { MatrixColumn = cell is null ? null : specification.Matrix?.Column }));

    Node<TrainedModel> DrawModel(Node<Split> split, Node<DataValidation> validation) => graph.Step(
        Name("Train"), stages.Train, [.. tableNodes, split, validation],
        upstream =>
        {
            upstream.Accepted(validation);
            return new TrainInput(table(upstream), upstream.Accepted(split).Assignment, specification.Train);
        });

    Node<ModelEvaluation> DrawEvaluation(Node<Split> split, Node<TrainedModel> model) => graph.Step(
        Name("Evaluate"), stages.Evaluate, [.. tableNodes, split, model],
        upstream =>
        {
            var trained = upstream.Accepted(model).WithoutSweep();
            return new EvaluateInput(
                trained, table(upstream), upstream.Accepted(split).Assignment, specification.Evaluate,
                sources.ChampionOf(cell, trained));
        });

    Node<ModelPackage> DrawPackage(Node<Split> split, Node<TrainedModel> model, Node<ModelEvaluation> evaluation) =>
        graph.Step(
            Name("Package"), stages.Package, [.. tableNodes, split, model, evaluation],
            upstream =>
            {
                var parts = table(upstream);
                var trained = upstream.Accepted(model).WithoutSweep();
                var measured = upstream.Accepted(evaluation);
                var assignment = upstream.Accepted(split).Assignment;
                return new PackageInput(
                    specification.Package, specification.Name, cell, trained, measured, parts, assignment,
                    Lineage.Of(parts, assignment, trained, measured));
            });

    Node<MonitorResult>? DrawMonitor(Node<DataValidation> validation, Node<TrainedModel> model)
    {
        if (specification is not { Monitor: { } monitor, Data.Time: { } time })
            return null;
        string[] exclude = [.. monitor.Exclude.Concat(specification.Data.Key).Append(time).Distinct().Order(StringComparer.Ordinal)];
        return graph.Step(
            Name("Monitor"), stages.Monitor, [.. tableNodes, validation, model],
            upstream =>
            {
                upstream.Accepted(validation);
                return new MonitorInput(
                    table(upstream), time, monitor with { Exclude = exclude }, upstream.Accepted(model).WithoutSweep());
            });
    }
}
