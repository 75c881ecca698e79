namespace Mlops.Benchmarks;

/// <summary>The peers that may be on the machine.</summary>
static class Tools
{
    static readonly (string Tool, string[] Version)[] Known =
    [
        ("ninja", ["--version"]), ("make", ["--version"]), ("snakemake", ["--version"]),
        ("sha256sum", ["--version"]), ("openssl", ["version"]), ("cp", ["--version"]),
        ("xargs", ["--version"]), ("dvc", ["--version"]), ("bazel", ["--version"]),
    ];

    public static bool Has(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));

    public static IReadOnlyList<string> Absent(params string[] tools) => [.. tools.Where(tool => !Has(tool))];

    public static IEnumerable<string> Versions => Known.Where(known => Has(known.Tool)).Select(known =>
        ChildProcess.Run([known.Tool, .. known.Version], Path.GetTempPath()).Output.Split('\n')[0] is var line
        && line.StartsWith(known.Tool, StringComparison.OrdinalIgnoreCase) ? line : $"{known.Tool} {line}");
}
