using Microsoft.ML;
using Microsoft.ML.Data;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>A trained model that says what it thinks of a table. Safe to use from several threads.</summary>
public sealed class ModelScorer
{
    readonly ITransformer model;
    readonly TrainSpecification train;
    readonly TrainingDetails details;

    ModelScorer(ITransformer model, TrainSpecification train, TrainingDetails details)
    {
        this.model = model;
        this.train = train;
        this.details = details;
    }

    /// <summary>The columns that <see cref="Score"/> reads; a table may have more.</summary>
    public IReadOnlyList<string> Columns => [.. details.Columns.Select(column => column.Column)];

    /// <param name="modelPath">The file that <see cref="TrainedModel.Model"/> names.</param>
    /// <exception cref="ProblemException">The file is no model that ML.NET can read (SCORE-003).</exception>
    public static ModelScorer Load(string modelPath, TrainSpecification train, TrainingDetails details)
    {
        using var stream = File.OpenRead(modelPath);
        return Load(stream, train, details);
    }

    public static ModelScorer Load(Stream model, TrainSpecification train, TrainingDetails details)
    {
        try
        {
            return new ModelScorer(new MLContext(train.Seed).Model.Load(model, out _), train, details);
        }
        catch (Exception fault)
            when (fault is FormatException or InvalidDataException or InvalidOperationException)
        {
            throw new ProblemException([new Problem("SCORE-003", "The file is no model that can be read.",
                Actual: fault.Message, Next: "Train the model again.")], inner: fault);
        }
    }

    /// <summary>Predictions in row order. The label column is not needed.</summary>
    /// <exception cref="ProblemException">A column is missing or has another type (SCORE-001,
    /// SCORE-002).</exception>
    public Predictions Score(Table table)
    {
        var input = FeatureInput.Of(table, details.Columns, train.Features.DateParts);
        var scored = model.Transform(new FeatureView(input));
        return train.Task switch
        {
            LearningTask.Binary => Predictions.Binary(Numbers(scored, "Probability")),
            LearningTask.Multiclass => Predictions.Multiclass(Vectors(scored)),
            _ => Predictions.Regression(Numbers(scored, "Score")),
        };
    }

    static double[] Numbers(IDataView scored, string column) =>
        [.. scored.GetColumn<float>(column).Select(value => (double)value)];

    static double[][] Vectors(IDataView scored) =>
        [.. scored.GetColumn<float[]>("Score").Select(row => Array.ConvertAll(row, value => (double)value))];
}
