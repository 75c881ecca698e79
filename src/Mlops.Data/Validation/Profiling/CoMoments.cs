using System.Runtime.Intrinsics;

namespace Mlops.Data.Validation.Profiling;

/// <summary>Measures how a piece's numeric columns go together.</summary>
static class CoMoments
{
    /// <summary>So many rows of thirty columns stay in the cache while all pairs are gone through.</summary>
    const int BlockRows = 1024;
    const int Lanes = 4;
    const int Sums = 6;

    /// <param name="columns">Numbers by column and row, NaN for none.</param>
    /// <param name="means">Of the finite numbers of each column.</param>
    public static CoMoment[] Of(double[][] columns, double[] means, int rows)
    {
        var pairs = columns.Length * (columns.Length - 1) / 2;
        var sums = new Vector256<double>[pairs * Sums];
        var centered = Array.ConvertAll(columns, _ => new double[BlockRows]);
        var present = Array.ConvertAll(columns, _ => new double[BlockRows]);
        for (var start = 0; start < rows; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - start);
            for (var i = 0; i < columns.Length; i++)
                Center(columns[i].AsSpan(start, count), means[i], centered[i], present[i]);
            for (int i = 0, pair = 0; i < columns.Length; i++)
                for (var j = i + 1; j < columns.Length; j++, pair++)
                    Add(centered[i], present[i], centered[j], present[j], sums.AsSpan(pair * Sums, Sums));
        }
        var moments = new CoMoment[pairs];
        for (int i = 0, pair = 0; i < columns.Length; i++)
            for (var j = i + 1; j < columns.Length; j++, pair++)
                moments[pair] = Moment(sums.AsSpan(pair * Sums, Sums), means[i], means[j]);
        return moments;
    }

    static void Center(ReadOnlySpan<double> numbers, double mean, double[] centered, double[] present)
    {
        var (center, one) = (Vector256.Create(mean), Vector256.Create(1.0));
        for (var i = 0; i < BlockRows; i += Lanes)
        {
            var values = i < numbers.Length ? PackedMoments.Load(numbers, i) : Vector256.Create(double.NaN);
            var finite = PackedMoments.Finite(values);
            ((values - center) & finite).CopyTo(centered, i);
            (one & finite).CopyTo(present, i);
        }
    }

    static void Add(double[] x, double[] hasX, double[] y, double[] hasY, Span<Vector256<double>> sums)
    {
        var (n, sx, sy, xx, yy, xy) = (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
        for (var i = 0; i < BlockRows; i += Lanes)
        {
            var (a, b) = (Vector256.Create(x.AsSpan(i)), Vector256.Create(y.AsSpan(i)));
            var (p, q) = (Vector256.Create(hasX.AsSpan(i)), Vector256.Create(hasY.AsSpan(i)));
            var (aq, bp) = (a * q, b * p);
            n += p * q;
            sx += aq;
            sy += bp;
            xx += aq * aq;
            yy += bp * bp;
            xy += a * b;
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (n, sx, sy, xx, yy, xy);
    }

    /// <summary>From sums about the columns' means to moments about those of the common rows.</summary>
    static CoMoment Moment(ReadOnlySpan<Vector256<double>> sums, double meanX, double meanY)
    {
        var n = PackedMoments.Total(sums[0]);
        if (n == 0)
            return default;
        var (sx, sy) = (PackedMoments.Total(sums[1]), PackedMoments.Total(sums[2]));
        return new CoMoment(
            (long)n, meanX + sx / n, meanY + sy / n,
            Math.Max(0, PackedMoments.Total(sums[3]) - sx * sx / n),
            Math.Max(0, PackedMoments.Total(sums[4]) - sy * sy / n),
            PackedMoments.Total(sums[5]) - sx * sy / n);
    }
}
