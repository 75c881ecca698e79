using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>Rows whose value does not follow that of the row before, within each group of rows.</summary>
/// <param name="order">
/// <c>increasing</c>, <c>decreasing</c>, or either with <c>strictly-</c> before it.
/// </param>
sealed class Disorder(string order)
{
    readonly bool falls = order.EndsWith("decreasing", StringComparison.Ordinal);
    readonly bool isStrict = order.StartsWith("strictly-", StringComparison.Ordinal);
    readonly Dictionary<UInt128, (long Whole, double Number, string? Text)> last = [];
    readonly List<long> rows = [];
    readonly List<CheckSample> samples = [];
    long offset;
    long tested;

    /// <param name="groups">A digest of each row's group; null where there is one group alone.</param>
    public void Append(ColumnValues values, UInt128[]? groups)
    {
        for (var row = 0; row < values.Count; row++)
        {
            if (values.IsMissing(row))
                continue;
            tested++;
            var now = Of(values, row);
            var group = groups?[row] ?? UInt128.Zero;
            if (last.TryGetValue(group, out var before) && IsWrong(Compare(before, now)))
            {
                rows.Add(offset + row);
                if (samples.Count < RowCheckResult.MaxSamples)
                    samples.Add(new CheckSample(offset + row, values.Text(row)));
            }
            last[group] = now;
        }
        offset += values.Count;
    }

    public RowsFound Found() => new(tested, rows, samples);

    /// <summary>A double would take large whole numbers that follow each other for one.</summary>
    static (long Whole, double Number, string? Text) Of(ColumnValues values, int row) => values switch
    {
        TextValues text => (0, 0, text.Text(row)),
        WholeValues whole => (whole.Values[row], 0, null),
        _ => (0, values.Number(row), null),
    };

    static int Compare(
        (long Whole, double Number, string? Text) left, (long Whole, double Number, string? Text) right) =>
        left.Text is not null ? string.CompareOrdinal(left.Text, right.Text)
        : left.Whole != right.Whole ? left.Whole.CompareTo(right.Whole)
        : left.Number.CompareTo(right.Number);

    bool IsWrong(int comparison) =>
        (falls ? -comparison : comparison) is var step && (isStrict ? step >= 0 : step > 0);
}
