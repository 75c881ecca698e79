using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>
/// Compares a current table with a reference, column by column. A column drifts only where the effect is large
/// enough <em>and</em> chance does not explain it: a distance alone cries wolf on small samples, a p-value
/// alone on large ones.
/// </summary>
public static class DriftComparison
{
    /// <summary>
    /// From this difference of missing shares on, a significant change of missing cells is a warning.
    /// </summary>
    public const double MissingShareDifference = 0.05;

    /// <param name="columns">
    /// What to compare; keys and time columns tell nothing and are left out by the caller.
    /// </param>
    /// <exception cref="ProblemException">
    /// A column is unknown, or text on one side and numbers on the other.
    /// </exception>
    public static DriftResult Compare(
        Table reference, Table current, DriftThresholds thresholds, IReadOnlyList<string> columns)
    {
        RefuseIncomparable(reference.Schema, current.Schema, columns);
        var measured = new ColumnMeasurement[columns.Count];
        Parallel.For(0, columns.Count, i =>
            measured[i] = Measure(
                reference.Schema.Find(columns[i])!, reference[columns[i]], current[columns[i]]));

        var adjusted = AdjustedP(measured, thresholds);
        var judged = measured
            .Select((column, i) => ColumnJudgement.Judge(column, adjusted[i], thresholds))
            .OrderByDescending(column => column.Verdict)
            .ThenByDescending(column => column.Distance ?? -1)
            .ThenBy(column => column.Column, StringComparer.Ordinal)
            .ToList();
        var (verdict, decidedBy) = DatasetJudgement.Judge(
            judged, reference.RowCount, current.RowCount, thresholds);
        return new DriftResult(verdict, decidedBy, reference.RowCount, current.RowCount, thresholds, judged);
    }

    static ColumnMeasurement Measure(Column column, ColumnValues reference, ColumnValues current) =>
        column.Type.IsText()
            ? CategoryMeasurement.Of(column, reference, current)
            : NumberMeasurement.Of(column, reference, current);

    /// <summary>Benjamini–Hochberg over the columns with enough rows; null for the others.</summary>
    static double?[] AdjustedP(ColumnMeasurement[] measured, DriftThresholds thresholds)
    {
        var adjusted = new double?[measured.Length];
        var tested = Enumerable.Range(0, measured.Length)
            .Where(i => measured[i].HasRows(thresholds.MinRows) && measured[i].Test is not null)
            .ToArray();
        var values = MultipleTesting.BenjaminiHochberg(
            Array.ConvertAll(tested, i => measured[i].Test!.Value.P));
        for (var i = 0; i < tested.Length; i++)
            adjusted[tested[i]] = values[i];
        return adjusted;
    }

    static void RefuseIncomparable(TableSchema reference, TableSchema current, IReadOnlyList<string> columns)
    {
        var problems = columns
            .SelectMany(name => new[]
            {
                Unknown(name, "reference", reference),
                Unknown(name, "current", current),
                Incomparable(reference.Find(name), current.Find(name)),
            })
            .OfType<Problem>()
            .ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static Problem? Unknown(string name, string side, TableSchema schema) => schema.Find(name) is not null
        ? null
        : new Problem(
            "DRIFT-001",
            $"The {side} table has no column '{name}'.",
            Next: NearestNames.Suggest(name, schema.Columns.Select(column => column.Name)));

    static Problem? Incomparable(Column? reference, Column? current) =>
        reference is null || current is null
            || reference.Type.IsText() == current.Type.IsText()
            ? null
            : new Problem(
                "DRIFT-002",
                $"Column '{reference.Name}' is text on one side only.",
                Expected: $"{reference.Type}, as in the reference",
                Actual: current.Type.ToString(),
                Next: "Declare the column's type so that every file is read alike.");
}
