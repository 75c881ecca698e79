namespace Mlops.Data.Statistics;

/// <summary>
/// Within which a measure is as it always was: mean ± 3 population standard deviations of reference windows
/// (Shewhart's limits).
/// </summary>
/// <param name="Low">Not below the measure's own range, as <paramref name="High"/> is not above it.</param>
public sealed record ReferenceBand(double Mean, double StandardDeviation, double Low, double High)
{
    const double Width = 3;

    public bool Contains(double value) => value >= Low && value <= High;

    /// <param name="values">Of the reference windows, at least one.</param>
    /// <param name="least">The least value that the measure can have; null for none.</param>
    public static ReferenceBand Of(ReadOnlySpan<double> values, double? least = null, double? largest = null)
    {
        if (values.IsEmpty)
            throw new ArgumentException("A band needs a window.", nameof(values));
        var moments = Moments.Of(values);
        var spread = moments.PopulationStandardDeviation ?? double.PositiveInfinity;
        return new ReferenceBand(
            moments.Mean, spread,
            Math.Max(moments.Mean - Width * spread, least ?? double.NegativeInfinity),
            Math.Min(moments.Mean + Width * spread, largest ?? double.PositiveInfinity));
    }
}
