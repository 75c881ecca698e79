using Microsoft.ML.Trainers.FastTree;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>Options of ML.NET's own tree trainers.</summary>
sealed class TreeTrainers(TrainerSpecification trainer, int seed)
{
    public FastTreeBinaryTrainer.Options FastTreeBinary() => Boosted(new FastTreeBinaryTrainer.Options());

    public FastTreeRegressionTrainer.Options FastTreeRegression() =>
        Boosted(new FastTreeRegressionTrainer.Options());

    public FastForestBinaryTrainer.Options FastForestBinary() =>
        Forest(new FastForestBinaryTrainer.Options());

    public FastForestRegressionTrainer.Options FastForestRegression() =>
        Forest(new FastForestRegressionTrainer.Options());

    T Boosted<T>(T options) where T : BoostedTreeOptions
    {
        options.LearningRate = trainer.LearningRate!.Value;
        options.FeatureFraction = trainer.FeatureFraction!.Value;
        return Tree(options);
    }

    /// <summary>A forest needs trees that differ: each split may use a share of the features only.</summary>
    T Forest<T>(T options) where T : TreeOptions
    {
        options.FeatureFraction = 1;
        options.FeatureFractionPerSplit = trainer.FeatureFraction!.Value;
        return Tree(options);
    }

    T Tree<T>(T options) where T : TreeOptions
    {
        options.NumberOfTrees = trainer.Trees!.Value;
        options.NumberOfLeaves = trainer.Leaves!.Value;
        options.MinimumExampleCountPerLeaf = trainer.MinRowsPerLeaf!.Value;
        options.NumberOfThreads = trainer.Threads!.Value;
        options.Seed = seed;
        options.FeatureSelectionSeed = seed;
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeaturePipeline.Features;
        return options;
    }
}
