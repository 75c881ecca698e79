using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Reads tables out of records, and what they consist of, by hand: see <see cref="RecordSteps"/>.
/// </summary>
static class TableRecords
{
    public static TableParts Table(ref Utf8JsonReader reader)
    {
        reader.Object();
        var table = new TableParts(new TableSchema([]), []);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("schema"u8))
                table = table with { Schema = Schema(ref reader) };
            else if (name.SequenceEqual("parts"u8))
                table = table with { Parts = reader.List(Part) };
            else
                reader.Skip();
        return table;
    }

    public static TablePart Part(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (file, rows, profile) = ((Artifact?)null, 0L, (Artifact?)null);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("file"u8))
                file = reader.Artifact();
            else if (name.SequenceEqual("row-count"u8))
                rows = reader.GetInt64();
            else if (name.SequenceEqual("profile"u8))
                profile = reader.Artifact();
            else
                reader.Skip();
        return new TablePart(file ?? throw new JsonException("A part has no file."), rows, profile);
    }

    public static TableSchema Schema(ref Utf8JsonReader reader)
    {
        reader.Object();
        IReadOnlyList<Column> columns = [];
        while (reader.NextField(out var name))
            if (name.SequenceEqual("columns"u8))
                columns = reader.List(Column);
            else
                reader.Skip();
        return new TableSchema(columns);
    }

    public static Column Column(ref Utf8JsonReader reader)
    {
        reader.Object();
        var column = new Column("", default);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("name"u8))
                column = column with { Name = reader.Text() };
            else if (name.SequenceEqual("type"u8))
                column = column with { Type = TypeLists.One(ref reader) };
            else if (name.SequenceEqual("precision"u8))
                column = column with { Precision = reader.GetInt32() };
            else if (name.SequenceEqual("scale"u8))
                column = column with { Scale = reader.GetInt32() };
            else
                reader.Skip();
        return column;
    }
}
