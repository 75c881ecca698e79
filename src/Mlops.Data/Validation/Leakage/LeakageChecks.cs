using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Validation.Leakage;

/// <summary>
/// The checks that run unasked: what is learnt of should be known when the model is used, and what it is
/// measured on should be unknown to it.
/// </summary>
static class LeakageChecks
{
    public static async Task<IReadOnlyList<Finding>> Run(
        CheckScope scope, RowSample? sample)
    {
        var rule = scope.Input.Rules.Leakage ?? new LeakageRule();
        var findings = new List<Finding>();
        if (scope.Input.Learning is not { } learning)
            return findings;
        var identities = new IdentityChecks(scope);
        if (rule.Key is { } key && (rule.Entity ?? scope.Input.Rules.Key) is { Count: > 0 } columns)
            findings.Add(await identities.KeyLeakage(key, columns) with { Rows = null });
        if (rule.Time is { } time && learning.Time is { } column)
            findings.Add(await TimeLeakage.Run(scope, column, time));
        if (rule.Label is { } label)
            findings.Add(new Finding(LabelLeakage.Run(scope, sample, rule, label)));
        return findings;
    }
}
