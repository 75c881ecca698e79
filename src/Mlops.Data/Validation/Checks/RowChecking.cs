using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What a check found in the rows of a table.</summary>
/// <param name="Rows">All failing rows, ascending.</param>
sealed record RowsFound(long Tested, IReadOnlyList<long> Rows, IReadOnlyList<CheckSample> Samples)
{
    public async Task<RowCheckResult> Store(StageContext context) =>
        new(Tested, Rows.Count, Samples, await RowNumbers.Write(context, Rows));
}

/// <summary>Tests every value of a column. Equal values are tested once.</summary>
static class RowChecking
{
    /// <param name="table">The tested column first, then what the check needs besides.</param>
    /// <param name="known">What the check's Known holds; null where it has none.</param>
    public static RowsFound Run(Table table, RowCheck check, KnownValues? known)
    {
        var passes = Predicate(table, check, known);
        var tested = 0L;
        var rows = new List<long>();
        var samples = new List<CheckSample>();
        for (var row = 0; row < table.RowCount; row++)
        {
            if (passes(row) is not { } passed)
                continue;
            tested++;
            if (passed)
                continue;
            rows.Add(row);
            if (samples.Count < RowCheckResult.MaxSamples)
                samples.Add(new CheckSample(row, Shown(table, check, row)));
        }
        return new RowsFound(tested, rows, samples);
    }

    /// <summary>Of a rule over several columns all that it looks at.</summary>
    static string? Shown(Table table, RowCheck check, int row) => check.Kind == RowCheckKind.Rule
        ? string.Join(
            ", ",
            table.Schema.Columns.Select((column, i) =>
                $"{column.Name} = {table[i].Text(row) ?? "(missing)"}"))
        : table[0].Text(row);

    /// <summary>Null where a row is not tested.</summary>
    static Func<int, bool?> Predicate(Table table, RowCheck check, KnownValues? known)
    {
        var values = table[0];
        switch (check.Kind)
        {
            case RowCheckKind.Present:
                return row => !values.IsMissing(row);
            case RowCheckKind.Rule:
                return ExpressionBinding.Condition(Expression.Parse(check.Pattern!), table);
            case RowCheckKind.CompleteIf:
                var asked = ExpressionBinding.Condition(Expression.Parse(check.Pattern!), table);
                return row => asked(row) == true ? !values.IsMissing(row) : null;
            case RowCheckKind.Range:
                if (values is WholeValues whole && WholeRange.Of(whole, check) is { } exact)
                    return row => whole.IsMissing(row) ? null : exact.Has(whole.Values[row]);
                var range = values.Type == ColumnType.Float ? OfSinglePrecision(check) : check;
                return row => values.IsMissing(row) ? null : InRange(values.Number(row), range);
            default:
                var passes = ByText(values, TextChecks.Of(values, check, known));
                return row => values.IsMissing(row) ? null : passes(row);
        }
    }

    /// <summary>0.1 is what such a column has for it.</summary>
    static RowCheck OfSinglePrecision(RowCheck check) =>
        check with { Min = (float?)check.Min, Max = (float?)check.Max };

    static bool InRange(double value, RowCheck check) =>
        !(value < check.Min) && !(value > check.Max)
        && !(check.MinExcluded && value == check.Min) && !(check.MaxExcluded && value == check.Max);

    static Func<int, bool> ByText(ColumnValues values, Func<string, bool> passes)
    {
        if (values is TextValues text)
        {
            var byCode = new bool?[text.Levels.Count];
            var codes = text.Codes.ToArray();
            return row => byCode[codes[row]] ??= passes(text.Levels[codes[row]]);
        }
        var byValue = new Dictionary<long, bool>();
        return row =>
        {
            var key = values is WholeValues whole
                ? whole.Values[row]
                : BitConverter.DoubleToInt64Bits(values.Number(row));
            if (!byValue.TryGetValue(key, out var passed))
                byValue[key] = passed = passes(values.Text(row)!);
            return passed;
        };
    }
}
