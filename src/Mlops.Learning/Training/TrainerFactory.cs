using Microsoft.ML;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// ML.NET's trainer for a task, with every seed and thread number fixed, so that the same key fits the same
/// model. Classifiers always give probabilities.
/// </summary>
static class TrainerFactory
{
    /// <param name="trainer">With every option that the trainer has:
    /// <see cref="TrainerCatalog.WithDefaults"/>.</param>
    public static IEstimator<ITransformer> Create(
        MLContext ml, LearningTask task, TrainerSpecification trainer, int seed) =>
        trainer.Name switch
        {
            "fast-tree" => FastTree(ml, task, new TreeTrainers(trainer, seed)),
            "fast-forest" => FastForest(ml, task, new TreeTrainers(trainer, seed)),
            "light-gbm" => LightGbm(ml, task, new LightGbmTrainers(trainer, seed)),
            "sdca" => Sdca(ml, task, new LinearTrainers(trainer)),
            "lbfgs" => Lbfgs(ml, task, new LinearTrainers(trainer)),
            _ => throw new InvalidOperationException(
                $"'{trainer.Name}' stands in the catalog but cannot be made."),
        };

    static IEstimator<ITransformer> FastTree(
        MLContext ml, LearningTask task, TreeTrainers options) => task switch
        {
            LearningTask.Binary => ml.BinaryClassification.Trainers.FastTree(options.FastTreeBinary()),
            LearningTask.Multiclass => ml.MulticlassClassification.Trainers.OneVersusAll(
                ml.BinaryClassification.Trainers.FastTree(options.FastTreeBinary()), FeatureView.Label),
            _ => ml.Regression.Trainers.FastTree(options.FastTreeRegression()),
        };

    static IEstimator<ITransformer> FastForest(
        MLContext ml, LearningTask task, TreeTrainers options) => task switch
        {
            LearningTask.Binary => ml.BinaryClassification.Trainers.FastForest(options.FastForestBinary())
                .Append(ml.BinaryClassification.Calibrators.Platt(FeatureView.Label)),
            LearningTask.Multiclass => ml.MulticlassClassification.Trainers.OneVersusAll(
                ml.BinaryClassification.Trainers.FastForest(options.FastForestBinary()), FeatureView.Label),
            _ => ml.Regression.Trainers.FastForest(options.FastForestRegression()),
        };

    static IEstimator<ITransformer> LightGbm(MLContext ml, LearningTask task, LightGbmTrainers options)
    {
        NativeThreads.WaitPassively();
        return task switch
        {
            LearningTask.Binary => ml.BinaryClassification.Trainers.LightGbm(options.Binary()),
            LearningTask.Multiclass => ml.MulticlassClassification.Trainers.LightGbm(options.Multiclass()),
            _ => ml.Regression.Trainers.LightGbm(options.Regression()),
        };
    }

    static IEstimator<ITransformer> Sdca(
        MLContext ml, LearningTask task, LinearTrainers options) => task switch
        {
            LearningTask.Binary =>
                ml.BinaryClassification.Trainers.SdcaLogisticRegression(options.SdcaBinary()),
            LearningTask.Multiclass =>
                ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(options.SdcaMulticlass()),
            _ => ml.Regression.Trainers.Sdca(options.SdcaRegression()),
        };

    static IEstimator<ITransformer> Lbfgs(
        MLContext ml, LearningTask task, LinearTrainers options) => task switch
        {
            LearningTask.Binary =>
                ml.BinaryClassification.Trainers.LbfgsLogisticRegression(options.LbfgsBinary()),
            LearningTask.Multiclass =>
                ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options.LbfgsMulticlass()),
            _ => ml.Regression.Trainers.LbfgsPoissonRegression(options.LbfgsPoisson()),
        };
}
