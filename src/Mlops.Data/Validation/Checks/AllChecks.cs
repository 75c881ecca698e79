using Mlops.Data.Tables;
using Mlops.Data.Validation.Leakage;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Makes every check that a dataset's rules ask for, in the order in which people read them.
/// </summary>
static class AllChecks
{
    public static async Task<IReadOnlyList<Finding>> Run(
        CheckScope scope, RowSample? sample, CustomChecks custom) => DistinctIds(
        [
            .. OfDataset(scope).Select(outcome => new Finding(outcome)),
            .. await OfRules(scope, sample, custom),
            .. await LeakageChecks.Run(scope, sample),
        ]);

    static IEnumerable<CheckOutcome> OfDataset(CheckScope scope)
    {
        var rules = scope.Input.Rules;
        yield return DatasetChecks.RowCount(rules, scope.Profile.Rows);
        if (rules.RowChange is { } change)
            yield return DatasetChecks.RowChange(change, scope.Profile.Rows, scope.Input.Previous?.Rows);
        if (rules.Schema is { } schema)
            foreach (var outcome in DatasetChecks.Schema(schema, scope.Columns, rules.MatrixColumn))
                yield return outcome;
        yield return DatasetChecks.Constant(scope.Profile, rules.MatrixColumn, rules.MayBeEmpty);
    }

    static async Task<IReadOnlyList<Finding>> OfRules(
        CheckScope scope, RowSample? sample, CustomChecks custom)
    {
        var (context, input) = (scope.Context, scope.Input);
        var asked = new List<Asked>();
        var references = new Queue<ReferenceData?>(input.References ?? []);
        foreach (var rule in input.Rules.Columns)
        {
            var columns = await ColumnChecks.Of(scope, rule);
            asked.AddRange(columns.OfValues());
            asked.AddRange(new ColumnSets(scope, rule, columns.Column).Outcomes()
                .Select(outcome => Asked.OfWhole(outcome, rule.Column)));
            if (rule.References is not null)
                asked.Add(await ReferenceChecks.Of(
                    scope, rule, references.TryDequeue(out var data) ? data : null));
            asked.AddRange((await ColumnOrder.Run(scope, rule)).Select(Asked.Known));
        }
        asked.AddRange((await new IdentityChecks(scope).OfColumns()).Select(Asked.Known));
        var baseline = input.Previous?.Sample is { } before
            ? await TableFile.Read(context.Locate(before), null, context.Cancellation)
            : null;
        var tables = new TableChecks(scope, sample, baseline, custom);
        foreach (var rule in input.Rules.Checks ?? [])
            asked.Add(await tables.Of(rule));
        return await RowQuestions.Answer(context, input.Table, asked);
    }

    /// <summary>
    /// Two rules may ask the same of one column at two severities: the second is <c>range:price#2</c>.
    /// </summary>
    static List<Finding> DistinctIds(IReadOnlyList<Finding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new List<Finding>();
        foreach (var finding in findings)
        {
            var id = finding.Outcome.Id;
            var times = seen[id] = seen.GetValueOrDefault(id) + 1;
            distinct.Add(times == 1
                ? finding
                : finding with { Outcome = finding.Outcome with { Id = $"{id}#{times}" } });
        }
        return distinct;
    }
}
