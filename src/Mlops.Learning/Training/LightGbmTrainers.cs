using Microsoft.ML.Trainers.LightGbm;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// Options of LightGBM. ML.NET nests the common ones in a generic class per task, hence one list for each.
/// Deterministic and row-wise: the fit may not depend on timing or on the number of threads.
/// </summary>
sealed class LightGbmTrainers(TrainerSpecification trainer, int seed)
{
    public LightGbmBinaryTrainer.Options Binary() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        NumberOfIterations = trainer.Trees!.Value,
        NumberOfLeaves = trainer.Leaves,
        LearningRate = trainer.LearningRate,
        MinimumExampleCountPerLeaf = trainer.MinRowsPerLeaf,
        NumberOfThreads = trainer.Threads,
        Seed = seed,
        Deterministic = true,
        ForceRowWise = true,
        Booster = Booster(),
    };

    public LightGbmMulticlassTrainer.Options Multiclass() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        NumberOfIterations = trainer.Trees!.Value,
        NumberOfLeaves = trainer.Leaves,
        LearningRate = trainer.LearningRate,
        MinimumExampleCountPerLeaf = trainer.MinRowsPerLeaf,
        NumberOfThreads = trainer.Threads,
        Seed = seed,
        Deterministic = true,
        ForceRowWise = true,
        Booster = Booster(),
        UseSoftmax = true,
    };

    public LightGbmRegressionTrainer.Options Regression() => new()
    {
        LabelColumnName = FeatureView.Label,
        FeatureColumnName = FeaturePipeline.Features,
        NumberOfIterations = trainer.Trees!.Value,
        NumberOfLeaves = trainer.Leaves,
        LearningRate = trainer.LearningRate,
        MinimumExampleCountPerLeaf = trainer.MinRowsPerLeaf,
        NumberOfThreads = trainer.Threads,
        Seed = seed,
        Deterministic = true,
        ForceRowWise = true,
        Booster = Booster(),
    };

    GradientBooster.Options Booster() => new()
    {
        FeatureFraction = trainer.FeatureFraction!.Value,
        L1Regularization = trainer.L1!.Value,
        L2Regularization = trainer.L2!.Value,
    };
}
