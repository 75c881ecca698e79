using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// Writes a table to Parquet piece by piece, so that one row group at a time is in memory. Equal rows in
/// equal pieces give equal bytes.
/// </summary>
sealed class TableFileWriter : IAsyncDisposable
{
    /// <summary>Measured: the best balance of memory and time.</summary>
    public const int RowGroupRows = 122_880;

    /// <summary>
    /// A row group that is made of text ends with the row that reaches this, its bytes and its cells
    /// counted: so memory is bounded where rows are wide or cells long.
    /// </summary>
    public const int RowGroupBytes = 16 << 20;

    readonly TableSchema schema;
    readonly DataField[] stored;
    readonly ParquetWriter writer;
    readonly IDictionary<string, EncodingHint> hints;

    TableFileWriter(TableSchema schema, ParquetWriter writer, IDictionary<string, EncodingHint> hints)
    {
        this.schema = schema;
        stored = Attached(schema.Columns.Select(ParquetTypes.StoredFieldOf));
        this.writer = writer;
        this.hints = hints;
    }

    public static async Task<TableFileWriter> Open(Stream stream, TableSchema schema, CancellationToken ct)
    {
        var fields = schema.Columns.Select(ParquetTypes.FieldOf).ToArray();
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Snappy,
            CompressionLevel = CompressionLevel.Fastest,
        };
        foreach (var (column, field) in schema.Columns.Zip(fields))
            if (ParquetTypes.StoredFieldOf(column).ClrType is var type
                && (type == typeof(int) || type == typeof(long)))
                options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.DeltaBinaryPacked;
        var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields.Cast<Field>()), stream, options, false, ct);
        var categories = schema.Columns.Index().Where(pair => pair.Item.Type == ColumnType.Category).ToList();
        if (categories.Count > 0)
            writer.CustomMetadata = new Dictionary<string, string>
            {
                [ParquetFile.CategoriesKey] = string.Join(' ', categories.Select(pair => pair.Index)),
            };
        return new TableFileWriter(schema, writer, options.ColumnEncodingHints);
    }

    /// <summary>Adds the rows as row groups of their own.</summary>
    public async Task Append(Table table, CancellationToken ct)
    {
        for (var start = 0; start < table.RowCount; start += RowGroupRows)
        {
            var rows = start..Math.Min(start + RowGroupRows, table.RowCount);
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < stored.Length; i++)
                await ParquetColumnWriter.Write(group, FieldFor(i, table[i], rows), table[i], rows, ct);
            group.CompleteValidate();
        }
    }

    /// <summary>
    /// By which field the rows of a column are stored. As bytes where no least and greatest value is to be
    /// told: of a text it would be a wrong one, of no values at all it would be 0.
    /// </summary>
    DataField FieldFor(int column, ColumnValues values, Range rows)
    {
        var isTold = ParquetColumnWriter.HasValues(values, rows)
            && (values is not TextValues text || TextBounds.CanBeTold(text, rows));
        var isInDictionary = isTold
            && values is TextValues texts && ParquetColumnWriter.IsWorthADictionary(texts, rows);
        // The hints are looked at whenever a column is written.
        if (values is TextValues)
            hints[stored[column].Path.ToString()] =
                isInDictionary ? EncodingHint.Dictionary : EncodingHint.Default;
        return isTold ? stored[column] : Attached([ParquetTypes.BytesFieldOf(schema.Columns[column])])[0];
    }

    /// <summary>A field is of use only as part of a schema.</summary>
    static DataField[] Attached(IEnumerable<DataField> fields) =>
        new ParquetSchema(fields.Cast<Field>()).DataFields;

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
