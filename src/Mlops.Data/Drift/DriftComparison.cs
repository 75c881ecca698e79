using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>
/// Compares a current table with a reference, column by column. A column drifts only where the effect is
/// large enough <em>and</em> chance does not explain it: a distance alone cries wolf on small samples, a
/// p-value alone on large ones.
/// </summary>
public static class DriftComparison
{
    /// <summary>
    /// From this difference of missing shares on, a significant change of missing cells is a warning.
    /// </summary>
    public const double MissingShareDifference = 0.05;

    /// <summary>Two tables, each column sorted once.</summary>
    /// <param name="columns">
    /// What to compare; keys and time columns tell nothing and are left out by the caller.
    /// </param>
    /// <param name="redact">Columns whose values no word of the result may hold; null for none.</param>
    /// <exception cref="ProblemException">
    /// A column is unknown (DRIFT-001), or text on one side and numbers on the other (DRIFT-002), or text
    /// with a statistic of numbers (DRIFT-003).
    /// </exception>
    public static DriftResult Compare(
        Table reference, Table current, DriftThresholds thresholds, IReadOnlyList<string> columns,
        DriftRoles? roles = null, IReadOnlyList<string>? redact = null)
    {
        RefuseIncomparable(reference.Schema, current.Schema, columns, thresholds);
        return Compare(
            columns,
            name => ColumnReference.Of(reference.Schema.Find(name)!, reference[name], ColumnReference.Whole),
            reference.RowCount, current, thresholds, roles, redact);
    }

    /// <summary>A table against a stored reference, whose rows are not needed.</summary>
    /// <param name="redact">Columns whose values no word of the result may hold; null for none.</param>
    /// <exception cref="ProblemException">
    /// As with two tables; or a column of which groups alone are stored has a statistic of numbers
    /// (DRIFT-003).
    /// </exception>
    public static DriftResult Compare(
        DriftReference reference, Table current, DriftThresholds thresholds, IReadOnlyList<string> columns,
        DriftRoles? roles = null, IReadOnlyList<string>? redact = null)
    {
        RefuseIncomparable(
            new TableSchema([.. reference.Columns.Select(column => new Column(column.Column, column.Type))]),
            current.Schema, columns, thresholds,
            [
                .. reference.Columns.Where(column => column.Masked is not null)
                    .Select(column => column.Column),
            ]);
        return Compare(
            columns, name => reference.Find(name)!, reference.Rows, current, thresholds, roles, redact);
    }

    static DriftResult Compare(
        IReadOnlyList<string> columns, Func<string, ColumnReference> reference, long referenceRows,
        Table current, DriftThresholds thresholds, DriftRoles? roles, IReadOnlyList<string>? redact)
    {
        var measured = new ColumnMeasurement[columns.Count];
        Parallel.For(0, columns.Count, i =>
        {
            var column = Measure(reference(columns[i]), current[columns[i]], thresholds.Evidence);
            measured[i] = redact?.Contains(columns[i]) == true && !column.IsMasked
                ? MaskedMeasurement.Hide(column)
                : column;
        });

        var adjusted = AdjustedP(measured, thresholds);
        var judged = measured
            .Select((column, i) => ColumnJudgement.Judge(
                column, adjusted[i], thresholds,
                roles is not { LabelsComeLater: true } || column.Column != roles.Label))
            .OrderByDescending(column => column.Verdict)
            .ThenByDescending(column => column.Distance ?? -1)
            .ThenBy(column => column.Column, StringComparer.Ordinal)
            .ToList();
        var importance = DatasetJudgement.DriftedImportance(judged, roles ?? new DriftRoles());
        var (verdict, decidedBy) = DatasetJudgement.Judge(
            judged, referenceRows, current.RowCount, thresholds, roles ?? new DriftRoles(), importance);
        return new DriftResult(
            verdict, decidedBy, referenceRows, current.RowCount, thresholds, judged, importance);
    }

    static ColumnMeasurement Measure(
        ColumnReference reference, ColumnValues current, DriftEvidence evidence) =>
        reference.Masked is not null ? MaskedMeasurement.Of(reference, current)
        : current is TextValues text ? CategoryMeasurement.Of(reference, text)
        : NumberMeasurement.Of(reference, current, evidence);

    /// <summary>Corrected over the columns with enough rows; null for the others.</summary>
    static double?[] AdjustedP(ColumnMeasurement[] measured, DriftThresholds thresholds)
    {
        var adjusted = new double?[measured.Length];
        var tested = Enumerable.Range(0, measured.Length)
            .Where(i => measured[i].HasRows(thresholds.MinRows) && measured[i].Test is not null)
            .ToArray();
        var values = MultipleTesting.Adjust(
            Array.ConvertAll(tested, i => measured[i].Test!.Value.P), thresholds.Correction);
        for (var i = 0; i < tested.Length; i++)
            adjusted[tested[i]] = values[i];
        return adjusted;
    }

    static void RefuseIncomparable(
        TableSchema reference, TableSchema current, IReadOnlyList<string> columns, DriftThresholds thresholds,
        IReadOnlyCollection<string>? masked = null)
    {
        var problems = columns
            .SelectMany(name => new[]
            {
                Unknown(name, "reference", reference),
                Unknown(name, "current", current),
                Incomparable(reference.Find(name), current.Find(name)),
                Unmeasurable(reference.Find(name), thresholds, masked?.Contains(name) == true),
            })
            .OfType<Problem>()
            .ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static Problem? Unmeasurable(Column? column, DriftThresholds thresholds, bool isMasked) =>
        column is not null && (isMasked || column.Type.IsText())
            && thresholds.Columns?.FirstOrDefault(own => own.Column == column.Name) is { } own
            && StatisticFacts.NeedsNumbers(own.Statistic)
            ? new Problem(
                "DRIFT-003",
                $"Column '{column.Name}' is "
                + (column.Type.IsText() ? "text" : "redacted: of its values a package keeps groups alone")
                + $", which {StatisticFacts.Name(own.Statistic)} cannot measure.",
                Expected: "js, psi, tvd, l-infinity or hellinger",
                Next: $"Correct monitor.columns.{column.Name}.statistic.")
            : null;

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
