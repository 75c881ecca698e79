using System.Globalization;

namespace Mlops.Targets;

/// <summary>The closing table and the closing sentence.</summary>
static class Summary
{
    static readonly string[] Titles = ["Target", "Status", "Duration", "Note"];

    public static void WriteTable(
        Terminal terminal, IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<SummaryRow> extraRows)
    {
        var targets = plan.Where(target => target.Status != ExecutionStatus.Collective).Select(RowOf).ToList();
        if (targets.Count + extraRows.Count == 0)
            return;
        var name = Width(0, row => row.Name);
        var status = Width(1, row => row.Status);
        var duration = Width(2, row => Text(row.Duration));
        terminal.Line();
        Write(Titles[0], Titles[1], Titles[2].PadLeft(duration), Titles[3]);
        Rule();
        targets.ForEach(WriteRow);
        if (targets.Count > 0 && extraRows.Count > 0)
            Rule();
        foreach (var row in extraRows)
            WriteRow(row);
        terminal.Line();

        int Width(int column, Func<SummaryRow, string> text)
        {
            var width = Titles[column].Length;
            foreach (var row in targets.Concat(extraRows))
                width = Math.Max(width, text(row).Length);
            return width;
        }

        void Rule() => Write(
            new string('-', name), new string('-', status), new string('-', duration), new string('-', Titles[3].Length));

        void WriteRow(SummaryRow row) => Write(row.Name, row.Status, Text(row.Duration).PadLeft(duration), row.Note ?? "");

        void Write(string first, string second, string third, string fourth)
        {
            var padding = new string(' ', status - second.Length);
            var line = $"{first.PadRight(name)}  {terminal.Paint(ColorOf(second), second)}{padding}  {third}  {fourth}";
            terminal.Line(line.TrimEnd());
        }
    }

    public static string Sentence(IReadOnlyList<ExecutableTarget> plan, TimeSpan elapsed, bool cancelled)
    {
        var failed = plan.Where(target => target.Status == ExecutionStatus.Failed).Select(target => target.Name).ToList();
        var notRun = plan.Count(target => target.Status == ExecutionStatus.NotRun);
        var rest = notRun == 0 ? "" : notRun == 1 ? " 1 target did not run." : $" {notRun} targets did not run.";
        if (cancelled)
            return $"Build cancelled after {Text(elapsed)}.{rest}";
        return failed.Count == 0
            ? $"Build succeeded in {Text(elapsed)}."
            : $"Build failed in {Text(elapsed)}: {string.Join(", ", failed)} failed.{rest}";
    }

    /// <summary>0.42 s, 12.3 s, 2:03 min, 1:02:03 h.</summary>
    public static string Text(TimeSpan? duration)
    {
        if (duration is not { } given)
            return "";
        if (given.TotalSeconds < 9.995)
            return given.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
        if (given.TotalSeconds < 59.95)
            return given.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
        var rounded = TimeSpan.FromSeconds(Math.Round(given.TotalSeconds));
        return rounded.TotalHours < 1
            ? rounded.ToString(@"m\:ss", CultureInfo.InvariantCulture) + " min"
            : $"{(int)rounded.TotalHours}:{rounded.Minutes:00}:{rounded.Seconds:00} h";
    }

    static SummaryRow RowOf(ExecutableTarget target) => new(
        target.Name,
        target.Status.ToString(),
        target.Duration == TimeSpan.Zero ? null : target.Duration,
        Note(target));

    static string Note(ExecutableTarget target)
    {
        var notes = new List<string>();
        foreach (var (name, value) in target.SummaryInformation)
            notes.Add($"{name}: {value}");
        if (target.OnlyWhen is not null)
            notes.Add($"only when {target.OnlyWhen}");
        if (target.Skipped is not null)
            notes.Add(target.Skipped);
        if (target.Status == ExecutionStatus.NotRun && MissingDependency(target) is { } missing)
            notes.Add($"needs {missing.Name}");
        return string.Join(", ", notes);
    }

    static ExecutableTarget? MissingDependency(ExecutableTarget target) => target.DependencyList.FirstOrDefault(
        other => other.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    static string ColorOf(string status) => status switch
    {
        nameof(ExecutionStatus.Succeeded) => Terminal.Green,
        nameof(ExecutionStatus.Failed) or nameof(ExecutionStatus.Aborted) => Terminal.Red,
        nameof(ExecutionStatus.NotRun) => Terminal.Yellow,
        nameof(ExecutionStatus.Skipped) => Terminal.Dim,
        _ => "0",
    };
}
