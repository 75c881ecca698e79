namespace Mlops.Data.Statistics;

/// <summary>What a test of significance found.</summary>
/// <param name="P">Probability in [0, 1] of a statistic at least as large when nothing differs.</param>
public readonly record struct TestResult(double Statistic, double P);
