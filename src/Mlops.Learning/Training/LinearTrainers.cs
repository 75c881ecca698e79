using Microsoft.ML.Trainers;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// Options of the linear trainers, which are only repeatable on one thread. ML.NET nests the common ones in a
/// generic class per trainer, hence one list for each.
/// </summary>
sealed class LinearTrainers(TrainerSpecification trainer)
{
    /// <summary>
    /// 0 leaves the choice to SDCA, which cannot work without any and sets it from the number of rows.
    /// </summary>
    float? L2OrChosen => trainer.L2 > 0 ? (float)trainer.L2.Value : null;

    public SdcaLogisticRegressionBinaryTrainer.Options SdcaBinary() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = L2OrChosen,
        NumberOfThreads = 1,
    };

    public SdcaMaximumEntropyMulticlassTrainer.Options SdcaMulticlass() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = L2OrChosen,
        NumberOfThreads = 1,
    };

    public SdcaRegressionTrainer.Options SdcaRegression() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = L2OrChosen,
        NumberOfThreads = 1,
    };

    public LbfgsLogisticRegressionBinaryTrainer.Options LbfgsBinary() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations!.Value,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = (float)trainer.L2!.Value,
        NumberOfThreads = 1,
    };

    public LbfgsMaximumEntropyMulticlassTrainer.Options LbfgsMulticlass() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations!.Value,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = (float)trainer.L2!.Value,
        NumberOfThreads = 1,
    };

    public LbfgsPoissonRegressionTrainer.Options LbfgsPoisson() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        MaximumNumberOfIterations = trainer.Iterations!.Value,
        L1Regularization = (float)trainer.L1!.Value,
        L2Regularization = (float)trainer.L2!.Value,
        NumberOfThreads = 1,
    };
}
