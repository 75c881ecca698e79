using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <param name="Since">When the step first had this key, coming from another one.</param>
sealed record StepKey(Digest Key, DateTimeOffset Since);

/// <summary>A step's name as its history holds it.</summary>
sealed record RecordedStep(string Pipeline, string Stage, string? Cell = null);

/// <param name="Keys">The latest last.</param>
sealed record StepHistory(StepName Step, IReadOnlyList<StepKey> Keys);

/// <summary>
/// For each step the keys that it had, <c>steps/…</c>: the last tells what has changed since, the others what
/// was in use when. A step that has the key it had before writes nothing.
/// </summary>
sealed class StepHistories(string directory, AtomicFiles files, TimeProvider clock)
{
    const string Header = "mlops-step/1 ";

    /// <summary>How many keys are kept for a step at most, whatever is collected.</summary>
    internal const int MostKept = 200;

    /// <summary>The key that the step had when it last ran or was reused; null if it never was.</summary>
    public Digest? LastKeyOf(StepName step) =>
        Read(PathOf(step)) is { Keys: [.., var last] } ? last.Key : null;

    public void SetLastKey(StepName step, Digest key)
    {
        var keys = Read(PathOf(step))?.Keys ?? [];
        if (keys is not [.., var last] || last.Key != key)
            Write(new StepHistory(
                step, [.. keys.TakeLast(MostKept - 1), new StepKey(key, clock.GetUtcNow())]));
    }

    public IReadOnlyList<StepHistory> All() =>
        Directory.Exists(directory)
            ? [.. Directory.GetFiles(directory).Order(StringComparer.Ordinal)
                .Select(Read).OfType<StepHistory>()]
            : [];

    public void Write(StepHistory history)
    {
        var text = new StringBuilder(Header)
            .Append(JsonSerializer.Serialize(
                new RecordedStep(history.Step.Pipeline, history.Step.Stage, history.Step.Cell),
                EngineJson.Default.RecordedStep))
            .Append('\n');
        foreach (var (key, since) in history.Keys)
            text.Append(CultureInfo.InvariantCulture, $"{key} {since.UtcTicks}\n");
        files.Write(PathOf(history.Step), Encoding.UTF8.GetBytes(text.ToString()));
    }

    public void Forget(StepName step)
    {
        files.Changing($"delete {PathOf(step)}");
        File.Delete(PathOf(step));
    }

    /// <returns>Null if there is none or it cannot be made sense of.</returns>
    static StepHistory? Read(string path)
    {
        if (AtomicFiles.Read(path) is not { } bytes
            || Encoding.UTF8.GetString(bytes).Split('\n') is not [var first, .. var lines]
            || !first.StartsWith(Header, StringComparison.Ordinal))
            return null;
        try
        {
            return JsonSerializer.Deserialize(
                first.AsSpan(Header.Length), EngineJson.Default.RecordedStep) is { } step
                ? new StepHistory(new StepName(step.Pipeline, step.Cell, step.Stage),
                    [.. lines.Select(ReadKey).OfType<StepKey>()])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static StepKey? ReadKey(string line) =>
        line.Split(' ') is [var key, var since] && Digest.TryParse(key, out var digest)
        && long.TryParse(since, CultureInfo.InvariantCulture, out var ticks)
            ? new StepKey(digest, new DateTimeOffset(ticks, TimeSpan.Zero))
            : null;

    string PathOf(StepName step) =>
        Path.Combine(directory,
            Digest.Of(Encoding.UTF8.GetBytes($"{step.Pipeline}\n{step.Cell}\n{step.Stage}")).ToString());
}
