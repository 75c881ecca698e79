using Mlops.Data.Drift;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Drift;

/// <summary>
/// How often the rule cries wolf and how often it is deaf, simulated: 24 columns (normal, lognormal, skewed counts,
/// categories), four of them moved. Seeds are fixed, so the rates are too.
/// </summary>
public sealed class AlarmRateTests
{
    const int Columns = 24;
    const int Moved = 4;

    [Fact]
    public void StillColumnsRarelyAlarmAndHalfADeviationIsFound()
    {
        var (falseAlarms, found) = Rates(rounds: 12, rows: 1000, currentRows: 1000, shift: 0.5);
        falseAlarms.ShouldBeLessThanOrEqualTo(0.01);
        found.ShouldBeGreaterThanOrEqualTo(0.8);
    }

    [Fact]
    public void ANegligibleMoveIsNeverFlaggedHoweverManyRows()
    {
        var (falseAlarms, found) = Rates(rounds: 2, rows: 20_000, currentRows: 20_000, shift: 0.03);
        falseAlarms.ShouldBe(0);
        found.ShouldBe(0);
    }

    [Fact]
    public void SmallSamplesDoNotCryWolf() =>
        Rates(rounds: 20, rows: 100, currentRows: 100, shift: 0.5).FalseAlarms.ShouldBeLessThanOrEqualTo(0.01);

    static (double FalseAlarms, double Found) Rates(int rounds, int rows, int currentRows, double shift)
    {
        var (flagged, found) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var draws = new Draws((ulong)(1000 * rows + round));
            var reference = Sample(draws, rows, 0);
            var current = Sample(draws, currentRows, shift);
            var result = DriftComparison.Compare(
                reference, current, new DriftThresholds(), [.. reference.Schema.Columns.Select(column => column.Name)]);
            foreach (var column in result.Columns.Where(column => column.Verdict != DriftVerdict.None))
                if (column.Column.StartsWith("moved", StringComparison.Ordinal))
                    found++;
                else
                    flagged++;
        }
        return ((double)flagged / (rounds * (Columns - Moved)), (double)found / (rounds * Moved));
    }

    static Table Sample(Draws draws, int rows, double shift) => Tables.Of([.. Enumerable.Range(0, Columns).Select(i =>
        i < Moved ? ($"moved {i}", Column(draws, i, rows, shift)) : ($"still {i}", Column(draws, i, rows, 0)))]);

    static ColumnValues Column(Draws draws, int kind, int rows, double shift)
    {
        var normals = draws.Normals(rows, shift);
        return (kind % 4) switch
        {
            0 => new RealValues(normals),
            1 => new RealValues([.. normals.Select(Math.Exp)]),
            2 => new WholeValues(ColumnType.Integer, [.. normals.Select(x => (long)Math.Floor(4 * x))]),
            _ => new TextValues(
                [.. normals.Select(x => Math.Clamp((int)Math.Floor(2 * x + 5), 0, 9))],
                [.. Enumerable.Range(0, 10).Select(level => $"level {level}")]),
        };
    }
}
