using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// Options of LightGBM. Deterministic and row-wise: the fit may not depend on timing or on the number of
/// threads.
/// </summary>
sealed class LightGbmTrainers(TrainerSpecification trainer, int seed)
{
    public LightGbmBinaryTrainer.Options Binary()
    {
        var options = new LightGbmBinaryTrainer.Options();
        Set(options);
        return options;
    }

    public LightGbmMulticlassTrainer.Options Multiclass()
    {
        var options = new LightGbmMulticlassTrainer.Options { UseSoftmax = true };
        Set(options);
        return options;
    }

    public LightGbmRegressionTrainer.Options Regression()
    {
        var options = new LightGbmRegressionTrainer.Options();
        Set(options);
        return options;
    }

    /// <remarks>
    /// ML.NET nests what all tasks have in common in a class that is generic in the task's types.
    /// </remarks>
    void Set<TOptions, TOutput, TTransformer, TModel>(
        LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase options)
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeaturePipeline.Features;
        options.NumberOfIterations = trainer.Trees!.Value;
        options.NumberOfLeaves = trainer.Leaves;
        options.LearningRate = trainer.LearningRate;
        options.MinimumExampleCountPerLeaf = trainer.MinRowsPerLeaf;
        options.NumberOfThreads = trainer.Threads;
        options.Seed = seed;
        options.Deterministic = true;
        options.ForceRowWise = true;
        options.Booster = new GradientBooster.Options
        {
            FeatureFraction = trainer.FeatureFraction!.Value,
            L1Regularization = trainer.L1!.Value,
            L2Regularization = trainer.L2!.Value,
        };
    }
}
