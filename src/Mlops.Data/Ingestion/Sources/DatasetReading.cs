using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Reads a dataset's record by hand. Each run that ingests or plans reads one, and to describe it to the
/// serializer takes longer than to read a thousand files of it.
/// </summary>
static class DatasetReading
{
    public static Dataset Dataset(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (table, judgement) = ((TableParts?)null, (Judgement?)null);
        IReadOnlyList<SourceRows> sources = [];
        IReadOnlyList<ColumnOrigin>? origins = null;
        while (reader.NextField(out var name))
            if (name.SequenceEqual("table"u8))
                table = TableRecords.Table(ref reader);
            else if (name.SequenceEqual("sources"u8))
                sources = reader.List(Source);
            else if (name.SequenceEqual("judgement"u8))
                judgement = OfJudgement(ref reader);
            else if (name.SequenceEqual("origins"u8))
                origins = reader.List(Origin);
            else
                reader.Skip();
        return new Dataset(
            table ?? throw new JsonException("A dataset has no table."), sources,
            judgement ?? throw new JsonException("A dataset has no judgement."), origins);
    }

    static SourceRows Source(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (file, kept, taken, quarantine) = ((SourceFile?)null, 0L, 0L, (Artifact?)null);
        IReadOnlyList<QuarantinedRow> samples = [];
        IReadOnlyList<string>? names = null;
        while (reader.NextField(out var name))
            if (name.SequenceEqual("file"u8))
                file = File(ref reader);
            else if (name.SequenceEqual("kept-rows"u8))
                kept = reader.GetInt64();
            else if (name.SequenceEqual("quarantined-rows"u8))
                taken = reader.GetInt64();
            else if (name.SequenceEqual("quarantine"u8))
                quarantine = reader.Artifact();
            else if (name.SequenceEqual("samples"u8))
                samples = SourceReading.Rows(ref reader);
            else if (name.SequenceEqual("names"u8))
                names = reader.List(RecordSteps.Text);
            else
                reader.Skip();
        return new SourceRows(
            file ?? throw new JsonException("A source has no file."),
            kept, taken, quarantine, samples, names);
    }

    static SourceFile File(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (called, digest, length) = ("", default(Digest), 0L);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("name"u8))
                called = reader.Text();
            else if (name.SequenceEqual("digest"u8))
                digest = reader.Digest();
            else if (name.SequenceEqual("length-bytes"u8))
                length = reader.GetInt64();
            else
                reader.Skip();
        return new SourceFile(called, digest, length);
    }

    static Judgement OfJudgement(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (accepted, findings) = (false, (IReadOnlyList<string>)[]);
        while (reader.NextField(out var name))
            if (name.SequenceEqual("accepted"u8))
                accepted = reader.GetBoolean();
            else if (name.SequenceEqual("findings"u8))
                findings = reader.List(RecordSteps.Text);
            else
                reader.Skip();
        return new Judgement(accepted, findings);
    }

    static ColumnOrigin Origin(ref Utf8JsonReader reader)
    {
        reader.Object();
        var origin = new ColumnOrigin("", "");
        while (reader.NextField(out var name))
            if (name.SequenceEqual("column"u8))
                origin = origin with { Column = reader.Text() };
            else if (name.SequenceEqual("evidence"u8))
                origin = origin with { Evidence = reader.Text() };
            else if (name.SequenceEqual("because"u8))
                origin = origin with { Because = reader.Text() };
            else
                reader.Skip();
        return origin;
    }
}
