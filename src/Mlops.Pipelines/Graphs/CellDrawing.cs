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

namespace Mlops.Pipelines.Graphs;

/// <summary>Draws a cell: which stage takes which upstream output.</summary>
/// <param name="cell">The value of the matrix column; null without a matrix.</param>
/// <param name="table">The cell's rows, out of what the nodes in <paramref name="tableNodes"/> gave.</param>
sealed class CellDrawing(
    CellBasis basis, string? cell, IReadOnlyList<Node> tableNodes, Func<Upstream, TableParts> table)
{
    readonly Graph graph = basis.Graph;
    readonly PipelineStages stages = basis.Stages;
    readonly PipelineSpecification specification = basis.Specification;

    public CellGraph Draw()
    {
        var split = DrawSplit();
        var validation = DrawValidation(split);
        var model = DrawModel(split, validation);
        var evaluation = DrawEvaluation(split, validation, model);
        var package = DrawPackage(split, validation, model, evaluation);
        var scored = basis.Scored;
        var scoredValidation = scored is null ? null : DrawScoredValidation(scored);
        var monitor = scoredValidation is null
            ? DrawMonitor(validation, model, evaluation, package)
            : DrawScoredMonitor(scored!, scoredValidation, model, package);
        Node?[] ofDrift = [basis.Opened, monitor, scored?.Dataset, scoredValidation];
        var evidence = new CellEvidence(
            basis, cell, table, split, validation, model, evaluation, package, monitor,
            scored?.Dataset, scoredValidation);
        return new CellGraph(
            specification, cell, basis.Dataset, table, split, validation, model, evaluation, package, monitor,
            graph.Step(Name("Report"), stages.Audit, evidence.Nodes, evidence.AuditInput),
            monitor is null
                ? null
                : graph.Step(
                    Name("DriftReport"), stages.DriftReport,
                    [.. ofDrift.OfType<Node>()], evidence.DriftInput))
        {
            Strict = basis.Sources.Validation.Strict,
            Scored = scored?.Dataset,
        };
    }

    StepName Name(string stage) => new(specification.Name, cell, stage);

    Node<Split> DrawSplit() => graph.Step(
        Name("Split"), stages.Split, tableNodes,
        upstream => new SplitInput(table(upstream), specification.Train.Label, specification.Split));

    /// <remarks>
    /// A rejected split is no reason not to look at the data: the report needs its checks most then.
    /// </remarks>
    Node<DataValidation> DrawValidation(Node<Split> split) => graph.Step(
        Name("Validate"), stages.Validate, [.. tableNodes, .. References(), split],
        upstream => ValidationBinding.Of(
            specification, basis.Sources, cell, table(upstream), upstream.Finished(basis.Dataset),
            upstream.Finished(split).Assignment, pipeline => Referred(upstream, pipeline)));

    Node<Dataset>? OtherDataset(string pipeline) => basis.Others.GetValueOrDefault(pipeline);

    Dataset? Referred(Upstream upstream, string pipeline) =>
        OtherDataset(pipeline) is { } other ? upstream.Accepted(other) : null;

    IEnumerable<Node> References() => specification.Validate.Columns
        .Select(rule => rule.References?.Pipeline is { } pipeline ? OtherDataset(pipeline) : null)
        .OfType<Node<Dataset>>().Distinct();

    Node<TrainedModel> DrawModel(Node<Split> split, Node<DataValidation> validation) => graph.Step(
        Name("Train"), stages.Train, [.. tableNodes, split, validation],
        upstream => new TrainInput(
            table(upstream), Assignment(upstream, split, validation), specification.Train));

    Node<ModelEvaluation> DrawEvaluation(
        Node<Split> split, Node<DataValidation> validation, Node<TrainedModel> model) => graph.Step(
        Name("Evaluate"), stages.Evaluate, [.. tableNodes, split, validation, model],
        upstream =>
        {
            var trained = upstream.Accepted(model).WithoutSweep();
            return new EvaluateInput(
                trained, table(upstream), Assignment(upstream, split, validation), specification.Evaluate,
                basis.Sources.ChampionOf(cell, trained));
        });

    Node<ModelPackage> DrawPackage(
        Node<Split> split, Node<DataValidation> validation,
        Node<TrainedModel> model, Node<ModelEvaluation> evaluation) =>
        graph.Step(
            Name("Package"), stages.Package, [.. tableNodes, split, validation, model, evaluation],
            upstream =>
            {
                var parts = table(upstream);
                var trained = upstream.Accepted(model).WithoutSweep();
                var measured = upstream.Accepted(evaluation);
                var assignment = Assignment(upstream, split, validation);
                return new PackageInput(
                    specification.Package, specification.Name, cell, trained, measured, parts, assignment,
                    Lineage.Of(parts, assignment, trained, measured), specification.Validate.Redact);
            });

    /// <summary>The split without the rows that the checks took out.</summary>
    Artifact Assignment(Upstream upstream, Node<Split> split, Node<DataValidation> validation) =>
        Passed(upstream, validation).Assignment ?? upstream.Accepted(split).Assignment;

    /// <remarks>
    /// With warnings a dataset is accepted all the same, as its finished value says; a strict run takes
    /// nothing on from there. What it does take on has the keys that it has in any run.
    /// </remarks>
    DataValidation Passed(Upstream upstream, Node<DataValidation> validation) =>
        upstream.Accepted(validation, checks =>
            basis.Sources.Validation.Strict && checks.WarningCount > 0 ? CellGraph.StrictRefusal : null);

    /// <remarks>
    /// A package remembers how much each feature matters; without it the evaluation says so,
    /// a rejected one too.
    /// </remarks>
    Node<MonitorResult>? DrawMonitor(
        Node<DataValidation> validation, Node<TrainedModel> model, Node<ModelEvaluation> evaluation,
        Node<ModelPackage> package)
    {
        if (specification is not { Monitor: { } monitor, Data.Time: { } time })
            return null;
        return graph.Step(
            Name("Monitor"), stages.Monitor,
            [
                .. tableNodes, validation,
                .. basis.Opened is { } opened ? (Node[])[opened]
                    : [model, monitor.AgainstPackage ? package : evaluation],
            ],
            upstream =>
            {
                var checks = Passed(upstream, validation);
                return new MonitorInput(
                    table(upstream), time, Compared(monitor, time),
                    Watched(upstream, model),
                    monitor.AgainstPackage ? null : upstream.Finished(evaluation).Details,
                    monitor.AgainstPackage ? Profile(upstream, package) : null,
                    checks.TakenOut is null ? null : [.. checks.TakenOut.Select(taken => taken.Rows)],
                    specification.Validate.Redact);
            });
    }

    TrainedModel Watched(Upstream upstream, Node<TrainedModel> model) => basis.Opened is { } opened
        ? upstream.Accepted(opened).Model
        : upstream.Accepted(model).WithoutSweep();

    Artifact? Profile(Upstream upstream, Node<ModelPackage> package) => basis.Opened is { } opened
        ? upstream.Accepted(opened).Profile
        : upstream.Accepted(package).Profile;

    /// <summary>Keys and times tell nothing; what is read is known from the rows.</summary>
    MonitorSpecification Compared(MonitorSpecification monitor, string time) => monitor with
    {
        Exclude = [.. monitor.Exclude.Concat(specification.Data.Key)
            .Append(time).Distinct().Order(StringComparer.Ordinal)],
        Sources = null,
        Downloads = null,
        Package = null,
    };

    Node<DataValidation> DrawScoredValidation(ScoredData scored) => graph.Step(
        Name("ValidateScored"), stages.Validate, [.. scored.Nodes, .. References()],
        upstream => ValidationBinding.OfScored(
            specification, basis.Sources, cell, scored.Table(upstream, cell),
            upstream.Finished(scored.Dataset), pipeline => Referred(upstream, pipeline)));

    /// <remarks>Of what the model was made of, nothing is asked for but the model and its package.</remarks>
    Node<MonitorResult>? DrawScoredMonitor(
        ScoredData scored, Node<DataValidation> validation, Node<TrainedModel> model,
        Node<ModelPackage> package) =>
        specification is not { Monitor: { } monitor, Data.Time: { } time } ? null : graph.Step(
            Name("Monitor"), stages.Monitor,
            [
                .. scored.Nodes, validation,
                .. basis.Opened is { } opened ? (Node[])[opened] : [model, package],
            ],
            upstream =>
            {
                var checks = Passed(upstream, validation);
                return new MonitorInput(
                    scored.Table(upstream, cell), time, Compared(monitor, time),
                    Watched(upstream, model), null, Profile(upstream, package),
                    checks.TakenOut is null ? null : [.. checks.TakenOut.Select(taken => taken.Rows)],
                    specification.Validate.Redact, LabelsComeLater: true);
            });
}
