using System.Globalization;

namespace Mlops.Learning.Evaluation;

/// <summary>Numbers in sentences: short, but never so short that a sentence contradicts itself.</summary>
static class MetricText
{
    /// <summary>Four decimals below 100 and five digits above.</summary>
    public static string Of(double value) =>
        value.ToString(
            Math.Abs(value) is >= 100 or (> 0 and < 1e-3) ? "G5" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>A number that a person wrote, as it was written.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// The value in full where it would otherwise read like a neighbour that it is not equal to.
    /// </summary>
    public static string Of(double value, double neighbour) =>
        value != neighbour && Of(value) == Of(neighbour)
            ? Exact(value)
            : Of(value);
}
