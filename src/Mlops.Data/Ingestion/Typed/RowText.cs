using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>A row as JSON, for sources that have it in no text.</summary>
static class RowText
{
    static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Table table, int row) => Of(table.Schema.Columns.Count, (json, column) =>
    {
        json.WritePropertyName(table.Schema.Columns[column].Name);
        var text = table[column].Text(row);
        var type = table.Schema.Columns[column].Type;
        if (text is null)
            json.WriteNullValue();
        else if (type == ColumnType.Boolean || (type.IsNumber() && char.IsAsciiDigit(text[^1])))
            json.WriteRawValue(text);
        else
            json.WriteStringValue(text);
    });

    public static string Of(IReadOnlyList<string> names, RowCells cells) => Of(names.Count, (json, column) =>
    {
        json.WritePropertyName(names[column]);
        var cell = cells[column];
        var kind = cells.KindOf(column);
        if (kind == CellKind.Missing)
            json.WriteNullValue();
        else if (kind == CellKind.Boolean
            || (kind is CellKind.Integer or CellKind.Real && char.IsAsciiDigit(cell[^1])))
            json.WriteRawValue(cell);
        else
            json.WriteStringValue(cell);
    });

    static string Of(int columns, Action<Utf8JsonWriter, int> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            for (var column = 0; column < columns; column++)
                write(json, column);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
