using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlops.Benchmarks;

/// <summary>The measured rows as Markdown.</summary>
sealed class Results
{
    readonly StringBuilder text = new();
    string? group;

    public Results() => text.Append($"""
        # What a build costs

        Made by `dotnet run --project tests/Mlops.Benchmarks -c Release -- all`. Every figure is of whole processes,
        ours through `build.sh` unless it says otherwise. Tools take turns within a row; *ratio* is of median wall time to
        ours in the same row. Wall and CPU in milliseconds: median (smallest – largest). Each run is held against what
        should have run; where it was not, the row says **ERROR**.

        {Machine.Text}

        """);

    public bool HasErrors { get; private set; }

    public string Text => text.ToString();

    public void Add(string name, Measured measured)
    {
        if (group != name)
            text.Append(CultureInfo.InvariantCulture, $"\n## {name}\n");
        group = name;
        var row = measured.Row;
        text.Append(CultureInfo.InvariantCulture, $"""

            **{row.Name}**: {row.What}

            | | wall | CPU | peak memory | ratio |
            |---|---|---|---|---|

            """);
        var ours = Median(measured.Samples[0], sample => sample.Wall);
        foreach (var (contender, samples) in row.Contenders.Zip(measured.Samples))
            text.Append(CultureInfo.InvariantCulture,
                $"| {contender.Name} | {Span(samples, s => s.Wall)} | {Span(samples, s => s.Cpu)} | "
                + $"{Peak(samples)} | {Median(samples, s => s.Wall) / ours:0.00} |\n");
        if (row.Tells is { } tells)
            text.Append(CultureInfo.InvariantCulture, $"\n{tells()}\n");
        if (row.Absent is { Count: > 0 } absent)
            text.Append(CultureInfo.InvariantCulture,
                $"\nNot on this machine: {string.Join(", ", absent)}.\n");
        foreach (var error in measured.Errors)
            text.Append(CultureInfo.InvariantCulture, $"\n**ERROR** {error.ReplaceLineEndings(" ")}\n");
        HasErrors |= measured.Errors.Count > 0;
    }

    static string Span(IReadOnlyList<Sample> samples, Func<Sample, TimeSpan> time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median(samples, time):0} ({samples.Min(time).TotalMilliseconds:0} – "
        + $"{samples.Max(time).TotalMilliseconds:0})");

    static double Median(IReadOnlyList<Sample> samples, Func<Sample, TimeSpan> time) =>
        samples.Select(time).Order().ElementAt(samples.Count / 2).TotalMilliseconds;

    static string Peak(IReadOnlyList<Sample> samples) =>
        samples.Max(sample => sample.PeakBytes) is { } bytes ? $"{bytes / (1 << 20)} MB" : "–";
}

static class Machine
{
    public static string Text
    {
        get
        {
            var cpu = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line =>
                    line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1]
                : null;
            var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
            var processor = $"{Environment.ProcessorCount} cores of {cpu ?? "an unnamed processor"}";
            return $"""
                {DateTime.UtcNow:yyyy-MM-dd}, {processor}, {memory} GB, {RuntimeInformation.OSDescription};
                {RuntimeInformation.FrameworkDescription}. {string.Join(" · ", Tools.Versions)}
                """;
        }
    }
}
