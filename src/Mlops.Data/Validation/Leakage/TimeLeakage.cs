using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Validation.Leakage;

/// <summary>Whether the model learns from rows that are not older than those it is measured on.</summary>
static class TimeLeakage
{
    public static async Task<Finding> Run(CheckScope scope, string time, Severity severity)
    {
        var terms = new CheckTerms(
            "time-leakage", $"all training rows are older by {time} than all rows of the holdout",
            severity, Tolerance.None, "rows");
        if (scope.Roles() is not { } roles)
            return new Finding(Outcomes.NotRun(terms, "the dataset is not split"));
        if (scope.Schema.Find(time)?.Type.IsText() != false)
            return new Finding(Outcomes.NotRun(terms, $"{time} has no order in time"));
        var values = (await TableReading.Load(scope.Context, scope.Input.Table, [time]))[0];
        if (FirstHeldOut(values, roles) is not { } first)
            return new Finding(Outcomes.NotRun(terms, "no row of the holdout has a time"));
        var finding = Outcomes.OfRows(terms, NotOlder(values, roles, first));
        // A split that is wrong as a whole is no reason to take single rows out.
        return finding with { Rows = null };
    }

    static long? FirstHeldOut(ColumnValues times, byte[] roles)
    {
        long? first = null;
        for (var row = 0; row < roles.Length; row++)
            if (roles[row] == (byte)RowRole.Holdout
                && TimeKeys.KeyOf(times, row) is { } held && !(held >= first))
                first = held;
        return first;
    }

    static RowsFound NotOlder(ColumnValues times, byte[] roles, long first)
    {
        var (tested, late) = (0L, new List<long>());
        for (var row = 0; row < roles.Length; row++)
        {
            if (roles[row] != (byte)RowRole.Train || TimeKeys.KeyOf(times, row) is not { } at)
                continue;
            tested++;
            if (at >= first)
                late.Add(row);
        }
        return new RowsFound(
            tested, late,
            [.. late.Take(RowCheckResult.MaxSamples).Select(row =>
                new CheckSample(row, times.Text((int)row)))]);
    }
}
