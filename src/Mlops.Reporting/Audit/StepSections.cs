using System.Globalization;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>When, where and at what cost each result was first made, and every setting behind it.</summary>
static class StepSections
{
    public static ScriptObject Steps(IReadOnlyList<StepEvidence> steps)
    {
        var longest = new Scale(0, Math.Max(1e-9, steps.Max(step => step.DurationSeconds) ?? 1));
        return Fields.Of(
            ("steps", Fields.List(steps, step => Step(step, longest))),
            ("environments", Fields.List(steps.Where(step => step.Host is not null)
                .GroupBy(step => (step.Host, step.OperatingSystem, step.Runtime)), group => Fields.Of(
                    ("host", group.Key.Host), ("system", group.Key.OperatingSystem),
                    ("runtime", group.Key.Runtime),
                    ("steps", new Prose(string.Join(", ", group.Select(step => step.Step))))))));
    }

    static ScriptObject Step(StepEvidence step, Scale longest) => Fields.Of(
        ("name", step.Step),
        ("chip", Marks.Chip(step.State)),
        ("note", Prose.OrNull(step.Note)),
        ("reasons", step.Reasons.Count > 0 ? new Prose(string.Join("; ", step.Reasons)) : null),
        ("started", Show.Time(step.StartedAt)),
        ("started_sort", step.StartedAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("duration", Show.Cell(step.DurationSeconds, Show.Seconds(step.DurationSeconds))),
        ("cpu", Show.Cell(step.CpuSeconds, Show.Seconds(step.CpuSeconds))),
        ("memory", Show.Cell(step.PeakMemoryBytes, step.PeakMemoryBytes is { } bytes
            ? Show.Size(bytes) : "—")),
        ("bar", step.DurationSeconds is { } seconds
            ? Bars.Value(seconds, 0, longest, $"took {Show.Seconds(seconds)}", 110) : null),
        ("key", Show.Digest(step.Key)),
        ("output", Show.Digest(step.Output)),
        ("toolchain", step.Toolchain));

    public static ScriptObject Settings(IReadOnlyList<Setting> settings) => Fields.Of(
        ("settings", Fields.List(settings, Setting)));

    public static ScriptObject Setting(Setting setting) =>
        Fields.Of(("path", setting.Path), ("value", setting.Value));
}
