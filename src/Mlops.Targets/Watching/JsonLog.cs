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
        switch (told)
        {
            case RunEvent.Planned planned:
                Write("run-started", json =>
                {
                    json.WriteString("format", "mlops-events/1");
                    List(json, "targets", planned.Plan.Select(target => target.Name));
                });
                break;
            case RunEvent.Started started:
                Write("target-started", json => json.WriteString("target", started.Of.Name));
                break;
            case RunEvent.Printed printed:
                Write("output", json =>
                {
                    json.WriteString("target", printed.By?.Name);
                    json.WriteString("stream", printed.IsError ? "error" : "output");
                    json.WriteString("text", printed.Line);
                });
                break;
            case RunEvent.OfStep step:
                Write(step.News);
                break;
            case RunEvent.Noticed noticed:
                Write("notice", json => WriteNotice(json, noticed.Notice));
                break;
            case RunEvent.Checked made:
                Write("check", json => WriteCheck(json, made.Check));
                break;
            case RunEvent.Ended ended:
                Write("target-settled", json => WriteTarget(json, ended));
                break;
            case RunEvent.Cancelling:
                Write("cancelling", _ => { });
                break;
            case RunEvent.Finished finished:
                Write("run-settled", json => WriteRun(json, finished));
                break;
        }
    }

    /// <summary>Nothing could be executed.</summary>
    public void Refuse(IReadOnlyList<string> mistakes, int exitCode) => Write("run-refused", json =>
    {
        List(json, "mistakes", mistakes);
        json.WriteNumber("exit-code", exitCode);
    });

    void Write(StepEvent news)
    {
        switch (news)
        {
            case StepEvent.Started started:
                Write("step-started", json =>
                {
                    json.WriteString("step", started.Step);
                    List(json, "reasons", started.Reasons);
                    if (started.Expected is { } expected)
                        Seconds(json, "expected-seconds", expected);
                });
                break;
            case StepEvent.Progressed progressed:
                Write("step-progress", json =>
                {
                    json.WriteString("step", progressed.Step);
                    json.WriteString("text", progressed.Text);
                });
                break;
            case StepEvent.Waiting waiting:
                Write("step-waiting", json =>
                {
                    json.WriteString("step", waiting.Step);
                    json.WriteString("holder", waiting.Holder);
                });
                break;
            case StepEvent.Healing healing:
                Write("step-healing", json =>
                {
                    json.WriteString("step", healing.Step);
                    json.WriteString("text", healing.Text);
                });
                break;
            case StepEvent.Settled settled:
                Write("step-settled", json => WriteStep(json, settled));
                break;
        }
    }

    static void WriteStep(Utf8JsonWriter json, StepEvent.Settled settled)
    {
        json.WriteString("step", settled.Step);
        json.WriteString("status", settled.Status);
        json.WriteBoolean("rejected", settled.Rejected);
        List(json, "reasons", settled.Reasons);
        json.WriteString("key", settled.Key);
        Seconds(json, "seconds", settled.Duration);
        Seconds(json, "saved-seconds", settled.Saved);
        List(json, "findings", settled.Findings);
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
        Seconds(json, "seconds", check.Duration);
    }

    void WriteTarget(Utf8JsonWriter json, RunEvent.Ended ended)
    {
        var target = ended.Of;
        json.WriteString("target", target.Name);
        json.WriteString("status", Word(target.Status));
        Seconds(json, "seconds", target.Duration);
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
        Seconds(json, "seconds", finished.Elapsed);
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

    void Write(string name, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            var at = time.GetUtcNow().UtcDateTime;
            json.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            members(json);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
        output.Flush();
    }

    static void List(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static void Seconds(Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));

    /// <summary><c>NotRun</c> becomes <c>not-run</c>.</summary>
    static string Word<T>(T value) where T : struct, Enum => Names.Kebab(value.ToString());
}
