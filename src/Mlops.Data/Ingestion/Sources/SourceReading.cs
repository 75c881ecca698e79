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
        var source = new InferredSource([], []);
        while (reader.NextField(out var name))
            source = name switch
            {
                "columns" => source with { Columns = reader.List(OfColumn) },
                "problems" => source with { Problems = Problems(ref reader) },
                _ => Beside(source, ref reader),
            };
        return source;
    }

    InferredColumn OfColumn(ref Utf8JsonReader reader)
    {
        var column = new InferredColumn("", false, []);
        while (reader.NextField(out var name))
            column = name switch
            {
                "name" => column with { Name = reader.Text() },
                "has-values" => column with { HasValues = reader.GetBoolean() },
                "candidates" => column with { Candidates = types.Of(ref reader) },
                "typed" => column with { Typed = OfTyped(ref reader) },
                "values" => column with { Values = reader.GetInt64() },
                "missing" => column with { Missing = reader.GetInt64() },
                "refusals" => column with { Refusals = reader.List(OfRefusal) },
                "is-from-path" => column with { IsFromPath = reader.GetBoolean() },
                _ => Beside(column, ref reader),
            };
        return column;
    }

    Refusal OfRefusal(ref Utf8JsonReader reader)
    {
        var refusal = new Refusal(0, "", []);
        while (reader.NextField(out var name))
            refusal = name switch
            {
                "line" => refusal with { Line = reader.GetInt64() },
                "cell" => refusal with { Cell = reader.Text() },
                "types" => refusal with { Types = types.Of(ref reader) },
                _ => Beside(refusal, ref reader),
            };
        return refusal;
    }

    static ParsedSource OfParsed(ref Utf8JsonReader reader)
    {
        var source = new ParsedSource(null, new TableSchema([]), 0, 0, null, [], [], [], [], []);
        while (reader.NextField(out var name))
            source = name switch
            {
                "part" => source with { Part = OfPart(ref reader) },
                "schema" => source with { Schema = OfSchema(ref reader) },
                "kept-rows" => source with { KeptRows = reader.GetInt64() },
                "quarantined-rows" => source with { QuarantinedRows = reader.GetInt64() },
                "quarantine" => source with { Quarantine = reader.Artifact() },
                "left-out" => source with { LeftOut = reader.List(RecordSteps.Text) },
                "notes" => source with { Notes = reader.List(RecordSteps.Text) },
                _ => OfRare(source, name, ref reader),
            };
        return source;
    }

    static ParsedSource OfRare(ParsedSource source, string name, ref Utf8JsonReader reader) => name switch
    {
        "samples" => source with { Samples = Samples(ref reader) },
        "by-column" => source with { ByColumn = ByColumn(ref reader) },
        "problems" => source with { Problems = Problems(ref reader) },
        "encoding" => source with { Encoding = reader.Text() },
        "adapted" => source with { Adapted = reader.List(RecordSteps.Text) },
        "names" => source with { Names = reader.List(RecordSteps.Text) },
        "likely" => source with { Likely = reader.Text() },
        _ => Beside(source, ref reader),
    };

    static TablePart OfPart(ref Utf8JsonReader reader)
    {
        var part = new TablePart(default!, 0);
        while (reader.NextField(out var name))
            part = name switch
            {
                "file" => part with { File = reader.Artifact() },
                "row-count" => part with { RowCount = reader.GetInt64() },
                "profile" => part with { Profile = reader.Artifact() },
                _ => Beside(part, ref reader),
            };
        return part;
    }

    static TableSchema OfSchema(ref Utf8JsonReader reader)
    {
        var schema = new TableSchema([]);
        while (reader.NextField(out var name))
            schema = name == "columns"
                ? new TableSchema(reader.List(OfTyped))
                : Beside(schema, ref reader);
        return schema;
    }

    static Column OfTyped(ref Utf8JsonReader reader)
    {
        var column = new Column("", default);
        while (reader.NextField(out var name))
            column = name switch
            {
                "name" => column with { Name = reader.Text() },
                "type" => column with { Type = TypeLists.One(ref reader) },
                "precision" => column with { Precision = reader.GetInt32() },
                "scale" => column with { Scale = reader.GetInt32() },
                _ => Beside(column, ref reader),
            };
        return column;
    }

    static IReadOnlyList<QuarantinedRow> Samples(ref Utf8JsonReader reader) =>
        IsEmpty(ref reader) ? []
            : JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListQuarantinedRow)!;

    static IReadOnlyList<ColumnFaults> ByColumn(ref Utf8JsonReader reader) =>
        IsEmpty(ref reader) ? []
            : JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListColumnFaults)!;

    static IReadOnlyList<Problem> Problems(ref Utf8JsonReader reader) =>
        IsEmpty(ref reader) ? []
            : JsonSerializer.Deserialize(ref reader, SourceJson.Default.IReadOnlyListProblem)!;

    /// <summary>Whether the list that begins here is empty; then it has been read.</summary>
    static bool IsEmpty(ref Utf8JsonReader reader)
    {
        var next = reader;
        if (next.NextItem())
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
