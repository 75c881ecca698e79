using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

static class SqlProblems
{
    public static Problem Refused(string why) => new(
        "DATA-044", $"The statement is not run: {why}.", new Place(""),
        Expected: "one statement that asks for rows, and gives the same ones for the same files",
        Next: "Correct the statement.");

    /// <param name="files">What the statement may read; null where it reads the database that it
    /// is asked of.</param>
    public static Problem Failed(string message, IReadOnlyList<SourceFile>? files = null) => new(
        "DATA-045", "The statement failed.", new Place(""), Actual: message.ReplaceLineEndings(" "),
        Next: files is null ? "Correct the statement."
            : "Correct the statement; it can read "
                + $"{NearestNames.Listed([.. files.Select(file => file.Name)])} and no other file.");
}
