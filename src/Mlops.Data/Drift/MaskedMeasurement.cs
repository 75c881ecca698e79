using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>Measures columns whose values nobody is shown.</summary>
static class MaskedMeasurement
{
    /// <summary>How bins that have no name are made.</summary>
    public const string Binning = "masked";

    const string Unsaid = "some, which are not shown";

    /// <summary>Against stored groups: what falls into one group is not told apart.</summary>
    public static ColumnMeasurement Of(ColumnReference reference, ColumnValues current)
    {
        var masked = reference.Masked!;
        var counts = masked.CountOf(current);
        var (before, after) = (
            SideCounts.Of(reference),
            new SideCounts(current.Count, ColumnSides.Missing(current), counts.Sum()));
        if (before.Compared == 0 || after.Compared == 0)
            return new ColumnMeasurement(reference.Column, reference.Type, before, after) { IsMasked = true };
        long[] known = [.. masked.Counts];
        return new ColumnMeasurement(
            reference.Column, reference.Type, before, after, Binning,
            [.. known.Select((count, i) => new DriftBin($"group {i + 1}", count, counts[i]))],
            "chi-square", new ContingencyTable(known, counts).ChiSquare,
            Kolmogorov: masked.Edges is null ? null : LargestGap(known, counts))
        {
            IsMasked = true,
        };
    }

    /// <summary>What was measured of the values themselves, without their names.</summary>
    public static ColumnMeasurement Hide(ColumnMeasurement measured) => measured with
    {
        Binning = measured.Bins is null ? null : Binning,
        Bins = measured.Bins is null ? null
            : [.. measured.Bins.Select((bin, i) => bin.Label == OtherOnlyIfAny.Label
                ? bin
                : bin with { Label = $"{(measured.Type.IsText() ? "level" : "bin")} {i + 1}" })],
        NewValues = Unnamed(measured.NewValues),
        GoneValues = Unnamed(measured.GoneValues),
        ReferenceMean = null,
        CurrentMean = null,
        Shared = measured.Shared is { } shared
            ? shared with { Value = "a value that is not shown" }
            : null,
    };

    static IReadOnlyList<string>? Unnamed(IReadOnlyList<string>? values) =>
        values is { Count: > 0 } ? [Unsaid] : values;

    /// <summary>D at the edges: never larger than that of the numbers themselves.</summary>
    static double LargestGap(long[] reference, long[] current)
    {
        double n = reference.Sum(), m = current.Sum();
        var (before, after, largest) = (0L, 0L, 0.0);
        for (var i = 0; i < reference.Length; i++)
        {
            (before, after) = (before + reference[i], after + current[i]);
            largest = Math.Max(largest, Math.Abs(before / n - after / m));
        }
        return largest;
    }
}
