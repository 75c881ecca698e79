using System.Text.Json;

namespace Mlops.Targets;

/// <summary>What happens to a step, for <see cref="JsonLog"/>.</summary>
static class StepJson
{
    public static JsonEvent? Of(StepEvent news) => news switch
    {
        StepEvent.Started started => new("step-started", json => WriteStarted(json, started)),
        StepEvent.Progressed progressed =>
            new("step-progress", json => WriteAbout(json, progressed.Step, "text", progressed.Text)),
        StepEvent.Waiting waiting =>
            new("step-waiting", json => WriteAbout(json, waiting.Step, "holder", waiting.Holder)),
        StepEvent.Healing healing =>
            new("step-healing", json => WriteAbout(json, healing.Step, "text", healing.Text)),
        StepEvent.Settled settled => new("step-settled", json => WriteSettled(json, settled)),
        _ => null,
    };

    static void WriteStarted(Utf8JsonWriter json, StepEvent.Started started)
    {
        json.WriteString("step", started.Step);
        json.WriteTexts("reasons", started.Reasons);
        if (started.Expected is { } expected)
            json.WriteSeconds("expected-seconds", expected);
    }

    static void WriteAbout(Utf8JsonWriter json, string step, string name, string? value)
    {
        json.WriteString("step", step);
        json.WriteString(name, value);
    }

    static void WriteSettled(Utf8JsonWriter json, StepEvent.Settled settled)
    {
        json.WriteString("step", settled.Step);
        json.WriteString("status", settled.Status);
        json.WriteBoolean("rejected", settled.Rejected);
        json.WriteTexts("reasons", settled.Reasons);
        json.WriteString("key", settled.Key);
        json.WriteSeconds("seconds", settled.Duration);
        json.WriteSeconds("saved-seconds", settled.Saved);
        json.WriteTexts("findings", settled.Findings);
    }
}
