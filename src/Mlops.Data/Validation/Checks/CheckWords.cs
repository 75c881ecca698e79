using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What checks ask and find, in words.</summary>
static class CheckWords
{
    /// <summary>What a rule asks of each value: "lies in [0, 100)".</summary>
    public static string Range(ColumnRule rule, ColumnType type)
    {
        var low = Bound(rule.Above ?? rule.Min, rule.LowWritten, type);
        var high = Bound(rule.Below ?? rule.Max, rule.HighWritten, type);
        if (low is not null && high is not null)
            return "lies in "
                + $"{(rule.Above is null ? '[' : '(')}{low}, {high}{(rule.Below is null ? ']' : ')')}";
        return low is not null ? $"is {(rule.Above is null ? "at least" : "above")} {low}"
            : high is not null ? $"is {(rule.Below is null ? "at most" : "below")} {high}" : "";
    }

    public static string Failing(long tested, long failing, string noun) => failing == 0
        ? $"all {Counted.Of(tested)} {noun} pass"
        : $"{Counted.Of(failing)} of {Counted.Of(tested)} {noun} fail ({Share(failing, tested)})";

    /// <summary>What a number must lie in.</summary>
    public static string Within(Bounds bounds) => (bounds.Min, bounds.Max) switch
    {
        ({ } min, { } max) => $"in [{Number(min)}, {Number(max)}]",
        ({ } min, null) => $"at least {Number(min)}",
        (null, { } max) => $"at most {Number(max)}",
        _ => "anything",
    };

    public static string Number(double value) =>
        value.ToString("#,0.######", CultureInfo.InvariantCulture) is var text
            && (text != "0" || value == 0) && Math.Abs(value) < 1e15
                ? text
                : value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Listed(IReadOnlyCollection<string> values) => NearestNames.Listed(values);

    /// <summary>As people count time: "3 days", "2.5 hours".</summary>
    public static string Duration(double seconds) => seconds switch
    {
        >= 172_800 => $"{Number(Math.Round(seconds / 86_400, 2))} days",
        >= 7_200 => $"{Number(Math.Round(seconds / 3_600, 2))} hours",
        >= 120 => $"{Number(Math.Round(seconds / 60, 2))} minutes",
        1 => "1 second",
        _ => $"{Number(Math.Round(seconds, 2))} seconds",
    };

    public static string Share(long part, long whole) => Percent(whole == 0 ? 0 : (double)part / whole);

    /// <summary>A share that is not zero never reads as zero, and one that is not all never as all.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.00005 => "< 0.01 %",
        >= 0.99995 and < 1 => "> 99.99 %",
        _ => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %",
    };

    static string? Bound(double? bound, string? written, ColumnType type) =>
        written ?? (bound is { } number ? Bound(number, type) : null);

    public static string Bound(double bound, ColumnType type) => type.IsTime()
        ? new ValueText(type).Exact(bound)
        : bound.ToString("R", CultureInfo.InvariantCulture);
}
