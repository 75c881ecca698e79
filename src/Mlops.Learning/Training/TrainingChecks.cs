using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>
/// Whether a specification can be carried out on a table at all: everything that is wrong, at once.
/// </summary>
static class TrainingChecks
{
    /// <summary>What can be said without the rows.</summary>
    /// <exception cref="ProblemException">TRAIN-001 to TRAIN-005.</exception>
    public static void CheckSchema(TableSchema schema, TrainSpecification train) =>
        ThrowIfAny([.. Trainer(train), .. Label(schema, train), .. Features(schema, train)]);

    /// <summary>What only the training rows can say.</summary>
    /// <exception cref="ProblemException">TRAIN-006 to TRAIN-008.</exception>
    public static void CheckRows(Table training, TrainSpecification train) =>
        ThrowIfAny(Rows(training, train));

    static IEnumerable<Problem> Trainer(TrainSpecification train)
    {
        var name = train.Trainer.Name;
        if (TrainerCatalog.Find(name) is not { } trainer)
            yield return new Problem("TRAIN-001", $"There is no trainer '{name}'.",
                Expected: NearestNames.Perhaps(name, TrainerCatalog.All.Select(known => known.Name)),
                Next: "Change train.trainer.name.");
        else if (!trainer.Tasks.Contains(train.Task))
            yield return new Problem(
                "TRAIN-001", $"Trainer '{name}' is not made for {Name(train.Task)} tasks.",
                Expected: string.Join(", ", TrainerCatalog.All
                    .Where(known => known.Tasks.Contains(train.Task)).Select(known => known.Name)));
    }

    static IEnumerable<Problem> Label(TableSchema schema, TrainSpecification train)
    {
        if (schema.Find(train.Label) is not { } label)
            yield return Absent(schema, train.Label, "The label column", "train.label");
        else if (train.Task == LearningTask.Regression && !label.Type.IsNumber())
            yield return new Problem(
                "TRAIN-003", $"The label '{label.Name}' of a regression is not a number.",
                Expected: "a number: an integer, a real or a decimal", Actual: label.Type.ToString(),
                Next: "Declare its type under data.columns, or choose another task.");
        if (train.Features.Include?.Contains(train.Label) == true)
            yield return new Problem("TRAIN-004", $"The label '{train.Label}' stands among the features.",
                Next: "Remove it from train.features.include.");
    }

    static IEnumerable<Problem> Features(TableSchema schema, TrainSpecification train)
    {
        var features = train.Features;
        return AbsentAmong("include", features.Include ?? [])
            .Concat(AbsentAmong("exclude", features.Exclude))
            .Concat(AbsentAmong("categorical", features.Categorical));

        IEnumerable<Problem> AbsentAmong(string list, IEnumerable<string> names) => names
            .Where(name => schema.Find(name) is null)
            .Select(name => Absent(schema, name, "A column", "train.features." + list));
    }

    static Problem Absent(TableSchema schema, string name, string what, string field) => new(
        "TRAIN-002", $"{what} '{name}' is not in the dataset.",
        Expected: NearestNames.Perhaps(name, schema.Columns.Select(column => column.Name)),
        Next: $"Change {field}.");

    static IEnumerable<Problem> Rows(Table training, TrainSpecification train)
    {
        if (training.RowCount == 0)
            return [new Problem("TRAIN-006", "There is no row to train on.",
                Expected: "at least one row with a label in the training split", Actual: "none")];
        return train.Task == LearningTask.Regression ? Numbers(training, train) : Classes(training, train);
    }

    static IEnumerable<Problem> Classes(Table training, TrainSpecification train)
    {
        var classes = Labels.FindClasses(training, train.Task, train.Label, null);
        if (classes.Count < 2 || (train.Task == LearningTask.Binary && classes.Count > 2))
            yield return new Problem("TRAIN-007",
                $"The label '{train.Label}' of a {Name(train.Task)} task has {Count(classes)} in training.",
                Expected: train.Task == LearningTask.Binary ? "exactly two" : "at least two",
                Actual: string.Join(
                    ", ", classes.Order(StringComparer.Ordinal).Take(5).Select(name => $"'{name}'")),
                Next: classes.Count < 2
                    ? "Look at how the dataset is split."
                    : "Choose train.task: multiclass.");
        else if (train.Positive is { } positive && !classes.Contains(positive))
            yield return new Problem("TRAIN-007", $"No training row has the positive label '{positive}'.",
                Expected: string.Join(
                    " or ", classes.Order(StringComparer.Ordinal).Select(name => $"'{name}'")),
                Next: "Change train.positive.");
    }

    static string Name(LearningTask task) => task.ToString().ToLowerInvariant();

    static string Count(IReadOnlyList<string> classes) =>
        Counted.Word(classes.Count, "only one value", $"{classes.Count} values");

    static IEnumerable<Problem> Numbers(Table training, TrainSpecification train)
    {
        var smallest = Labels.Numbers(training, train.Label).Min();
        if (train.Trainer.Name == "lbfgs" && smallest < 0)
            yield return new Problem(
                "TRAIN-008", "lbfgs fits numbers by Poisson regression, which knows none below 0.",
                Expected: $"'{train.Label}' of at least 0",
                Actual: FormattableString.Invariant($"{smallest:R}"),
                Next: "Choose trainer sdca, or a tree.");
    }

    static void ThrowIfAny(IEnumerable<Problem> problems)
    {
        var all = problems.ToList();
        if (all.Count > 0)
            throw new ProblemException(all);
    }
}
