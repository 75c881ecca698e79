using System.Text;
using System.Text.Json;

namespace Mlops.Targets;

/// <summary>The target part of <c>--plan</c>, in order: a line each, or one object.</summary>
static class PlanText
{
    public static void Write(TextWriter output, IReadOnlyList<ExecutableTarget> plan, OutputFormat format)
    {
        if (format == OutputFormat.Json)
            WriteJson(output, plan);
        else
            WriteLines(output, plan);
    }

    /// <summary>Why it will not run, or when it may not; null if it simply runs.</summary>
    public static string? NoteOf(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Skipped)
            return $"skipped: {(target.OnlyWhen is null ? target.Skipped : $"only when {target.OnlyWhen}")}";
        return target.DynamicConditions.Count == 0
            ? null
            : "only when "
                + string.Join(" && ", target.DynamicConditions.Select(condition => condition.Text));
    }

    static void WriteLines(TextWriter output, IReadOnlyList<ExecutableTarget> plan)
    {
        output.WriteLine("Targets, in order:");
        foreach (var target in plan)
            output.WriteLine($"  {target.Name}{(NoteOf(target) is { } note ? $" ({note})" : "")}");
    }

    static void WriteJson(TextWriter output, IReadOnlyList<ExecutableTarget> plan)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("targets");
            foreach (var target in plan)
                Write(json, target, plan);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    static void Write(Utf8JsonWriter json, ExecutableTarget target, IReadOnlyList<ExecutableTarget> plan)
    {
        json.WriteStartObject();
        json.WriteString("target", target.Name);
        json.WriteBoolean("skipped", target.Status == ExecutionStatus.Skipped);
        if (NoteOf(target) is { } note)
            json.WriteString("note", note);
        json.WriteStartArray("after");
        foreach (var predecessor in target.Predecessors.Where(plan.Contains))
            json.WriteStringValue(predecessor.Name);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
