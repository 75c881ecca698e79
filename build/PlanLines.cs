using System.Text.Json;
using Mlops.Engine;

/// <summary>A plan as text for people and as JSON for machines.</summary>
static class PlanLines
{
    static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(PlannedStep step) => step.Verdict switch
    {
        Verdict.UpToDate { Rejected: true } => $"rejected   {step.Name}",
        Verdict.UpToDate { IsRemote: true } => $"{OfUpToDate(step.Name)}: in the remote store",
        Verdict.UpToDate => OfUpToDate(step.Name),
        Verdict.Stale stale => $"stale      {step.Name}: {string.Join("; ", stale.Reasons)}",
        Verdict.Pending pending => $"pending    {step.Name}: on {pending.On}",
        Verdict.Blocked blocked => $"blocked    {step.Name}: {blocked.By}",
        Verdict.Impossible impossible =>
            $"impossible {step.Name}: "
            + $"{string.Join("; ", impossible.Problems.Select(problem => $"{problem.Id} {problem.What}"))}",
        _ => throw new InvalidOperationException($"{step.Verdict} is no known verdict."),
    };

    /// <remarks>A value of the data that stands in the name may hold the end of a line.</remarks>
    public static string OfUpToDate(StepName step) => $"up to date {step}".ReplaceLineEndings(" ");

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.UpToDate { Rejected: true } => "rejected",
        Verdict.Stale stale => $"stale: {string.Join("; ", stale.Reasons)}",
        _ => "up to date",
    };

    /// <summary>One object: the targets in order, and each step with its key, verdict and reasons.</summary>
    public static void WriteJson(
        IEnumerable<string> targets, IReadOnlyList<PlannedStep> steps, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            WriteList(json, "targets", targets);
            json.WriteStartArray("steps");
            foreach (var step in steps)
                Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    static void Write(Utf8JsonWriter json, PlannedStep step)
    {
        json.WriteStartObject();
        json.WriteString("step", step.Name.ToString());
        json.WriteString("pipeline", step.Name.Pipeline);
        json.WriteString("cell", step.Name.Cell);
        json.WriteString("stage", step.Name.Stage);
        json.WriteString("key", step.Key?.ToString());
        switch (step.Verdict)
        {
            case Verdict.UpToDate upToDate:
                json.WriteString("verdict", "up-to-date");
                json.WriteBoolean("rejected", upToDate.Rejected);
                json.WriteBoolean("remote", upToDate.IsRemote);
                break;
            case Verdict.Stale stale:
                json.WriteString("verdict", "stale");
                WriteList(json, "reasons", stale.Reasons);
                break;
            case Verdict.Pending pending:
                json.WriteString("verdict", "pending");
                json.WriteString("on", pending.On.ToString());
                break;
            case Verdict.Blocked blocked:
                json.WriteString("verdict", "blocked");
                json.WriteString("by", blocked.By);
                break;
            case Verdict.Impossible impossible:
                json.WriteString("verdict", "impossible");
                WriteList(json, "problems", impossible.Problems.Select(problem => problem.ToString()));
                break;
        }
        json.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
