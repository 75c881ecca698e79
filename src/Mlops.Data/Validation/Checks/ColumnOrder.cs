using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>What rules ask of the order and the distances of a column's values, over all rows.</summary>
static class ColumnOrder
{
    public static async Task<IReadOnlyList<Finding>> Run(CheckScope scope, ColumnRule rule)
    {
        var findings = new List<Finding>();
        if (rule.Order is { } order)
            findings.Add(await Order(scope, rule, order));
        if (rule.MaxGapSeconds is { } gap)
            findings.Add(new Finding(await Gap(scope, rule, gap), Quoted: [rule.Column]));
        return findings;
    }

    static async Task<Finding> Order(CheckScope scope, ColumnRule rule, string order)
    {
        var within = rule.Per is { Count: > 0 } per ? $" within each {string.Join(" + ", per)}" : "";
        var terms = new CheckTerms(
            $"order:{rule.Column}", $"{rule.Column} is {order.Replace('-', ' ')} from row to row{within}",
            rule.Severity ?? Severity.Warn,
            Tolerance.Of(rule));
        var found = await scope.Context.Call(
            WholeStages.Order, new OrderInput(scope.Input.Table.Parts, rule.Column, order, rule.Per ?? []));
        var tally = new RowTally();
        tally.Append(found, scope.Profile.Rows);
        return Outcomes.OfRows(terms, tally, rule.Column);
    }

    static async Task<CheckOutcome> Gap(CheckScope scope, ColumnRule rule, double most)
    {
        var (id, sentence, severity) = (
            $"gap:{rule.Column}",
            $"consecutive values of {rule.Column} are at most {CheckWords.Duration(most)} apart",
            rule.Severity ?? Severity.Warn);
        if (scope.Schema.Find(rule.Column)!.Type is var type && !type.IsTime())
            return Outcomes.NotRun(
                id, sentence, severity, $"{rule.Column} is {type}, not a date or a timestamp");
        var found = await scope.Context.Call(
            WholeStages.Gap, new GapInput(scope.Input.Table.Parts, rule.Column));
        return found.Seconds is not { } longest
            ? Outcomes.NotRun(id, sentence, severity, "there are fewer than two different values")
            : Outcomes.OfSet(
                id, sentence, severity, longest <= most,
                $"the longest gap is {CheckWords.Duration(longest)}, from {found.From} to {found.To}",
                scope.Sketch(rule.Column).Count, 0, $"at most {CheckWords.Duration(most)}");
    }
}
