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
        if (await scope.Roles() is not { } roles)
            return new Finding(
                Outcomes.NotRun(terms.Id, terms.Sentence, severity, "the dataset is not split"));
        if (scope.Schema.Find(time)?.Type.IsText() != false)
            return new Finding(
                Outcomes.NotRun(terms.Id, terms.Sentence, severity, $"{time} has no order in time"));
        var values = await TableReading.Load(scope.Context, scope.Input.Table, [time]) is var table
            ? table[0]
            : null!;
        long? firstHeld = null;
        for (var row = 0; row < roles.Length; row++)
            if (roles[row] == (byte)RowRole.Holdout
                && TimeKeys.KeyOf(values, row) is { } held && !(held >= firstHeld))
                firstHeld = held;
        if (firstHeld is null)
            return new Finding(
                Outcomes.NotRun(terms.Id, terms.Sentence, severity, "no row of the holdout has a time"));
        var (tested, late) = (0L, new List<long>());
        for (var row = 0; row < roles.Length; row++)
            if (roles[row] == (byte)RowRole.Train && TimeKeys.KeyOf(values, row) is { } at)
            {
                tested++;
                if (at >= firstHeld)
                    late.Add(row);
            }
        return Outcomes.OfRows(terms,
            new RowsFound(tested, late, [.. late.Take(RowCheckResult.MaxSamples).Select(row =>
                new CheckSample(row, values.Text((int)row)))])) with
        { Rows = null };
    }
}
