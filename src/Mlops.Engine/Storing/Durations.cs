using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// How long each step took when it last ran, in one text file: what the scheduler expects of it next time.
/// Losing it costs nothing but a worse guess.
/// </summary>
sealed class Durations(string path, AtomicFiles files)
{
    const string Header = "mlops-durations/1";
    const double Unknown = 1;

    readonly Lock reading = new();
    Dictionary<string, double>? seconds;
    Dictionary<string, double>? byStage;

    /// <summary>In seconds; of a step that never ran the mean of its stage.</summary>
    public double Expected(StepName step)
    {
        var known = Known();
        if (known.TryGetValue(Line(step), out var expected))
            return expected;
        lock (reading)
            byStage ??= known.GroupBy(entry => StageOf(entry.Key), StringComparer.Ordinal)
                .ToDictionary(
                    stage => stage.Key, stage => stage.Average(entry => entry.Value), StringComparer.Ordinal);
        return byStage.GetValueOrDefault(step.Stage, Unknown);
    }

    /// <summary>When it last ran; null of a step that never did.</summary>
    public TimeSpan? Last(StepName step) =>
        Known().TryGetValue(Line(step), out var last) ? TimeSpan.FromSeconds(last) : null;

    public void Save(IEnumerable<(StepName Step, double Seconds)> measured)
    {
        var all = new Dictionary<string, double>(Known(), StringComparer.Ordinal);
        foreach (var (step, took) in measured)
            all[Line(step)] = took;
        Write(all);
    }

    /// <summary>Forgets steps that are no more.</summary>
    public void KeepOnly(IEnumerable<StepName> steps)
    {
        var known = Known();
        var kept = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in steps.Select(Line))
            if (known.TryGetValue(line, out var took))
                kept[line] = took;
        if (kept.Count < known.Count)
            Write(kept);
    }

    void Write(Dictionary<string, double> all)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var step in all.Keys.Order(StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{all[step]:0.###} {step}\n");
        files.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
        lock (reading)
            (seconds, byStage) = (null, null);
    }

    Dictionary<string, double> Known()
    {
        lock (reading)
            return seconds ??= Read();
    }

    Dictionary<string, double> Read()
    {
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!File.Exists(path) || File.ReadAllLines(path) is not [Header, .. var lines])
            return known;
        foreach (var line in lines)
            if (line.Split(' ', 2) is [var took, var step]
                && double.TryParse(took, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                known[step] = value;
        return known;
    }

    static string Line(StepName step) => step.ToString().Replace('\n', ' ');

    static string StageOf(string line) => line[(line.LastIndexOf('/') + 1)..];
}
