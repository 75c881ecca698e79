using Microsoft.ML;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <param name="Model">ML.NET's zip in canonical form.</param>
public sealed record FittedModel(byte[] Model, TrainingDetails Details, int Rows);

/// <summary>Fits a model on rows in memory: equal rows and specification give equal bytes.</summary>
public static class ModelFitting
{
    /// <param name="training">The training split alone; rows without a label are left out.</param>
    /// <param name="cancellation">Heeded before and after ML.NET's fit, which offers no way to stop.</param>
    /// <exception cref="ProblemException">The specification does not fit the rows (TRAIN-001 to
    /// TRAIN-009).</exception>
    public static FittedModel Fit(
        Table training, TrainSpecification train, CancellationToken cancellation = default)
    {
        TrainingChecks.CheckSchema(training.Schema, train);
        return FitChecked(training, train, cancellation);
    }

    /// <summary>The same for a table of which the excluded columns were never read.</summary>
    internal static FittedModel FitChecked(
        Table training, TrainSpecification train, CancellationToken cancellation)
    {
        var labelled = Labelled(training, train.Label);
        TrainingChecks.CheckRows(labelled, train);
        var choice = FeatureChoice.Of(labelled, train);
        var classes = train.Task == LearningTask.Regression
            ? []
            : Labels.FindClasses(labelled, train.Task, train.Label, train.Positive);
        var label = Label(labelled, train, classes, out var baseline);
        var input = FeatureInput.Of(labelled, choice.Columns, train.Features.DateParts);
        var model = Fit(input, label, choice, train, cancellation);
        var details = new TrainingDetails(
            choice.Columns, classes, baseline, choice.SlotNames, Notes(choice, train));
        return new FittedModel(model, details, labelled.RowCount);
    }

    static Table Labelled(Table training, string label)
    {
        var values = training[label];
        var rows = Enumerable.Range(0, training.RowCount).Where(row => !values.IsMissing(row)).ToArray();
        return rows.Length == training.RowCount ? training : training.Take(rows);
    }

    static LabelColumn Label(
        Table training, TrainSpecification train, IReadOnlyList<string> classes, out NaiveBaseline baseline)
    {
        if (train.Task == LearningTask.Regression)
        {
            var numbers = Labels.Numbers(training, train.Label);
            baseline = new NaiveBaseline(null, numbers.Average(), []);
            return LabelColumn.OfNumbers(numbers);
        }
        var indices = Labels.ClassIndices(training, train.Label, classes);
        var counts = new int[classes.Count];
        foreach (var index in indices)
            counts[index]++;
        baseline = new NaiveBaseline(
            classes[Array.IndexOf(counts, counts.Max())], null,
            [.. counts.Select(count => (double)count / indices.Length)]);
        return LabelColumn.OfClasses(train.Task, classes, indices);
    }

    static byte[] Fit(
        FeatureInput input, LabelColumn label, FeatureChoice choice, TrainSpecification train,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var ml = new MLContext(train.Seed);
        var trainer = TrainerCatalog.WithDefaults(train.Trainer);
        var pipeline = FeaturePipeline.Create(ml, choice, train)
            .Append(TrainerFactory.Create(ml, train.Task, trainer, train.Seed));
        var model = pipeline.Fit(new FeatureView(input, label));
        cancellation.ThrowIfCancellationRequested();
        var zip = new MemoryStream();
        ml.Model.Save(model, new FeatureView(input).Schema, zip);
        zip.Position = 0;
        return CanonicalZip.Rewrite(zip);
    }

    static IReadOnlyList<string> Notes(FeatureChoice choice, TrainSpecification train) =>
        (train.Trainer.Name, train.Task) is ("fast-forest", LearningTask.Binary)
            ? [.. choice.Notes, "probabilities calibrated by Platt scaling on the training split"]
            : choice.Notes;
}
