using Mlops.Data.Drift;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Drift;

/// <summary>
/// Shares of columns: still ones that were flagged, moved ones that were, and those as drift.
/// </summary>
sealed record AlarmRates(double StillFlagged, double Found, double AsDrift)
{
    const int Columns = 50;
    const int Numeric = 35;
    const int Moved = 10;

    static readonly int[] LevelCounts = [3, 8, 40, 300, 1000];

    public static AlarmRates Simulate(int rows, int currentRows, double shift, int rounds)
    {
        var (flagged, found, drifted) = (0, 0, 0);
        var names = Enumerable.Range(0, Columns).Select(i => $"x{i}").ToList();
        for (var round = 0; round < rounds; round++)
        {
            var draws = new Draws((ulong)(1000 * rows + 31 * round) + (ulong)(shift * 100));
            var moved = Enumerable.Range(0, Columns).OrderBy(_ => draws.Uniform()).Take(Moved).ToHashSet();
            var columns = Enumerable.Range(0, Columns)
                .Select(i => Column(draws, i, rows, currentRows, moved.Contains(i) ? shift : 0)).ToList();
            var result = DriftComparison.Compare(
                Tables.Of([.. names.Zip(columns, (name, column) => (name, column.Reference))]),
                Tables.Of([.. names.Zip(columns, (name, column) => (name, column.Current))]),
                new DriftThresholds(), names);
            foreach (var column in result.Columns.Where(column => column.Verdict >= DriftVerdict.Warning))
                if (!moved.Contains(names.IndexOf(column.Column)))
                    flagged++;
                else
                {
                    found++;
                    drifted += column.Verdict == DriftVerdict.Drift ? 1 : 0;
                }
        }
        return new AlarmRates(
            (double)flagged / (rounds * (Columns - Moved)), (double)found / (rounds * Moved),
            (double)drifted / (rounds * Moved));
    }

    static (ColumnValues Reference, ColumnValues Current) Column(
        Draws draws, int kind, int rows, int currentRows, double shift) => kind >= Numeric
        ? Categories(draws, LevelCounts[kind % 5], rows, currentRows, shift)
        : (Numbers(draws, kind % 5, rows, 0), Numbers(draws, kind % 5, currentRows, shift));

    static RealValues Numbers(Draws draws, int shape, int rows, double shift)
    {
        Func<double> draw = shape switch
        {
            0 => () => draws.Normal() + shift,
            1 => () => Math.Exp(draws.Normal() + shift),
            2 => () => draws.Normal() / Math.Sqrt((Square() + Square() + Square()) / 3) + 1.5 * shift,
            3 => () => Poisson(4 * Math.Exp(shift / 2)),
            _ => () => draws.Uniform() < 0.6 - 0.2 * shift ? 0 : -Math.Log(draws.Uniform()),
        };
        var values = new double[rows];
        for (var i = 0; i < rows; i++)
            values[i] = draw();
        return new RealValues(values);

        double Square() => draws.Normal() is var z ? z * z : 0;

        double Poisson(double mean)
        {
            var (count, product, limit) = (0, draws.Uniform(), Math.Exp(-mean));
            while (product > limit)
            {
                product *= draws.Uniform();
                count++;
            }
            return count;
        }
    }

    /// <summary>Zipf's shares; a move multiplies each by exp(±1.2 shift).</summary>
    static (ColumnValues, ColumnValues) Categories(
        Draws draws, int levels, int rows, int currentRows, double shift)
    {
        string[] names = [.. Enumerable.Range(0, levels).Select(level => $"level {level:0000}")];
        var shares = Enumerable.Range(1, levels).Select(level => 1.0 / level).ToArray();
        var moved = Array.ConvertAll(
            shares, share => share * Math.Exp(1.2 * shift * (draws.Uniform() < 0.5 ? -1 : 1)));
        return (Draw(shares, rows), Draw(moved, currentRows));

        TextValues Draw(double[] weights, int count)
        {
            var cumulative = new double[levels];
            var sum = 0.0;
            for (var i = 0; i < levels; i++)
                cumulative[i] = sum += weights[i];
            var codes = new int[count];
            for (var i = 0; i < count; i++)
                codes[i] = Array.BinarySearch(cumulative, draws.Uniform() * sum) is var at && at < 0
                    ? ~at
                    : at;
            return new TextValues(codes, names);
        }
    }
}
