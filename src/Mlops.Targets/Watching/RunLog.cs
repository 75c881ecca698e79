using System.Globalization;
using System.Text;

namespace Mlops.Targets;

/// <summary>
/// Keeps everything that a run told, whatever was shown of it, in a file of its own. It begins when something
/// is executed: a run that executed nothing writes nothing, and spends no time on how it would.
/// </summary>
/// <param name="folder">Asked for when the file is begun.</param>
/// <param name="hasExecuted">Asked for at the end, if no step has begun.</param>
sealed class RunLog(
    Func<AbsolutePath> folder, Func<bool> hasExecuted, string commandLine,
    TimeProvider time, TextWriter errors) : IDisposable
{
    const int Kept = 50;

    readonly DateTimeOffset started = time.GetUtcNow();
    readonly List<(DateTimeOffset At, RunEvent Told)> pending = [];
    StreamWriter? file;
    bool refused;

    public void Tell(RunEvent told)
    {
        var now = time.GetUtcNow();
        if (file is not null)
            Guard(() => file.Write(Text(now, told)));
        else if (!refused)
            pending.Add((now, told));
        if (told is RunEvent.OfStep { News: StepEvent.Started }
            || (told is RunEvent.Finished && hasExecuted()))
            Begin();
    }

    public void Dispose() => Guard(() => file?.Dispose());

    /// <summary>A log that cannot be written, as on a full disk, is said once and stops nothing.</summary>
    /// <remarks>
    /// What the file would not take stays with its writer, which tries again, and fails again,
    /// when it is closed.
    /// </remarks>
    void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            if (!refused)
                errors.WriteLine($"No log of this run is kept: {refusal.Message}");
            refused = true;
            var broken = file;
            file = null;
            if (broken is not null)
                Guard(broken.Dispose);
        }
    }

    void Begin()
    {
        if (file is not null || refused)
            return;
        Guard(() =>
        {
            var directory = Directory.CreateDirectory(folder()).FullName;
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss-fff}-{Environment.ProcessId}.log");
            file = new StreamWriter(
                Path.Combine(directory, name), append: false, new UTF8Encoding(false))
            { AutoFlush = true };
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{started:u} {commandLine}\n"));
            file.Write(string.Concat(pending.Select(each => Text(each.At, each.Told))));
            pending.Clear();
            RemoveOldest(directory);
        });
    }

    static void RemoveOldest(string directory)
    {
        var logs = Directory.GetFiles(directory, "*-*-*-*.log");
        foreach (var old in logs.OrderDescending(StringComparer.Ordinal).Skip(Kept))
            File.Delete(old);
    }

    static string Text(DateTimeOffset at, RunEvent told) =>
        string.Concat(Lines(told).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{at:HH:mm:ss.fff} {told.Target?.Name ?? "",-12} "
            + $"{line.ReplaceLineEndings("\n                          ")}\n")));

    static IEnumerable<string> Lines(RunEvent told) => told switch
    {
        RunEvent.Planned planned => [$"planned {string.Join(", ", planned.Plan)}"],
        RunEvent.Started => ["started"],
        RunEvent.Printed printed => [$"{(printed.IsError ? "! " : "| ")}{printed.Line}"],
        RunEvent.Ended ended =>
        [
            $"{ended.Of.Status} after {Summary.Text(ended.Of.Duration)}",
            .. ended.Failure is null ? [] : new[] { ended.Failure },
        ],
        RunEvent.OfStep step => [Line(step.News)],
        RunEvent.Noticed noticed => [noticed.Notice.ToString()],
        RunEvent.Checked { Check: var check } =>
            [$"check {check.Suite}: {check.Name}: {check.Result} {check.Message}".TrimEnd()],
        RunEvent.Cancelling => ["cancelling"],
        RunEvent.Finished finished =>
        [
            .. finished.Rows.Select(row => $"{row.Name}: {row.Note}"),
            Summary.Sentence(finished),
            $"exit code {finished.ExitCode.ToString(CultureInfo.InvariantCulture)}",
        ],
        _ => [],
    };

    static string Line(StepEvent news) => news switch
    {
        StepEvent.Started started => $"step {news.Step} started: {string.Join("; ", started.Reasons)}",
        StepEvent.Progressed progressed => $"step {news.Step}: {progressed.Text}",
        StepEvent.Healing healing => $"step {news.Step}: {healing.Text}",
        StepEvent.Waiting waiting => $"step {news.Step} waits: {waiting.Holder} is making it",
        StepEvent.Settled settled =>
            $"step {news.Step} {settled.Status}{(settled.Rejected ? ", rejected" : "")}"
            + $" after {Summary.Text(settled.Duration)}, key {settled.Key ?? "none"}"
            + string.Concat(settled.Findings.Select(finding => $"\n- {finding}")),
        _ => news.Step,
    };
}
