using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What checks ask and find, in words.</summary>
static class CheckWords
{
    public static string Range(ColumnRule rule, ColumnType type) => (rule.Min, rule.Max) switch
    {
        ({ } min, { } max) => $"{rule.Column} lies in [{Bound(min, type)}, {Bound(max, type)}]",
        ({ } min, null) => $"{rule.Column} is at least {Bound(min, type)}",
        (null, var max) => $"{rule.Column} is at most {Bound(max!.Value, type)}",
    };

    public static string Set(ColumnRule rule) =>
        $"{rule.Column} is one of {NearestNames.Listed([.. rule.Set!])}";

    /// <summary>What a row check asks, and how much of it is let pass.</summary>
    public static string Tolerating(string sentence, double failAbove) =>
        failAbove == 0 ? sentence : $"{sentence}, but for at most {Percent(failAbove)} of the values";

    public static string Failing(RowCheckResult result, string noun) => result.Failing == 0
        ? $"all {Count(result.Tested)} {noun} pass"
        : $"{Count(result.Failing)} of {Count(result.Tested)} {noun} fail "
            + $"({Share(result.Failing, result.Tested)})";

    public static string Share(long part, long whole) => Percent(whole == 0 ? 0 : (double)part / whole);

    public static string Percent(double share) => share is > 0 and < 0.00005
        ? "< 0.01 %"
        : (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    static string Bound(double bound, ColumnType type) => type.IsTime()
        ? new ValueText(type).Exact(bound)
        : bound.ToString("R", CultureInfo.InvariantCulture);
}
