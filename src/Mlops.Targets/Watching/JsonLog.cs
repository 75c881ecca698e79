using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mlops.Targets;

/// <summary>
/// Writes a run for machines: one JSON object per line, as things happen. Format <c>mlops-events/1</c>.
/// </summary>
sealed class JsonLog(TextWriter output, TimeProvider time, Func<string, string> mask)
{
    static readonly JsonWriterOptions Format =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Tell(RunEvent told)
    {
        if (Of(told) is { } line)
            Write(line);
    }

    /// <summary>Nothing could be executed.</summary>
    public void Refuse(IReadOnlyList<string> mistakes, int exitCode) => Write(new("run-refused", json =>
    {
        json.WriteTexts("mistakes", mistakes);
        json.WriteNumber("exit-code", exitCode);
    }));

    JsonEvent? Of(RunEvent told) => told switch
    {
        RunEvent.Planned planned => new("run-started", json => WritePlan(json, planned)),
        RunEvent.Started started =>
            new("target-started", json => json.WriteString("target", started.Of.Name)),
        RunEvent.Printed printed => new("output", json => WriteOutput(json, printed)),
        RunEvent.OfStep step => StepJson.Of(step.News),
        RunEvent.Noticed noticed => new("notice", json => WriteNotice(json, noticed.Notice)),
        RunEvent.Checked made => new("check", json => WriteCheck(json, made.Check)),
        RunEvent.Ended ended => new("target-settled", json => WriteTarget(json, ended)),
        RunEvent.Cancelling => new("cancelling", _ => { }),
        RunEvent.Finished finished => new("run-settled", json => WriteRun(json, finished)),
        _ => null,
    };

    static void WritePlan(Utf8JsonWriter json, RunEvent.Planned planned)
    {
        json.WriteString("format", "mlops-events/1");
        json.WriteTexts("targets", planned.Plan.Select(target => target.Name));
    }

    static void WriteOutput(Utf8JsonWriter json, RunEvent.Printed printed)
    {
        json.WriteString("target", printed.By?.Name);
        json.WriteString("stream", printed.IsError ? "error" : "output");
        json.WriteString("text", printed.Line);
    }

    static void WriteNotice(Utf8JsonWriter json, Notice notice)
    {
        json.WriteString("level", Word(notice.Level));
        json.WriteString("id", notice.Id);
        json.WriteString("message", notice.Message);
        json.WriteString("file", notice.File);
        if (notice.Line is { } line)
            json.WriteNumber("line", line);
        if (notice.Column is { } column)
            json.WriteNumber("column", column);
    }

    static void WriteCheck(Utf8JsonWriter json, Check check)
    {
        json.WriteString("suite", check.Suite);
        json.WriteString("name", check.Name);
        json.WriteString("result", Word(check.Result));
        json.WriteString("message", check.Message);
        json.WriteSeconds("seconds", check.Duration);
    }

    void WriteTarget(Utf8JsonWriter json, RunEvent.Ended ended)
    {
        var target = ended.Of;
        json.WriteString("target", target.Name);
        json.WriteString("status", Word(target.Status));
        json.WriteSeconds("seconds", target.Duration);
        json.WriteString("failure", ended.Failure);
        json.WriteString(
            "skipped", target.OnlyWhen is null ? target.Skipped : $"only when {target.OnlyWhen}");
        json.WriteStartObject("summary");
        foreach (var (name, value) in target.SummaryInformation)
            json.WriteString(name, mask(value));
        json.WriteEndObject();
    }

    static void WriteRun(Utf8JsonWriter json, RunEvent.Finished finished)
    {
        json.WriteNumber("exit-code", finished.ExitCode);
        json.WriteSeconds("seconds", finished.Elapsed);
        json.WriteBoolean("cancelled", finished.Cancelled);
        json.WriteStartArray("summary");
        foreach (var row in finished.Rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteString("note", row.Note);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("sentence", Summary.Sentence(finished));
    }

    void Write(JsonEvent line)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("event", line.Name);
            var at = time.GetUtcNow().UtcDateTime;
            json.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            line.WriteMembers(json);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
        output.Flush();
    }

    /// <summary><c>NotRun</c> becomes <c>not-run</c>.</summary>
    static string Word<T>(T value) where T : struct, Enum => Names.Kebab(value.ToString());
}

/// <param name="WriteMembers">All but its name and its time.</param>
sealed record JsonEvent(string Name, Action<Utf8JsonWriter> WriteMembers);

static class JsonMembers
{
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void WriteSeconds(this Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
}
