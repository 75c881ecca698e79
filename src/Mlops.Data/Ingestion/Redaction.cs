using System.Text.Encodings.Web;
using System.Text.Json;
using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Ingestion;

/// <summary>Takes out of rows what nobody is shown: the values of some columns.</summary>
/// <param name="columns">Null or none hides nothing.</param>
public sealed class Redaction(IReadOnlyList<string>? columns)
{
    /// <summary>Stands for a reason that may quote what is hidden.</summary>
    public const string Unsaid = "does not parse";

    static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly HashSet<string> hidden = new(columns ?? [], StringComparer.Ordinal);

    /// <summary>Whether any column is hidden.</summary>
    public bool Hides => hidden.Count > 0;

    public bool HidesColumn(string column) => hidden.Contains(column);

    /// <param name="column">Which one is at fault; null for the row as a whole.</param>
    /// <param name="reason">Of a column that is shown it quotes that cell and no other; of a whole row it may
    /// quote any, unless nothing in it is quoted.</param>
    public string Reason(string? column, string reason) =>
        !Hides || (column is null ? !reason.Contains('\'') : !HidesColumn(column)) ? reason : Unsaid;

    /// <summary>A row of which no more is known than its text: that is not shown.</summary>
    public QuarantinedRow Of(QuarantinedRow row) => !Hides ? row
        : row with { Reason = Reason(row.Column, row.Reason), Text = Masking.Mask };

    /// <summary>The cells that made a type of a hidden column are masked.</summary>
    internal InferredSource Of(InferredSource source) => !Hides ? source : source with
    {
        Columns = [.. source.Columns.Select(column => !HidesColumn(column.Name) ? column : column with
        {
            Refusals = column.Refusals is null ? null
                : [.. column.Refusals.Select(refusal => refusal with { Cell = Masking.Mask })],
        })],
    };

    /// <param name="text">A row as a JSON object.</param>
    /// <returns>The object with hidden values masked; the mask alone if it is none.</returns>
    public string OfJson(string text)
    {
        if (!Hides)
            return text;
        try
        {
            using var row = JsonDocument.Parse(text);
            if (row.RootElement.ValueKind != JsonValueKind.Object)
                return Masking.Mask;
            using var masked = new MemoryStream();
            using (var json = new Utf8JsonWriter(masked, Readable))
                Write(json, row.RootElement);
            return System.Text.Encoding.UTF8.GetString(masked.GetBuffer(), 0, (int)masked.Length);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return Masking.Mask;
        }
    }

    void Write(Utf8JsonWriter json, JsonElement row)
    {
        json.WriteStartObject();
        foreach (var property in row.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            if (HidesColumn(property.Name))
                json.WriteStringValue(Masking.Mask);
            else
                property.Value.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
