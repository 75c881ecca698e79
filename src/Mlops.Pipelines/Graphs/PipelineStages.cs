using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// The stages that a graph is made of. Those that reach outside are given; the others are values.
/// </summary>
public sealed record PipelineStages(
    Stage<ProgramInput, ProgramOutput> Program, Stage<IngestInput, Dataset> Ingest,
    Stage<ValidateInput, DataValidation> Validate, Stage<PackageInput, ModelPackage> Package)
{
    public Stage<PartitionInput, Partitioning> Partition { get; } = PartitionStage.Value;
    public Stage<SplitInput, Split> Split { get; } = SplitStage.Value;
    public Stage<TrainInput, TrainedModel> Train { get; } = TrainStage.Value;
    public Stage<EvaluateInput, ModelEvaluation> Evaluate { get; } = EvaluateStage.Value;
    public Stage<OpenPackageInput, OpenedPackage> OpenPackage { get; } = OpenPackageStage.Value;
    public Stage<MonitorInput, MonitorResult> Monitor { get; } = MonitorStage.Value;
    public Stage<AuditInput, ReportPage> Audit { get; } = AuditStage.Value;
    public Stage<DriftReportInput, ReportPage> DriftReport { get; } = DriftReportStage.Value;
    public Stage<IndexInput, ReportPage> Index { get; } = IndexStage.Value;

    /// <summary>All of them, as a key names them, and those that their bodies call.</summary>
    public IReadOnlyCollection<Stage> All => Stage.WithCalled(
    [
        Program, Ingest, Partition, Split, Validate, Train,
        Evaluate, Package, OpenPackage, Monitor, Audit, DriftReport, Index,
    ]);

    /// <summary>Describes the records of the stages that a plan comes to, in its order.</summary>
    public void Describe(Reach reach)
    {
        Ingest.Describe();
        if (reach == Reach.Dataset)
            return;
        Stage[] later = reach == Reach.Validation
            ? [Split, Validate]
            : [Split, Validate, Train, Evaluate, Package, Monitor, Audit, DriftReport, Index];
        foreach (var stage in later)
            stage.Describe();
    }
}
