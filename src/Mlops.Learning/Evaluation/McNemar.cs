using Mlops.Data.Statistics;

namespace Mlops.Learning.Evaluation;

/// <summary>
/// Whether one classifier is right more often than another on the same rows, by the rows where only one of
/// them is (McNemar 1947).
/// </summary>
/// <param name="PExact">Two-sided binomial: 2 P(X ≤ the smaller count), at most 1.</param>
/// <param name="ChiSquare">(b - c)² / (b + c), without continuity correction; one degree of freedom.</param>
/// <param name="Corrected">(|b - c| - 1)² / (b + c) (Edwards 1948).</param>
public sealed record McNemar(
    long OnlyChampionRight, long OnlyChallengerRight,
    double PExact, TestResult ChiSquare, TestResult Corrected)
{
    public static McNemar Of(
        ReadOnlySpan<bool> actual, ReadOnlySpan<bool> champion, ReadOnlySpan<bool> challenger)
    {
        long only = 0, other = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            only += champion[i] == actual[i] && challenger[i] != actual[i] ? 1 : 0;
            other += champion[i] != actual[i] && challenger[i] == actual[i] ? 1 : 0;
        }
        double difference = Math.Abs(only - other), rows = only + other;
        return new McNemar(
            only, other, Exact(Math.Min(only, other), only + other),
            Test(difference * difference / rows), Test((difference - 1) * (difference - 1) / rows));

        TestResult Test(double statistic) => rows == 0
            ? new TestResult(0, 1)
            : new TestResult(statistic, SpecialFunctions.ChiSquareSurvival(statistic, 1));
    }

    static double Exact(long fewer, long rows)
    {
        var sum = 0.0;
        for (var k = 0L; k <= fewer; k++)
            sum += Math.Exp(SpecialFunctions.LogGamma(rows + 1.0) - SpecialFunctions.LogGamma(k + 1.0)
                - SpecialFunctions.LogGamma(rows - k + 1.0) - rows * Math.Log(2));
        return Math.Min(1, 2 * sum);
    }
}
