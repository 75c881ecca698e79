using System.Text;
using Mlops.Data.Quarantining;
using Mlops.Engine;

namespace Mlops.Pipelines.Graphs;

/// <summary>Where a cell's results are put, relative to the output folder, with forward slashes.</summary>
public static class OutputPaths
{
    public const string Index = "index.html";

    public static string Audit(string pipeline, string? cell) => Folder(pipeline, cell) + "/audit.html";

    /// <summary>Beside the page, which leads there by this name.</summary>
    public static string Quarantine(string pipeline, string? cell) =>
        Folder(pipeline, cell) + "/quarantine.csv";

    /// <summary>
    /// What did not parse of a dataset that a matrix divides: it belongs to no cell. Each cell's page leads
    /// there.
    /// </summary>
    public static string Unparsed(string pipeline) => pipeline + "/unparsed.csv";

    /// <summary>The rows of <see cref="Quarantine"/> of one source, byte for byte.</summary>
    /// <exception cref="ProblemException">The path, which stands in a trace,
    /// would lead elsewhere.</exception>
    public static string QuarantineFile(string pipeline, string? cell, string path) =>
        $"{Folder(pipeline, cell)}/quarantine.raw/{Below(path)}";

    /// <summary>The same of <see cref="Unparsed"/>.</summary>
    /// <exception cref="ProblemException">As of <see cref="QuarantineFile"/>.</exception>
    public static string UnparsedFile(string pipeline, string path) =>
        $"{pipeline}/unparsed.raw/{Below(path)}";

    /// <summary>Rows of scored files that were set aside, beside the drift page.</summary>
    public static string ScoredQuarantine(string pipeline, string? cell) =>
        Folder(pipeline, cell) + "/scored-quarantine.csv";

    /// <exception cref="ProblemException">As of <see cref="QuarantineFile"/>.</exception>
    public static string ScoredQuarantineFile(string pipeline, string? cell, string path) =>
        $"{Folder(pipeline, cell)}/scored-quarantine.raw/{Below(path)}";

    /// <summary>What did not parse of scored files that a matrix divides.</summary>
    public static string ScoredUnparsed(string pipeline) => pipeline + "/scored-unparsed.csv";

    /// <exception cref="ProblemException">As of <see cref="QuarantineFile"/>.</exception>
    public static string ScoredUnparsedFile(string pipeline, string path) =>
        $"{pipeline}/scored-unparsed.raw/{Below(path)}";

    static string Below(string path) => SetAsidePath.IsOne(path)
        ? path
        : throw new ProblemException(new Problem(
            "ENGINE-046", "The name of a file of rows set aside is none.",
            Expected: "a path below its folder", Actual: path,
            Next: "Remove the trace that says so, and run again."));

    public static string Drift(string pipeline, string? cell) => Folder(pipeline, cell) + "/drift.html";

    /// <exception cref="ProblemException">The name, which stands in a trace,
    /// would lead elsewhere.</exception>
    public static string Package(string pipeline, string? cell, string fileName) =>
        fileName.EndsWith(".zip", StringComparison.Ordinal)
        && fileName.All(c => char.IsAsciiLetterOrDigit(c) || ".+-".Contains(c))
            ? $"{Folder(pipeline, cell)}/{fileName}"
            : throw new ProblemException(new Problem(
                "ENGINE-046", "A package's file name is none.",
                Expected: "letters, digits, '.', '+' and '-', ending in .zip",
                Actual: fileName, Next: "Remove the trace that says so, and run again."));

    /// <param name="name">As the step made it, relative to its folder.</param>
    public static string StepFile(string pipeline, string step, string name) =>
        $"{pipeline}/steps/{step}/{name}";

    static string Folder(string pipeline, string? cell) =>
        cell is null ? pipeline : $"{pipeline}/{Slug(cell)}";

    /// <summary>
    /// A cell's value as a folder name: lowercase letters, digits and hyphens. Where that loses something,
    /// the value's digest tells it from others that look alike ("a/b" and "a-b"), and from a device ("con").
    /// </summary>
    internal static string Slug(string cell)
    {
        var slug = new StringBuilder();
        foreach (var character in cell)
            slug.Append(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) ? character
                : char.IsAsciiLetterUpper(character) ? char.ToLowerInvariant(character)
                : '-');
        var plain = slug.Length > 60 ? slug.ToString(0, 60) : slug.ToString();
        return plain == cell && !DeviceNames.Has(plain)
            ? plain
            : $"{plain.Trim('-')}-{Digest.Of(Encoding.UTF8.GetBytes(cell)).Short[..8]}".TrimStart('-');
    }
}
