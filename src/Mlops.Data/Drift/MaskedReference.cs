using System.Security.Cryptography;
using System.Text;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>
/// What is stored of a column whose values nobody is shown: how many rows fall into few groups. Which group
/// is known for every text there could be, so a group names none; groups of numbers lie between round ones.
/// </summary>
/// <param name="Edges">Upper ends of the groups of numbers but the last, ascending; null for text.</param>
/// <param name="Counts">Rows by group.</param>
public sealed record MaskedReference(IReadOnlyList<double>? Edges, IReadOnlyList<long> Counts)
{
    /// <summary>So few that every guess shares its group with a sixteenth of all texts.</summary>
    internal const int TextGroups = 16;

    const int FewestRows = 10;
    const int MostNumberGroups = 10;

    /// <summary>Edges are never told more exactly than to this share of the largest number.</summary>
    const double Precision = 0.001;

    internal long Rows => Counts.Sum();

    internal static MaskedReference Of(ColumnValues values)
    {
        if (values is TextValues text)
            return new MaskedReference(null, Count(text));
        var sorted = ColumnSides.FiniteSorted(values);
        var edges = RoundEdges(sorted);
        return new MaskedReference(edges, Count(edges, sorted));
    }

    /// <summary>A later column in the same groups.</summary>
    internal long[] CountOf(ColumnValues values) => values is TextValues text
        ? Count(text)
        : Count(Edges ?? [], ColumnSides.FiniteSorted(values));

    static long[] Count(TextValues text)
    {
        var counts = new long[TextGroups];
        foreach (var (level, rows) in ColumnSides.Levels(text))
            counts[SHA256.HashData(Encoding.UTF8.GetBytes(level))[0] % TextGroups] += rows;
        return counts;
    }

    static long[] Count(IReadOnlyList<double> edges, double[] sorted) =>
        NumericBins.Stored(isDiscrete: false, edges).Count(sorted);

    /// <summary>
    /// About ten groups with a tenth of the rows each, between multiples of a round step of about a quarter
    /// of a standard deviation. The outer ones are open, so that no least and no largest number shows.
    /// </summary>
    static List<double> RoundEdges(double[] sorted)
    {
        var edges = new List<double>();
        var step = sorted.Length == 0 ? 0 : Step(sorted);
        if (step <= 0)
            return edges;
        var fewest = Math.Max(FewestRows, sorted.Length / MostNumberGroups);
        for (var from = 0; from + fewest < sorted.Length;)
        {
            var edge = Math.Ceiling(sorted[from + fewest - 1] / step) * step;
            var next = from + fewest - 1;
            while (next < sorted.Length && sorted[next] <= edge)
                next++;
            if (!double.IsFinite(edge) || sorted.Length - next < FewestRows)
                break;
            if (edges.Count == 0 || edge > edges[^1])
                edges.Add(edge);
            from = Math.Max(next, from + fewest);
        }
        return edges;
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    static double Step(double[] sorted)
    {
        var largest = Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        var wanted = Math.Max((Moments.Of(sorted).StandardDeviation ?? 0) / 4, largest * Precision);
        if (!(wanted > 0) || !double.IsFinite(wanted))
            return 0;
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return power * (wanted / power) switch { < 2 => 1, < 5 => 2, _ => 5 };
    }
}
