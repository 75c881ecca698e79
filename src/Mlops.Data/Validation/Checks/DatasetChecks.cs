using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Checks of the dataset as a whole that need its profile alone.</summary>
static class DatasetChecks
{
    public static CheckOutcome RowCount(ValidationRules rules, long rows)
    {
        var least = rules.MinRows ?? 1;
        var sentence = rules.MaxRows is { } most
            ? $"the dataset has {CheckWords.Count(least)} to {CheckWords.Count(most)} rows"
            : $"the dataset has at least {CheckWords.Count(least)} {(least == 1 ? "row" : "rows")}";
        return Outcomes.OfSet(
            "row-count", sentence, Severity.Error, rows >= least && !(rows > rules.MaxRows),
            $"it has {CheckWords.Count(rows)}", rows, 0);
    }

    /// <summary>
    /// A column without two different values tells a model nothing, and mostly means that a source broke.
    /// </summary>
    public static CheckOutcome Constant(PartProfile profile, string? matrixColumn)
    {
        const string sentence = "each column has at least two different values";
        var constant = profile.Columns
            .Where(column => column.Overflow is null && column.Name != matrixColumn
                && (column.Numbers?.Values.Count ?? column.Levels!.Values.Count) < 2)
            .Select(column => column.Name)
            .ToList();
        return profile.Rows < 2
            ? Outcomes.NotRun("constant-columns", sentence, Severity.Warn, "there are fewer than two rows")
            : Outcomes.OfSet(
                "constant-columns", sentence, Severity.Warn, constant.Count == 0,
                constant.Count == 0 ? "all have" : $"constant or empty: {NearestNames.Listed(constant)}",
                profile.Rows, constant.Count == 0 ? 0 : profile.Rows);
    }
}
