using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Scoring;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// Learns to tell rows of the current window from rows of the reference, cross-validated: what no column
/// shows alone, such as a correlation that broke, it may find. Equal rows and seed give an equal outcome.
/// </summary>
static class DomainClassifier
{
    const string Domain = "(window)";
    const string Current = "current";

    /// <param name="columns">Features alone: no key, no time, no label, no prediction.</param>
    public static ClassifierOutcome Run(
        Table reference, Table current, IReadOnlyList<string> columns, ClassifierSpecification specification,
        CancellationToken cancellation)
    {
        var rows = Sample(reference, current, columns, specification);
        var train = new TrainSpecification(
            LearningTask.Binary, Domain, Current, new FeatureSpecification(columns, [], [], 64, 10, []),
            specification.Trainer, specification.Seed);
        try
        {
            return CrossValidate(rows, train, specification, cancellation);
        }
        catch (ProblemException fault)
        {
            return NotRun(specification, rows.RowCount,
                string.Join(" ", fault.Problems.Select(problem => problem.What)));
        }
    }

    public static ClassifierOutcome NotRun(ClassifierSpecification specification, long rows, string reason) =>
        new(null, null, null, specification.DriftAt, rows, reason, []);

    static ClassifierOutcome CrossValidate(
        Table rows, TrainSpecification train,
        ClassifierSpecification specification, CancellationToken cancellation)
    {
        var actual = new bool[rows.RowCount];
        var score = new double[rows.RowCount];
        IReadOnlyList<FeatureImportance> importance = [];
        var folding = new Folding(specification.Folds, SplitMethod.Random, null, specification.Seed);
        foreach (var fold in Fold.Of(rows.RowCount, null, folding))
        {
            var fitted = ModelFitting.FitChecked(rows.Take(fold.Learning), train, cancellation);
            var model = new LoadedModel(
                train, fitted.Details,
                ModelScorer.Load(new MemoryStream(fitted.Model), train, fitted.Details));
            var held = rows.Take(fold.Measured);
            var outcomes = (BinaryOutcomes)model.Measure(held);
            for (var i = 0; i < fold.Measured.Length; i++)
                (actual[fold.Measured[i]], score[fold.Measured[i]]) =
                    (outcomes.Actual[i], outcomes.Probability[i]);
            if (importance.Count == 0)
                importance = PermutationImportance.Measure(
                    model, held, MetricCatalog.Of(LearningTask.Binary)[0], held.RowCount, cancellation);
        }
        return AucUncertainty.Of(actual, score) is not { } auc
            ? NotRun(specification, rows.RowCount, "a window has fewer than two rows")
            : new ClassifierOutcome(
                auc.Auc, auc.LogitLow ?? auc.Low, auc.LogitHigh ?? auc.High, specification.DriftAt,
                rows.RowCount, null, [.. importance.Where(column => column.Drop > 0).Take(5)]);
    }

    /// <summary>
    /// As many rows of each window as are wanted, drawn by the seed, with the window as the label.
    /// </summary>
    static Table Sample(
        Table reference, Table current, IReadOnlyList<string> columns, ClassifierSpecification specification)
    {
        var (before, after) = (Draw(reference), Draw(current));
        var pooled = Table.Concatenate([before, after]);
        return new Table(
            new TableSchema([.. pooled.Schema.Columns, new Column(Domain, ColumnType.Text)]),
            [
                .. pooled.Schema.Columns.Select(column => pooled[column.Name]),
                new TextValues(
                    [.. Enumerable.Range(0, pooled.RowCount).Select(row => row < before.RowCount ? 0 : 1)],
                    ["reference", Current]),
            ]);

        Table Draw(Table table)
        {
            var chosen = new Table(
                new TableSchema([.. columns.Select(name => table.Schema.Find(name)!)]),
                [.. columns.Select(name => table[name])]);
            return chosen.RowCount <= specification.Rows
                ? chosen
                : chosen.Take([.. SeededPermutation.Of(chosen.RowCount, specification.Seed, "window")
                    .Take(specification.Rows).Order()]);
        }
    }
}
