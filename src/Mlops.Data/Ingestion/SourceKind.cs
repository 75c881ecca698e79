namespace Mlops.Data.Ingestion;

/// <summary>How a raw file is to be read, in one word; null is delimited text.</summary>
static class SourceKind
{
    public const string JsonLines = "jsonl";
    public const string Parquet = "parquet";
    public const string Sqlite = "sqlite";

    /// <summary>What the file's name says, packed or not.</summary>
    public static string? Of(string name)
    {
        if (EndsWith(name, ".parquet"))
            return Parquet;
        if (EndsWith(name, ".db") || EndsWith(name, ".sqlite") || EndsWith(name, ".sqlite3"))
            return Sqlite;
        var unpacked = EndsWith(name, ".gz") || EndsWith(name, ".zst") ? name[..name.LastIndexOf('.')] : name;
        return EndsWith(unpacked, ".jsonl") || EndsWith(unpacked, ".ndjson") ? JsonLines : null;
    }

    static bool EndsWith(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
