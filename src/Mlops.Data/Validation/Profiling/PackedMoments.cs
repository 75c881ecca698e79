using System.Runtime.Intrinsics;
using Mlops.Data.Statistics;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Moments and range of the finite numbers of a piece of a column, four lanes at a time whatever the machine
/// has, so that every machine adds in the same order.
/// </summary>
/// <param name="Min">NaN where no number is finite, as is the maximum.</param>
readonly record struct PackedMoments(Moments Moments, double Min, double Max, long Zeros)
{
    const int Lanes = 4;

    /// <param name="numbers">NaN stands for none.</param>
    public static PackedMoments Of(ReadOnlySpan<double> numbers)
    {
        var (sum, count, zeros) = (Vector256<double>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        var (min, max) =
            (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        for (var i = 0; i < numbers.Length; i += Lanes)
        {
            var values = Load(numbers, i) + Vector256<double>.Zero;
            var finite = Finite(values);
            var held = values & finite;
            sum += held;
            count -= finite.AsInt64();
            zeros -= (Vector256.Equals(values, Vector256<double>.Zero) & finite).AsInt64();
            min = Vector256.ConditionalSelect(finite & Vector256.LessThan(values, min), values, min);
            max = Vector256.ConditionalSelect(finite & Vector256.GreaterThan(values, max), values, max);
        }
        var n = count[0] + count[1] + count[2] + count[3];
        if (n == 0)
            return new PackedMoments(default, double.NaN, double.NaN, 0);
        return new PackedMoments(
            About(numbers, n, Total(sum) / n), Least(min), -Least(-max),
            zeros[0] + zeros[1] + zeros[2] + zeros[3]);
    }

    /// <summary>
    /// The second pass; what rounding left in the mean is taken out (Chan, Golub, LeVeque 1983).
    /// </summary>
    static Moments About(ReadOnlySpan<double> numbers, long n, double mean)
    {
        var (deviations, squares) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var center = Vector256.Create(mean);
        for (var i = 0; i < numbers.Length; i += Lanes)
        {
            var values = Load(numbers, i);
            var deviation = (values - center) & Finite(values);
            deviations += deviation;
            squares += deviation * deviation;
        }
        var (left, sum) = (Total(deviations), Total(squares));
        return new Moments(n, mean + left / n, sum - left * left / n);
    }

    internal static Vector256<double> Load(ReadOnlySpan<double> numbers, int at)
    {
        if (at + Lanes <= numbers.Length)
            return Vector256.Create(numbers[at..]);
        var last = Vector256.Create(double.NaN);
        for (var lane = 0; at + lane < numbers.Length; lane++)
            last = last.WithElement(lane, numbers[at + lane]);
        return last;
    }

    internal static Vector256<double> Finite(Vector256<double> values) =>
        Vector256.LessThanOrEqual(Vector256.Abs(values), Vector256.Create(double.MaxValue));

    internal static double Total(Vector256<double> lanes) => lanes[0] + lanes[1] + (lanes[2] + lanes[3]);

    static double Least(Vector256<double> lanes) =>
        Math.Min(Math.Min(lanes[0], lanes[1]), Math.Min(lanes[2], lanes[3]));
}
