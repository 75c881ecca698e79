using Microsoft.ML;
using Microsoft.ML.Trainers;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>Options of the linear trainers, which are only repeatable on one thread.</summary>
/// <remarks>
/// ML.NET nests what all tasks of a trainer have in common in a class that is generic in the task's types.
/// </remarks>
sealed class LinearTrainers(TrainerSpecification trainer)
{
    public SdcaLogisticRegressionBinaryTrainer.Options SdcaBinary()
    {
        var options = new SdcaLogisticRegressionBinaryTrainer.Options();
        SetSdca(options);
        return options;
    }

    public SdcaMaximumEntropyMulticlassTrainer.Options SdcaMulticlass()
    {
        var options = new SdcaMaximumEntropyMulticlassTrainer.Options();
        SetSdca(options);
        return options;
    }

    public SdcaRegressionTrainer.Options SdcaRegression()
    {
        var options = new SdcaRegressionTrainer.Options();
        SetSdca(options);
        return options;
    }

    public LbfgsLogisticRegressionBinaryTrainer.Options LbfgsBinary()
    {
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options();
        SetLbfgs(options);
        return options;
    }

    public LbfgsMaximumEntropyMulticlassTrainer.Options LbfgsMulticlass()
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options();
        SetLbfgs(options);
        return options;
    }

    public LbfgsPoissonRegressionTrainer.Options LbfgsPoisson()
    {
        var options = new LbfgsPoissonRegressionTrainer.Options();
        SetLbfgs(options);
        return options;
    }

    void SetSdca<TOptions, TTransformer, TModel>(
        SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase options)
        where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeaturePipeline.Features;
        options.MaximumNumberOfIterations = trainer.Iterations;
        options.L1Regularization = (float)trainer.L1!.Value;
        // 0 leaves the choice to SDCA, which cannot work without any and sets it from the number of rows.
        options.L2Regularization = trainer.L2 > 0 ? (float)trainer.L2.Value : null;
        options.NumberOfThreads = 1;
    }

    void SetLbfgs<TOptions, TTransformer, TModel>(
        LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase options)
        where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeaturePipeline.Features;
        options.MaximumNumberOfIterations = trainer.Iterations!.Value;
        options.L1Regularization = (float)trainer.L1!.Value;
        options.L2Regularization = (float)trainer.L2!.Value;
        options.NumberOfThreads = 1;
    }
}
