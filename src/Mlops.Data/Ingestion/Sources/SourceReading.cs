using System.Text;
using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Reads what became of each raw file by hand: a plan over thousands of them looks each up. What is rare,
/// such as a problem, is left to the serializer.
/// </summary>
sealed class SourceReading
{
    readonly TypeLists types = new();

    public static IReadOnlyList<InferredSource> Inferred(ref Utf8JsonReader reader) =>
        reader.List(new SourceReading().OfInferred);

    /// <summary>Most files have the same columns: then they share one schema.</summary>
    public static IReadOnlyList<ParsedSource> Parsed(ref Utf8JsonReader reader)
    {
        TableSchema? last = null;
        return reader.List((ref Utf8JsonReader at) =>
        {
            var source = OfParsed(ref at);
            if (last is not null && last.Columns.SequenceEqual(source.Schema.Columns))
                return source with { Schema = last };
            last = source.Schema;
            return source;
        });
    }

    InferredSource OfInferred(ref Utf8JsonReader reader)
    {
        reader.Object();
        IReadOnlyList<InferredColumn> columns = [];
        IReadOnlyList<Problem> problems = [];
        int? titles = null;
        int? headerLine = null;
        while (reader.NextField(out var name))
            if (name.SequenceEqual("columns"u8))
                columns = reader.List(OfColumn);
            else if (name.SequenceEqual("problems"u8))
                problems = Problems(ref reader);
            else if (name.SequenceEqual("titles"u8))
                titles = reader.GetInt32();
            else if (name.SequenceEqual("header-line"u8))
                headerLine = reader.GetInt32();
            else
                reader.Skip();
        return new InferredSource(columns, problems, titles, headerLine);
    }

    InferredColumn OfColumn(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (called, hasValues, isFromPath, values, missing) = ("", false, false, 0L, 0L);
        IReadOnlyList<ColumnType> candidates = [];
        IReadOnlyList<Refusal>? refusals = null;
        Column? typed = null;
        while (reader.NextField(out var name))
            if (name.SequenceEqual("name"u8))
                called = reader.Text();
            else if (name.SequenceEqual("has-values"u8))
                hasValues = reader.GetBoolean();
            else if (name.SequenceEqual("candidates"u8))
                candidates = types.Of(ref reader);
            else if (name.SequenceEqual("typed"u8))
                typed = TableRecords.Column(ref reader);
            else if (name.SequenceEqual("values"u8))
                values = reader.GetInt64();
            else if (name.SequenceEqual("missing"u8))
                missing = reader.GetInt64();
            else if (name.SequenceEqual("refusals"u8))
                refusals = reader.List(OfRefusal);
            else if (name.SequenceEqual("is-from-path"u8))
                isFromPath = reader.GetBoolean();
            else
                reader.Skip();
        return new InferredColumn(
            called, hasValues, candidates, typed, values, missing, refusals, isFromPath);
    }

    Refusal OfRefusal(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (line, cell) = (0L, "");
        IReadOnlyList<ColumnType> refused = [];
        while (reader.NextField(out var name))
            if (name.SequenceEqual("line"u8))
                line = reader.GetInt64();
            else if (name.SequenceEqual("cell"u8))
                cell = reader.Text();
            else if (name.SequenceEqual("types"u8))
                refused = types.Of(ref reader);
            else
                reader.Skip();
        return new Refusal(line, cell, refused);
    }

    static ParsedSource OfParsed(ref Utf8JsonReader reader)
    {
        reader.Object();
        var rare = new ParsedSource(null, new TableSchema([]), 0, 0, null, [], [], [], [], []);
        var (part, schema, kept) = ((TablePart?)null, rare.Schema, 0L);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("part"u8))
                part = TableRecords.Part(ref reader);
            else if (name.SequenceEqual("schema"u8))
                schema = TableRecords.Schema(ref reader);
            else if (name.SequenceEqual("kept-rows"u8))
                kept = reader.GetInt64();
            else
                rare = OfRare(rare, name, ref reader);
        return rare with { Part = part, Schema = schema, KeptRows = kept };
    }

    /// <summary>What most sources have nothing of.</summary>
    static ParsedSource OfRare(
        ParsedSource source, scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(name) switch
        {
            "samples" or "by-column" or "left-out" or "notes" or "problems"
                when IsEmpty(ref reader) => source,
            "quarantined-rows" when reader.ValueSpan.SequenceEqual("0"u8) => source,
            "quarantined-rows" => source with { QuarantinedRows = reader.GetInt64() },
            "quarantine" => source with { Quarantine = reader.Artifact() },
            "samples" => source with { Samples = Rows(ref reader) },
            "by-column" => source with { ByColumn = Faults(ref reader) },
            "left-out" => source with { LeftOut = reader.List(RecordSteps.Text) },
            "notes" => source with { Notes = reader.List(RecordSteps.Text) },
            "problems" => source with { Problems = Problems(ref reader) },
            "encoding" => source with { Encoding = reader.Text() },
            "adapted" => source with { Adapted = reader.List(RecordSteps.Text) },
            "names" => source with { Names = reader.List(RecordSteps.Text) },
            "likely" => source with { Likely = reader.Text() },
            "utf8" => source with
            {
                Utf8 = JsonSerializer.Deserialize(ref reader, SourceJson.Default.Utf8Signs),
            },
            "marked" => source with
            {
                Marked = JsonSerializer.Deserialize(ref reader, SourceJson.Default.MarkedRows),
            },
            _ => Beside(source, ref reader),
        };

    /// <summary>Rows set aside, of which most sources have none.</summary>
    public static IReadOnlyList<QuarantinedRow> Rows(ref Utf8JsonReader reader) => IsEmpty(ref reader) ? []
        : JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListQuarantinedRow)!;

    static IReadOnlyList<ColumnFaults> Faults(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListColumnFaults)!;

    static IReadOnlyList<Problem> Problems(ref Utf8JsonReader reader) => IsEmpty(ref reader) ? []
        : JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListProblem)!;

    /// <summary>Whether the list that begins here is empty; then it has been read.</summary>
    static bool IsEmpty(ref Utf8JsonReader reader)
    {
        var next = reader;
        if (reader.TokenType != JsonTokenType.StartArray || next.NextItem())
            return false;
        reader = next;
        return true;
    }

    /// <summary>Passes over a field that the record does not have.</summary>
    static T Beside<T>(T record, ref Utf8JsonReader reader)
    {
        reader.Skip();
        return record;
    }
}
