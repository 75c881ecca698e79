using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// From the columns of a <see cref="FeatureView"/> to one vector <see cref="Features"/>: gaps in numbers
/// become the training mean and an indicator, linear trainers see numbers with mean 0 and variance 1,
/// categories become indicators.
/// </summary>
static class FeaturePipeline
{
    public const string Features = "Features";

    /// <summary>Levels in ordinal order, whatever the order of the rows.</summary>
    const ValueToKeyMappingEstimator.KeyOrdinality ByValue = ValueToKeyMappingEstimator.KeyOrdinality.ByValue;

    const string Filled = "NumbersFilled";
    const string Gaps = "NumbersMissing";

    public static IEstimator<ITransformer> Create(
        MLContext ml, FeatureChoice choice, TrainSpecification train)
    {
        var steps = Numbers(ml, choice, TrainerCatalog.IsLinear(train.Trainer.Name))
            .Concat(choice.Columns.Where(column => column.Kind is FeatureKind.OneHot or FeatureKind.Hash)
                .Select(column => Category(ml, column, train)))
            .ToList();
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        foreach (var (estimator, _) in steps)
            pipeline = pipeline.Append(estimator);
        var outputs = steps.Select(step => step.Output).OfType<string>();
        return pipeline.Append(ml.Transforms.Concatenate(Features, [.. outputs]));
    }

    /// <returns>Each step with the column that goes into the features, if it is the last one of
    /// its kind.</returns>
    static IEnumerable<(IEstimator<ITransformer> Estimator, string? Output)> Numbers(
        MLContext ml, FeatureChoice choice, bool normalize)
    {
        if (!choice.Columns.Any(column => column.Kind is FeatureKind.Number or FeatureKind.DateParts))
            yield break;
        var fill = ml.Transforms.ReplaceMissingValues(
            Filled, FeatureView.Numbers, MissingValueReplacingEstimator.ReplacementMode.Mean);
        yield return (fill, normalize ? null : Filled);
        if (normalize)
            yield return (ml.Transforms.NormalizeMeanVariance(Filled, fixZero: false), Filled);
        if (!choice.HasGaps)
            yield break;
        yield return (ml.Transforms.IndicateMissingValues(Gaps, FeatureView.Numbers), null);
        yield return (ml.Transforms.Conversion.ConvertType(Gaps, outputKind: DataKind.Single), null);
        yield return (ml.Transforms.FeatureSelection.SelectFeaturesBasedOnCount(Gaps, count: 1), Gaps);
    }

    static (IEstimator<ITransformer> Estimator, string? Output) Category(
        MLContext ml, FeatureColumn column, TrainSpecification train)
    {
        var input = CategoryColumn.ViewNameOf(column.Column);
        var output = "Indicators." + column.Column;
        var categorical = ml.Transforms.Categorical;
        return column.Kind == FeatureKind.Hash
            ? (categorical.OneHotHashEncoding(output, input, numberOfBits: train.Features.HashBits), output)
            : (categorical.OneHotEncoding(output, input, keyOrdinality: ByValue), output);
    }
}
