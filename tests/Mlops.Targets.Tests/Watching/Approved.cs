using System.Text.RegularExpressions;

namespace Mlops.Targets.Tests;

/// <summary>
/// Text that a person has looked at and approved, in files beside the tests. Times in it are normalised. Run
/// with <c>APPROVE=1</c> to write the files anew, and look at what has changed.
/// </summary>
static partial class Approved
{
    public static void ShouldBeApproved(this string text, string name)
    {
        var file = Path.Combine(Folder(AppContext.BaseDirectory), name + ".txt");
        var normalised = Normalise(text);
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
            File.WriteAllText(file, normalised);
        (File.Exists(file) ? File.ReadAllText(file) : "")
            .ShouldBe(normalised, $"not what is approved in {file}");
    }

    /// <summary>Every time takes as much room as it did; what steers is made visible.</summary>
    public static string Normalise(string text)
    {
        text = Moment().Replace(text.Replace("\r\n", "\n"), "2026-01-01T00:00:00.000Z");
        text = Section().Replace(Seconds().Replace(text, "0.00 s"), "$1:0:");
        text = JsonSeconds().Replace(text, "$1:0");
        text = XmlSeconds().Replace(text, "$1\"0.000\"");
        return text.Replace("\e", "<ESC>").Replace("\r", "<CR>");
    }

    static string Folder(string directory) =>
        Directory.Exists(Path.Combine(directory, "tests", "Mlops.Targets.Tests", "Approved"))
            ? Path.Combine(directory, "tests", "Mlops.Targets.Tests", "Approved")
            : Folder(Path.GetDirectoryName(directory)!);

    [GeneratedRegex(@"\b(\d\.\d\d|\d\d\.\d) s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"(section_(?:start|end)):\d+:")]
    private static partial Regex Section();

    [GeneratedRegex("( time=)\"[0-9.]+\"")]
    private static partial Regex XmlSeconds();

    [GeneratedRegex("(\"seconds\"):[0-9.]+")]
    private static partial Regex JsonSeconds();
}
