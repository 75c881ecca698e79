using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// What a range leaves of a column of whole numbers or decimals, in the column's own units: a double holds
/// no odd number above 2^53, and so would let the one beside a bound pass.
/// </summary>
/// <param name="Least">The lowest that passes.</param>
/// <param name="Most">The highest.</param>
readonly record struct WholeRange(Int128 Least, Int128 Most)
{
    /// <returns>Null of times, whose bounds are doubles, and where a bound has too many digits.</returns>
    public static WholeRange? Of(WholeValues values, RowCheck check) =>
        !values.Type.IsMoment()
        && Lowest(check, values.Scale) is { } least && Highest(check, values.Scale) is { } most
            ? new WholeRange(least, most) : null;

    public bool Has(long value) => value >= Least && value <= Most;

    static Int128? Lowest(RowCheck check, int scale) => check.Min is not { } min ? Int128.MinValue
        : Bound(min, check.MinWritten) is not { } bound ? null
        : check.MinExcluded ? bound.Floor(scale) + 1 : -bound.Negated().Floor(scale);

    static Int128? Highest(RowCheck check, int scale) => check.Max is not { } max ? Int128.MaxValue
        : Bound(max, check.MaxWritten) is not { } bound ? null
        : check.MaxExcluded ? -bound.Negated().Floor(scale) - 1 : bound.Floor(scale);

    static ExactNumber? Bound(double bound, string? written) =>
        written is null ? ExactNumber.Of(bound) : ExactNumber.Parse(written);
}
