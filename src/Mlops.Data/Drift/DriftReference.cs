using System.Text.Json.Serialization;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>
/// A table described so that later ones can be compared with it without its rows: bins, counts, moments,
/// quantiles and steps of the distribution for numbers, counts by level for text.
/// </summary>
public sealed record DriftReference(long Rows, IReadOnlyList<ColumnReference> Columns)
{
    /// <param name="redact">Columns whose values nobody is shown; null for none.</param>
    public static DriftReference Of(
        Table table, IReadOnlyList<string> columns, IReadOnlyList<string>? redact = null)
    {
        var described = new ColumnReference[columns.Count];
        Parallel.For(0, columns.Count, i => described[i] =
            redact?.Contains(columns[i]) == true
                ? ColumnReference.OfMasked(table.Schema.Find(columns[i])!, table[columns[i]])
                : ColumnReference.Of(
                    table.Schema.Find(columns[i])!, table[columns[i]], ColumnReference.Stored));
        return new DriftReference(table.RowCount, described);
    }

    public ColumnReference? Find(string column) => Columns.FirstOrDefault(found => found.Column == column);
}

/// <summary>One column of the reference.</summary>
/// <param name="Numbers">Null for text, and where no finite number is.</param>
/// <param name="Levels">Null for numbers.</param>
/// <param name="Masked">In place of both, of a column whose values nobody is shown.</param>
public sealed record ColumnReference(
    string Column, ColumnType Type, long Rows, long Missing, NumberReference? Numbers, LevelReference? Levels,
    MaskedReference? Masked = null)
{
    /// <summary>
    /// How much of a column is stored: 500 steps of a distribution, which finds KS to
    /// 0.002, and 1,000 levels.
    /// </summary>
    internal static (int Steps, int Levels) Stored => (500, 1_000);

    internal static (int Steps, int Levels) Whole => (int.MaxValue, int.MaxValue);

    internal static ColumnReference Of(Column column, ColumnValues values, (int Steps, int Levels) most) =>
        values is TextValues text
            ? new ColumnReference(
                column.Name, column.Type, values.Count, ColumnSides.Missing(values), null,
                LevelReference.Of(ColumnSides.Levels(text), most.Levels))
            : new ColumnReference(
                column.Name, column.Type, values.Count, ColumnSides.Missing(values),
                NumberReference.Of(ColumnSides.FiniteSorted(values), most.Steps), null);

    internal static ColumnReference OfMasked(Column column, ColumnValues values) => new(
        column.Name, column.Type, values.Count, ColumnSides.Missing(values), null, null,
        MaskedReference.Of(values));

    /// <summary>Finite values, which is what is compared.</summary>
    internal long Compared => Numbers?.Moments.Count ?? Levels?.Rows ?? Masked?.Rows ?? 0;
}

/// <summary>The finite numbers of a column.</summary>
/// <param name="IsDiscrete">One bin per value of <paramref name="Bounds"/>,
/// rather than bins between them.</param>
/// <param name="BinCounts">Rows by bin; of discrete ones none is left over.</param>
/// <param name="Quantiles">At 5, 25, 50, 75 and 95 % (type 7).</param>
public sealed record NumberReference(
    bool IsDiscrete,
    IReadOnlyList<double> Bounds,
    IReadOnlyList<long> BinCounts,
    Moments Moments,
    double Min,
    double Max,
    IReadOnlyList<double> Quantiles,
    EmpiricalDistribution Distribution)
{
    static readonly double[] QuantilesAt = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>
    /// The numbers themselves where the rows are at hand: some tests need them. Never stored.
    /// </summary>
    [JsonIgnore]
    internal double[]? Sample { get; init; }

    internal static NumberReference? Of(double[] sorted, int steps)
    {
        if (sorted.Length == 0)
            return null;
        var bins = NumericBins.Of(sorted);
        return new NumberReference(
            bins.IsDiscrete, bins.IsDiscrete ? bins.Values : bins.Edges, bins.Count(sorted),
            Moments.Of(sorted), sorted[0], sorted[^1],
            [.. QuantilesAt.Select(p => Quantile.Type7(sorted, p))], EmpiricalDistribution.Of(sorted, steps))
        {
            Sample = steps == int.MaxValue ? sorted : null,
        };
    }
}

/// <summary>The levels of a column of text, and how many rows have each.</summary>
/// <param name="Names">In ordinal order; the most frequent ones where there are too many.</param>
/// <param name="OtherLevels">How many levels are not among the names.</param>
public sealed record LevelReference(
    IReadOnlyList<string> Names, IReadOnlyList<long> Counts, long OtherLevels, long OtherRows)
{
    internal long Rows => Counts.Sum() + OtherRows;

    internal static LevelReference Of(SortedDictionary<string, long> levels, int most)
    {
        var kept = levels
            .OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)
            .Take(most)
            .OrderBy(level => level.Key, StringComparer.Ordinal)
            .ToList();
        return new LevelReference(
            [.. kept.Select(level => level.Key)], [.. kept.Select(level => level.Value)],
            levels.Count - kept.Count, levels.Values.Sum() - kept.Sum(level => level.Value));
    }

    internal Dictionary<string, long> ByName() =>
        Names.Zip(Counts).ToDictionary(level => level.First, level => level.Second, StringComparer.Ordinal);
}
