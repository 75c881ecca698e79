namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// The common moments of every two numeric columns, over the rows in which both are finite numbers; flags
/// count as 0 and 1. Of at most <see cref="MaxColumns"/> columns, the first ones: their pairs grow with the
/// square.
/// </summary>
/// <param name="Columns">Where the columns stand in the profile, ascending.</param>
/// <param name="Pairs">Of the columns 0 and 1, 0 and 2, …, 1 and 2, ….</param>
public sealed record CorrelationSketch(IReadOnlyList<int> Columns, IReadOnlyList<CoMoment> Pairs)
{
    public const int MaxColumns = 30;

    /// <summary>In part order: the last bits depend on it.</summary>
    public CorrelationSketch Merge(CorrelationSketch other) =>
        this with { Pairs = [.. Pairs.Zip(other.Pairs, (one, two) => one.Merge(two))] };

    /// <summary>
    /// Every two columns that have a coefficient, the strongest first, then in column order.
    /// </summary>
    public IEnumerable<(int First, int Second, CoMoment Moment)> Strongest()
    {
        var pairs = new List<(int First, int Second, CoMoment Moment)>();
        for (var i = 0; i < Columns.Count; i++)
            for (var j = i + 1; j < Columns.Count; j++)
                pairs.Add((Columns[i], Columns[j], Pairs[pairs.Count]));
        return pairs.Where(pair => pair.Moment.Correlation is not null)
            .OrderByDescending(pair => Math.Abs(pair.Moment.Correlation!.Value));
    }
}

/// <summary>Two columns over the rows that have both.</summary>
/// <param name="FirstSquares">Σ (x - mean)²</param>
/// <param name="Products">Σ (x - mean of x) (y - mean of y)</param>
public readonly record struct CoMoment(
    long Count, double FirstMean, double SecondMean,
    double FirstSquares, double SecondSquares, double Products)
{
    /// <summary>
    /// Pearson's coefficient; null where a column does not vary or its numbers are too large.
    /// </summary>
    public double? Correlation
    {
        get
        {
            var spread = Math.Sqrt(FirstSquares) * Math.Sqrt(SecondSquares);
            var coefficient = Products / spread;
            return Count < 2 || !(spread > 0) || !double.IsFinite(coefficient)
                ? null : Math.Clamp(coefficient, -1, 1);
        }
    }

    /// <summary>
    /// Both together (Chan, Golub, LeVeque 1983, eq. 2.1; for products Pébay 2008, eq. 3.6).
    /// </summary>
    public CoMoment Merge(CoMoment other)
    {
        if (Count == 0 || other.Count == 0)
            return Count == 0 ? other : this;
        var count = Count + other.Count;
        var (first, second) = (other.FirstMean - FirstMean, other.SecondMean - SecondMean);
        var share = (double)other.Count / count;
        var weight = Count * share;
        return new CoMoment(
            count, FirstMean + first * share, SecondMean + second * share,
            FirstSquares + other.FirstSquares + first * first * weight,
            SecondSquares + other.SecondSquares + second * second * weight,
            Products + other.Products + first * second * weight);
    }
}
