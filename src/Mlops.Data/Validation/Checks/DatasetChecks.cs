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
            ? $"the dataset has {Counted.Of(least)} to {Counted.Of(most)} rows"
            : $"the dataset has at least {Counted.Of(least, "row", "rows")}";
        return Outcomes.OfSet(
            "row-count", sentence, Severity.Error, rows >= least && !(rows > rules.MaxRows),
            $"it has {Counted.Of(rows)}", rows, 0);
    }

    /// <summary>Rows now over rows of the dataset accepted last.</summary>
    public static CheckOutcome RowChange(Bounds bounds, long rows, long? before)
    {
        var sentence = $"the rows are {CheckWords.Within(bounds)} times those of the dataset accepted last";
        if (before is not > 0)
            return Outcomes.NotRun("row-change", sentence, Severity.Warn, CheckScope.NoBaseline);
        var ratio = (double)rows / before.Value;
        return Outcomes.OfSet(
            "row-change", sentence, Severity.Warn, !(ratio < bounds.Min) && !(ratio > bounds.Max),
            $"{Counted.Of(rows)} after {Counted.Of(before.Value)}, "
            + $"{CheckWords.Number(Math.Round(ratio, 4))} times as many",
            rows, 0, CheckWords.Within(bounds));
    }

    /// <summary>Names are exact, letter case included.</summary>
    public static IEnumerable<CheckOutcome> Schema(
        SchemaRule rule, IReadOnlyList<string> columns, string? matrixColumn)
    {
        if (rule.Columns is not { } declared)
            yield break;
        List<string> lacking = [.. declared.Except(columns, StringComparer.Ordinal)];
        yield return Outcomes.OfSet(
            "columns", $"the columns {NearestNames.Listed(declared)} are there", Severity.Error,
            lacking.Count == 0, lacking.Count == 0 ? "all are" : string.Join("; ", lacking.Select(name =>
                $"'{name}' is missing{NearestNames.Hint(name, columns.Except(declared), ", ")}")), 0, 0);
        if (rule.Extra is { } extra)
            yield return Extra(declared, columns.Where(name => name != matrixColumn), extra);
        if (rule.Order is { } order)
            yield return Order([.. declared.Intersect(columns)], [.. columns.Intersect(declared)], order);
    }

    static CheckOutcome Extra(IReadOnlyList<string> declared, IEnumerable<string> columns, Severity severity)
    {
        List<string> surplus = [.. columns.Except(declared, StringComparer.Ordinal)];
        return Outcomes.OfSet(
            "extra-columns", "there are no other columns", severity, surplus.Count == 0,
            surplus.Count == 0 ? "there are none" : $"there are {NearestNames.Listed(surplus)}", 0, 0);
    }

    /// <param name="found">The same columns as those asked for, as they stand.</param>
    static CheckOutcome Order(List<string> asked, List<string> found, Severity severity)
    {
        var at = asked.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return Outcomes.OfSet(
            "column-order", "the columns are in their order", severity, at == asked.Count,
            at == asked.Count ? "they are" : $"'{found[at]}' stands where '{asked[at]}' should", 0, 0);
    }

    /// <summary>
    /// A column without two different values tells a model nothing, and mostly means that a source broke.
    /// </summary>
    public static CheckOutcome Constant(PartProfile profile, string? matrixColumn, string? mayBeEmpty = null)
    {
        const string sentence = "each column has at least two different values";
        var constant = profile.Columns
            .Where(column => column.Overflow is null
                && column.Name != matrixColumn && column.Name != mayBeEmpty
                && (column.Numbers?.Values.Count ?? column.Levels!.Values.Count) < 2)
            .Select(column => column.Name)
            .ToList();
        return profile.Rows < 2
            ? Outcomes.NotRun("constant-columns", sentence, Severity.Warn, "there are fewer than two rows")
            : Outcomes.OfSet(
                "constant-columns", sentence, Severity.Warn, constant.Count == 0,
                constant.Count == 0 ? "all have" : $"constant or empty: {NearestNames.Listed(constant)}",
                profile.Rows, 0);
    }
}
