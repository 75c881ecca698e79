using System.Text.Encodings.Web;
using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Keeps the rows of one raw file that did not parse: all of them as JSON lines with their whole text, the
/// first ones as samples, and counts per column. The file is made when the first such row comes.
/// </summary>
sealed class Quarantine(string path) : IAsyncDisposable
{
    public const int MaxSamples = 20;

    /// <summary>What each line of the file begins with, before the number of the line.</summary>
    public const string LineStart = "{\"line\":";

    const int MaxSampleChars = 200;

    static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<QuarantinedRow> samples = [];
    readonly Dictionary<string, ColumnFaults> byColumn = new(StringComparer.Ordinal);
    DiskStream? file;

    public long Rows { get; private set; }

    /// <summary>Whether any of them has bytes that are no text.</summary>
    public bool HasUndecodable { get; private set; }

    public IReadOnlyList<QuarantinedRow> Samples => samples;

    public IReadOnlyList<ColumnFaults> ByColumn(IEnumerable<string> order) =>
        [.. order.Prepend("").Where(byColumn.ContainsKey).Select(column => byColumn[column])];

    public void Add(RecordReader record, string? column, string reason) =>
        Add(record.Line, record.Raw, column, reason);

    public void Add(long line, ReadOnlySpan<char> text, string? column, string reason)
    {
        HasUndecodable |= Undecodable.IndexIn(text) >= 0;
        text = Undecodable.Shown(text);
        Rows++;
        Write(line, text, column, reason);
        var row = new QuarantinedRow(
            line, column, reason, text[..Math.Min(text.Length, MaxSampleChars)].ToString());
        if (samples.Count < MaxSamples)
            samples.Add(row);
        var key = column ?? "";
        byColumn[key] = byColumn.TryGetValue(key, out var faults)
            ? faults with { Rows = faults.Rows + 1 }
            : new ColumnFaults(key, 1, row);
    }

    public async Task<Artifact?> Store(StageContext context)
    {
        if (file is null)
            return null;
        await file.DisposeAsync();
        return await context.WriteFile(MediaTypes.JsonLines, path);
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
            await file.DisposeAsync();
    }

    void Write(long line, ReadOnlySpan<char> text, string? column, string reason)
    {
        file ??= DiskStream.Create(path);
        using (var json = new Utf8JsonWriter(file, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            if (column is not null)
                json.WriteString("column", column);
            json.WriteString("reason", reason);
            json.WriteString("text", text);
            json.WriteEndObject();
        }
        file.WriteByte((byte)'\n');
    }
}
