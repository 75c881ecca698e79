using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <param name="Order"><c>increasing</c>, <c>decreasing</c>, or either with <c>strictly-</c>
/// before it.</param>
/// <param name="Per">Columns within whose equal values the order is asked.</param>
sealed record OrderInput(
    IReadOnlyList<TablePart> Parts, string Column, string Order, IReadOnlyList<string> Per);

sealed record GapInput(IReadOnlyList<TablePart> Parts, string Column);

/// <param name="Seconds">The longest time between consecutive values; null below two values.</param>
sealed record GapFound(long Values, double? Seconds, string? From, string? To);

/// <summary>
/// What only all rows in their order can say, memoised for the columns it looks at. Parts are read
/// one after the other.
/// </summary>
static class WholeStages
{
    public static Stage<OrderInput, RowCheckResult> Order { get; } = new(
        "Validate.Order", 2, PackageVersions.ParquetNet,
        () => ValidationJson.Default.OrderInput, () => ValidationJson.Default.RowCheckResult, FindDisorder);

    public static Stage<GapInput, GapFound> Gap { get; } = new(
        "Validate.Gap", 1, PackageVersions.ParquetNet,
        () => ValidationJson.Default.GapInput, () => ValidationJson.Default.GapFound, FindGap);

    static async Task<RowCheckResult> FindDisorder(StageContext context, OrderInput input)
    {
        var disorder = new Disorder(input.Order);
        foreach (var part in input.Parts)
        {
            var values = await TableFile.Read(
                context.Locate(part.File), [input.Column], context.Cancellation);
            var groups = input.Per.Count == 0
                ? null
                : RowDigests.Of(
                    await TableFile.Read(context.Locate(part.File), input.Per, context.Cancellation),
                    onlyComplete: false);
            disorder.Append(values[0], groups);
        }
        return await disorder.Found().Store(context);
    }

    static async Task<GapFound> FindGap(StageContext context, GapInput input)
    {
        var moments = new SortedSet<long>();
        WholeValues? kind = null;
        foreach (var part in input.Parts)
        {
            var values = (await TableFile.Read(
                context.Locate(part.File), [input.Column], context.Cancellation))[0];
            if (values is not WholeValues whole)
                continue;
            kind = whole;
            foreach (var value in whole.Values)
                if (value != WholeValues.Missing)
                    moments.Add(value);
        }
        if (kind is null || moments.Count < 2)
            return new GapFound(moments.Count, null, null, null);
        var sorted = moments.ToArray();
        var at = Enumerable.Range(1, sorted.Length - 1).MaxBy(i => sorted[i] - sorted[i - 1]);
        var gap = new WholeValues(kind.Type, [sorted[at - 1], sorted[at]]);
        return new GapFound(moments.Count, SecondsBetween(gap), gap.Text(0), gap.Text(1));
    }

    static double SecondsBetween(WholeValues pair) => pair.Type.IsMoment()
        ? (pair.Values[1] - pair.Values[0]) / 1e6
        : (pair.Values[1] - pair.Values[0]) * 86_400.0;
}
