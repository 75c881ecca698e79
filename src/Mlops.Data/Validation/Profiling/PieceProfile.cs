using System.Buffers;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>Describes some consecutive rows of a table, a column at a time.</summary>
static class PieceProfile
{
    public static PartProfile Of(Table table, int start, int rows)
    {
        var limits = SketchLimits.Of(table.Schema.Columns.Count);
        var counter = new ValueCounter();
        var columns = new ColumnSketch[table.Schema.Columns.Count];
        var correlated = Correlated(table.Schema);
        var (numbers, means) = (new double[correlated.Length][], new double[correlated.Length]);
        for (var i = 0; i < columns.Length; i++)
        {
            if (table[i] is TextValues text)
            {
                columns[i] =
                    TextPiece.Of(table.Schema.Columns[i], text, text.Codes.Slice(start, rows), limits);
                continue;
            }
            var rented = ArrayPool<double>.Shared.Rent(Math.Max(1, rows));
            NumberPiece.Numbers(table[i], start, rented.AsSpan(0, rows));
            columns[i] = NumberPiece.Of(
                table.Schema.Columns[i], table[i], start, rented.AsSpan(0, rows), counter, limits);
            if (Array.IndexOf(correlated, i) is var at and >= 0)
                (numbers[at], means[at]) = (rented, columns[i].Moments!.Value.Mean);
            else
                ArrayPool<double>.Shared.Return(rented);
        }
        var pairs = CoMoments.Of(numbers, means, rows);
        foreach (var rented in numbers)
            ArrayPool<double>.Shared.Return(rented);
        return new PartProfile(rows, columns, new CorrelationSketch(correlated, pairs));
    }

    static int[] Correlated(TableSchema schema) =>
    [
        .. Enumerable.Range(0, schema.Columns.Count)
            .Where(i => schema.Columns[i].Type is var type && (type.IsNumber() || type == ColumnType.Boolean))
            .Take(CorrelationSketch.MaxColumns),
    ];
}
