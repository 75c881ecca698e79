using System.Globalization;

namespace Mlops.Data.Ingestion;

/// <summary>How a raw file is to be read, in one word.</summary>
public static class SourceKind
{
    /// <summary>Delimited text, whatever the file's name says.</summary>
    public const string Text = "text";
    public const string JsonLines = "jsonl";
    public const string Parquet = "parquet";
    public const string Sqlite = "sqlite";

    /// <summary>The result of a statement over files.</summary>
    internal const string Query = "sql";

    /// <summary>What the result of a statement is called where the names of files stand.</summary>
    internal const string QueryName = "data.sql";

    /// <summary>
    /// Whether a row of such a source is found by its line; if not, by its number among the rows of the file,
    /// or of the result of the statement.
    /// </summary>
    public static bool HasLines(TextFormat format, string name) => HasLines(Of(format, name));

    /// <inheritdoc cref="HasLines(TextFormat, string)"/>
    internal static bool HasLines(string? kind) => kind is null or JsonLines;

    /// <summary>Where a row stands, as a person is told: <c>a.csv(3)</c>, <c>a.parquet, row 3</c>.</summary>
    /// <param name="number">From 1.</param>
    public static string Place(TextFormat format, string name, long number) => HasLines(format, name)
        ? string.Create(CultureInfo.InvariantCulture, $"{name}({number})")
        : string.Create(CultureInfo.InvariantCulture, $"{name}, row {number}");

    /// <summary>The same where the file is named already: <c>line 3</c>, <c>row 3</c>.</summary>
    internal static string Numbered(bool hasLines, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(hasLines ? "line" : "row")} {number}");

    /// <returns>What the format says, or else the file's name; null for delimited text.</returns>
    internal static string? Of(TextFormat format, string name) =>
        name == QueryName ? Query
        : format.Kind is { } kind ? kind == Text ? null : kind
        : Of(name);

    /// <summary>The format of delimited text of that name.</summary>
    internal static TextFormat FormatOf(TextFormat format, string name) =>
        format is { Kind: null, Delimiter: "," } && IsTabbed(name)
            ? format with { Delimiter = "\t" }
            : format;

    /// <returns>What the file's name says, packed or not; null for delimited text.</returns>
    public static string? Of(string name)
    {
        if (EndsWith(name, ".parquet"))
            return Parquet;
        if (EndsWith(name, ".db") || EndsWith(name, ".sqlite") || EndsWith(name, ".sqlite3"))
            return Sqlite;
        var unpacked = EndsWith(name, ".gz") || EndsWith(name, ".zst") ? name[..name.LastIndexOf('.')] : name;
        return EndsWith(unpacked, ".jsonl") || EndsWith(unpacked, ".ndjson") ? JsonLines : null;
    }

    /// <summary>Whether the file's name says that tabs separate its cells.</summary>
    internal static bool IsTabbed(string name) =>
        EndsWith(name, ".tsv") || EndsWith(name, ".tsv.gz") || EndsWith(name, ".tsv.zst");

    static bool EndsWith(string name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
