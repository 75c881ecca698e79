using System.Globalization;

namespace Mlops.Targets;

/// <summary>The closing table and the closing sentence.</summary>
static class Summary
{
    /// <param name="width">Columns of the terminal; null where lines may be as long as they like.</param>
    public static void WriteTable(Terminal terminal, RunEvent.Finished run, int? width)
    {
        var targets = run.Plan.Where(target => target.Status != ExecutionStatus.Collective).ToList();
        if (targets.Count + run.Rows.Count == 0)
            return;
        IReadOnlyList<string> columns =
            [.. (run.Columns ?? []).Where(column =>
                targets.Exists(target => target.SummaryInformation.GetValueOrDefault(column, "") != ""))];
        var table = new SummaryTable(columns);
        foreach (var target in targets)
            table.Add(RowOf(target, run.Columns ?? []),
                [.. columns.Select(column => target.SummaryInformation.GetValueOrDefault(column, ""))]);
        table.Divide();
        foreach (var row in run.Rows)
            table.Add(row, [.. columns.Select(_ => "")]);
        terminal.Line();
        table.Write(terminal, width);
        terminal.Line();
    }

    public static string Sentence(RunEvent.Finished run)
    {
        var word = string.IsNullOrEmpty(run.LastWord) ? "" : $" {run.LastWord}";
        return Outcome(run.Plan, run.Elapsed, run.Cancelled) + word;
    }

    /// <summary>0.42 s, 12.3 s, 2:03 min, 1:02:03 h.</summary>
    public static string Text(TimeSpan? duration)
    {
        if (duration is not { } given)
            return "";
        if (given.TotalSeconds < 9.995)
            return given.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
        return given.TotalSeconds < 59.95
            ? given.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : Rough(given);
    }

    /// <summary>3 s, 2:03 min, 1:02:03 h.</summary>
    public static string Rough(TimeSpan duration)
    {
        var rounded = TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds));
        if (rounded.TotalSeconds < 60)
            return string.Create(CultureInfo.InvariantCulture, $"{rounded.TotalSeconds} s");
        return rounded.TotalHours < 1
            ? rounded.ToString(@"m\:ss", CultureInfo.InvariantCulture) + " min"
            : string.Create(CultureInfo.InvariantCulture,
                $"{(int)rounded.TotalHours}:{rounded.Minutes:00}:{rounded.Seconds:00} h");
    }

    static string Outcome(IReadOnlyList<ExecutableTarget> plan, TimeSpan elapsed, bool cancelled)
    {
        var failed = plan.Where(target => target.Status == ExecutionStatus.Failed)
            .Select(target => target.Name).ToList();
        var notRun = plan.Count(target => target.Status == ExecutionStatus.NotRun);
        var rest = notRun == 0
            ? ""
            : notRun == 1 ? " 1 target did not run." : $" {notRun} targets did not run.";
        if (cancelled)
            return $"Build cancelled after {Text(elapsed)}.{rest}";
        return failed.Count == 0
            ? $"Build succeeded in {Text(elapsed)}."
            : $"Build failed in {Text(elapsed)}: {string.Join(", ", failed)} failed.{rest}";
    }

    static SummaryRow RowOf(ExecutableTarget target, IReadOnlyList<string> ofColumns) => new(
        target.Name,
        target.Status.ToString(),
        target.Duration == TimeSpan.Zero ? null : target.Duration,
        Note(target, ofColumns));

    static string Note(ExecutableTarget target, IReadOnlyList<string> ofColumns)
    {
        var notes = new List<string>();
        foreach (var (name, value) in target.SummaryInformation)
            if (!ofColumns.Contains(name))
                notes.Add($"{name}: {value}");
        if (target.OnlyWhen is not null)
            notes.Add($"only when {target.OnlyWhen}");
        if (target.Skipped is not null)
            notes.Add(target.Skipped);
        if (target.Status == ExecutionStatus.NotRun && MissingDependency(target) is { } missing)
            notes.Add($"needs {missing.Name}");
        return string.Join(", ", notes);
    }

    static ExecutableTarget? MissingDependency(ExecutableTarget target) =>
        target.DependencyList.FirstOrDefault(
            other =>
                other.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);
}
