using System.Text.Json;

namespace Mlops.Data.Tests.Statistics;

/// <summary>How near a figure must be to an expected one.</summary>
static class Tolerances
{
    public static double Number(this JsonElement element, string name) =>
        element.GetProperty(name).GetDouble();

    public static long[] Counts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(count => count.GetInt64())];

    /// <summary>1e-9 relative, 1e-12 absolute.</summary>
    public static void ShouldBeStatistic(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-12 + 1e-9 * Math.Abs(expected), what);

    /// <summary>1e-8 absolute near zero: the square root of a sum that cancels.</summary>
    public static void ShouldBeDistance(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-8 + 1e-9 * Math.Abs(expected), what);

    /// <summary>1e-6 relative; below 1e-300 counts as 0.</summary>
    public static void ShouldBeP(this double actual, double expected, string what) =>
        Check(actual, expected, 1e-300 + 1e-6 * expected, what);

    static void Check(double actual, double expected, double tolerance, string what) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
            tolerance, FormattableString.Invariant($"{what}: {actual:R} against {expected:R}"));
}
