using Mlops.Engine;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// How a column stands in a Parquet file: BOOLEAN, INT64, DOUBLE, UTF-8 BYTE_ARRAY, DATE, TIMESTAMP(micros,
/// local), all optional. A definition level of 1 says that a row has a value; the values stand packed before
/// it.
/// </summary>
static class ParquetColumns
{
    public static DataField FieldOf(Column column) => column.Type switch
    {
        ColumnType.Boolean => new DataField(column.Name, typeof(bool), isNullable: true),
        ColumnType.Integer => new DataField(column.Name, typeof(long), isNullable: true),
        ColumnType.Real => new DataField(column.Name, typeof(double), isNullable: true),
        ColumnType.Text => new DataField(column.Name, typeof(string), isNullable: true),
        ColumnType.Date => new DateTimeDataField(column.Name, DateTimeFormat.Date, isNullable: true),
        ColumnType.Timestamp => new DateTimeDataField(
            column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros,
            isNullable: true),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No such column type."),
    };

    /// <exception cref="ProblemException">The field is of a kind that a table does not hold.</exception>
    public static Column ColumnOf(DataField field, string path)
    {
        if (field.IsArray)
            throw Unsupported(field, path, "a list");
        ColumnType type;
        if (field.ClrType == typeof(bool))
            type = ColumnType.Boolean;
        else if (field.ClrType == typeof(long))
            type = ColumnType.Integer;
        else if (field.ClrType == typeof(double))
            type = ColumnType.Real;
        else if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
            type = ColumnType.Text;
        else if (field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date })
            type = ColumnType.Date;
        else if (field.ClrType == typeof(DateTime))
            type = ColumnType.Timestamp;
        else
            throw Unsupported(field, path, field.ClrType.Name);
        return new Column(field.Name, type);
    }

    public static Task Write(
        ParquetRowGroupWriter group, DataField field, ColumnValues values, Range rows, CancellationToken ct)
    {
        var (start, count) = rows.GetOffsetAndLength(values.Count);
        return values switch
        {
            TextValues text => WritePacked(
                group, field, Pack(text.Codes.Slice(start, count), code => code < 0, Level(text)), ct),
            RealValues real => WritePacked(
                group, field, Pack(real.Values.Slice(start, count), double.IsNaN, value => value), ct),
            WholeValues whole => WriteWhole(group, field, whole.Type, whole.Values.Slice(start, count), ct),
            _ => throw new ArgumentException(
                $"{values.GetType().Name} is no known kind of column.", nameof(values)),
        };
    }

    static Task WriteWhole(
        ParquetRowGroupWriter group, DataField field, ColumnType type, ReadOnlySpan<long> values,
        CancellationToken ct) =>
        type switch
        {
            ColumnType.Boolean => WritePacked(group, field, Pack(values, IsMissing, value => value != 0), ct),
            ColumnType.Date => WritePacked(
                group, field, Pack(values, IsMissing, value => DateTime.UnixEpoch.AddDays(value)), ct),
            ColumnType.Timestamp => WritePacked(group, field, Pack(values, IsMissing, ToDateTime), ct),
            _ => WritePacked(group, field, Pack(values, IsMissing, value => value), ct),
        };

    static Func<int, ReadOnlyMemory<char>> Level(TextValues text)
    {
        var levels = text.Levels.Select(level => level.AsMemory()).ToArray();
        return code => levels[code];
    }

    static bool IsMissing(long value) => value == WholeValues.Missing;

    static DateTime ToDateTime(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    static (TOut[] Values, int[] Levels) Pack<TIn, TOut>(
        ReadOnlySpan<TIn> rows, Func<TIn, bool> isMissing, Func<TIn, TOut> convert)
    {
        var levels = new int[rows.Length];
        var values = new TOut[rows.Length];
        var count = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (isMissing(rows[i]))
                continue;
            levels[i] = 1;
            values[count++] = convert(rows[i]);
        }
        return (values[..count], levels);
    }

    static async Task WritePacked<T>(
        ParquetRowGroupWriter group, DataField field, (T[] Values, int[] Levels) packed, CancellationToken ct)
        where T : struct =>
        await group.WriteAllPartsAsync<T>(field, packed.Values, packed.Levels, null, ct);

    /// <summary>Reads one column of every row group of a file.</summary>
    public static async Task<ColumnValues> Read(
        ParquetReader reader, DataField field, ColumnType type, CancellationToken ct)
    {
        switch (type)
        {
            case ColumnType.Text:
                var text = new TextBuilder(Rows(reader));
                await ReadPacked<ReadOnlyMemory<char>>(
                    reader, field, (_, value) => text.Add(value.Span), _ => text.AddMissing(), ct);
                return text.Build();
            case ColumnType.Real:
                var reals = new double[Rows(reader)];
                await ReadPacked<double>(
                    reader, field, (row, value) => reals[row] = value, row => reals[row] = double.NaN, ct);
                return new RealValues(reals);
            default:
                return new WholeValues(type, await ReadWhole(reader, field, type, ct));
        }
    }

    static async Task<long[]> ReadWhole(
        ParquetReader reader, DataField field, ColumnType type, CancellationToken ct)
    {
        var whole = new long[Rows(reader)];
        Action<int> missing = row => whole[row] = WholeValues.Missing;
        var reading = type switch
        {
            ColumnType.Boolean =>
                ReadPacked<bool>(reader, field, (row, value) => whole[row] = value ? 1 : 0, missing, ct),
            ColumnType.Date => ReadPacked<DateTime>(
                reader, field, (row, value) =>
                    whole[row] = (value - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerDay, missing, ct),
            ColumnType.Timestamp => ReadPacked<DateTime>(
                reader, field, (row, value) => whole[row] = FromDateTime(value), missing, ct),
            _ => ReadPacked<long>(reader, field, (row, value) => whole[row] = value, missing, ct),
        };
        await reading;
        return whole;
    }

    static long FromDateTime(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    static async Task ReadPacked<T>(
        ParquetReader reader, DataField field, Action<int, T> value, Action<int> missing,
        CancellationToken ct)
        where T : struct
    {
        var row = 0;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var values = new T[checked((int)group.RowCount)];
            var levels = field.MaxDefinitionLevel > 0 ? new int[values.Length] : null;
            await group.ReadRawAsync<T>(field, values, levels, null, ct);
            var next = 0;
            for (var j = 0; j < values.Length; j++, row++)
            {
                if (levels is null || levels[j] > 0)
                    value(row, values[next++]);
                else
                    missing(row);
            }
        }
    }

    static int Rows(ParquetReader reader) => checked((int)reader.Metadata!.NumRows);

    static ProblemException Unsupported(DataField field, string path, string kind) => new(new Problem(
        "DATA-003", $"The Parquet column '{field.Name}' is {kind}.",
        new Place(Path.GetFileName(path), Field: field.Name),
        Expected: "a boolean, a 64-bit integer, a double, a string, a date or a timestamp"));
}
