using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What is wrong with the settings of Ingest before any file is opened.</summary>
static class FormatProblems
{
    public static IReadOnlyList<Problem> Of(IngestInput input, DerivedColumns hooks)
    {
        var problems = new List<Problem>();
        var format = input.Format;
        if (input.Sources.Count == 0)
            problems.Add(
                new Problem("DATA-013", "There are no source files.",
                Next: "Check the source pattern of the pipeline."));
        if (format.Delimiter.Length != 1 || format.Delimiter[0] is '\r' or '\n')
            problems.Add(Setting("delimiter", "one character", format.Delimiter));
        if (format.Quote is { } quote
            && (quote.Length != 1 || quote[0] is '\r' or '\n' || quote == format.Delimiter))
            problems.Add(Setting("quote", "one character other than the delimiter, or none", quote));
        if (format.DecimalSeparator is not ("." or ","))
            problems.Add(Setting("decimal separator", "'.' or ','", format.DecimalSeparator));
        if (format.SkipRows < 0)
            problems.Add(
                Setting("number of rows to skip", "zero or more",
                FormattableString.Invariant($"{format.SkipRows}")));
        if (!IsEncoding(format.Encoding))
            problems.Add(Setting("encoding", "a name such as utf-8 or windows-1252", format.Encoding));
        if (input.QuarantineMaxShare is not (>= 0 and <= 1))
            problems.Add(Setting(
                "largest quarantined share", "a number in [0, 1]",
                FormattableString.Invariant($"{input.QuarantineMaxShare}")));
        if (input.Columns is { } columns)
            problems.AddRange(OfColumns(columns));
        if (input.Derive is { } derive && hooks.FindProblem(derive.Name) is { } unknown)
            problems.Add(unknown);
        return problems;
    }

    static IEnumerable<Problem> OfColumns(IReadOnlyList<ColumnDeclaration> columns)
    {
        if (columns.Count == 0)
            yield return new Problem("DATA-011", "No column is declared.",
                Next: "Leave the columns out to have them inferred.");
        foreach (var twice in columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
            yield return new Problem("DATA-011",
                $"The column '{twice.Key}' is declared {twice.Count()} times.");
        foreach (var column in columns)
            if (column.Format is not null && column.Type is not (ColumnType.Date or ColumnType.Timestamp))
                yield return new Problem(
                    "DATA-011", $"The column '{column.Name}' has a pattern, but is {column.Type}.",
                    Expected: "a pattern on dates and timestamps only");
    }

    static bool IsEncoding(string name)
    {
        try
        {
            SourceText.Strict(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static Problem Setting(string what, string expected, string actual) =>
        new("DATA-010", $"The {what} cannot be '{actual}'.", Expected: expected);
}
