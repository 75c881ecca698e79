using System.Globalization;

namespace Mlops.Data.Tests.Drift;

/// <summary>
/// How often the whole rule cries wolf and how often it is deaf, simulated: 50 columns (normal, lognormal,
/// t₃, counts, zero-inflated, and categories of 3 to 1,000 levels), ten of them moved. Seeds are fixed, so
/// the rates are too. MLOPS_DRIFT_ROUNDS runs more rounds and the large sizes.
/// </summary>
public sealed class AlarmRateTests
{
    static int? Rounds => int.TryParse(
        Environment.GetEnvironmentVariable("MLOPS_DRIFT_ROUNDS"),
        CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : null;

    [Theory]
    [InlineData(100, 100, 8)]
    [InlineData(300, 100, 6)]
    [InlineData(1000, 200, 4)]
    [InlineData(1000, 1000, 3)]
    [InlineData(10_000, 1000, 1)]
    [InlineData(50_000, 10_000, 0)]
    public void StillColumnsAreFlaggedOnceInAHundredAtMost(int rows, int currentRows, int rounds)
    {
        foreach (var shift in new[] { 0.3, 1.0 })
            if (Rates(rows, currentRows, shift, rounds) is { } rates)
                rates.StillFlagged.ShouldBeLessThanOrEqualTo(0.01);
    }

    [Theory]
    [InlineData(1000, 1000, 6)]
    [InlineData(10_000, 1000, 2)]
    [InlineData(50_000, 10_000, 0)]
    public void HalfADeviationIsFoundFourTimesInFive(int rows, int currentRows, int rounds)
    {
        if (Rates(rows, currentRows, 0.5, rounds) is not { } rates)
            return;
        rates.Found.ShouldBeGreaterThanOrEqualTo(0.8);
        rates.StillFlagged.ShouldBeLessThanOrEqualTo(0.01);
    }

    [Theory]
    [InlineData(100, 100, 8)]
    [InlineData(1000, 200, 4)]
    [InlineData(1000, 1000, 3)]
    [InlineData(10_000, 1000, 1)]
    [InlineData(50_000, 10_000, 0)]
    public void ANegligibleMoveIsNeverFlaggedHoweverManyRows(int rows, int currentRows, int rounds) =>
        (Rates(rows, currentRows, 0.03, rounds)?.Found ?? 0).ShouldBe(0);

    static AlarmRates? Rates(int rows, int currentRows, double shift, int rounds)
    {
        rounds = Rounds ?? rounds;
        if (rounds == 0)
            return null;
        var rates = AlarmRates.Simulate(rows, currentRows, shift, rounds);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"{rows} v {currentRows}, {shift} sd, {rounds} rounds: "
            + $"still flagged {rates.StillFlagged:0.0000}, ")
            + string.Create(
                CultureInfo.InvariantCulture, $"found {rates.Found:0.000}, as drift {rates.AsDrift:0.000}"));
        return rates;
    }
}
