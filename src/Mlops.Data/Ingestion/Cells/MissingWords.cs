namespace Mlops.Data.Ingestion;

/// <summary>Which words mean "no value".</summary>
static class MissingWords
{
    /// <summary>Trimmed, for each column: its own, or those of its source.</summary>
    public static string[][] Of(IReadOnlyList<ColumnDeclaration> columns, TextFormat format)
    {
        var general = Of(format);
        return [.. columns.Select(column => column.Missing is { } own ? Trimmed(own) : general)];
    }

    /// <summary>Of columns that say nothing else.</summary>
    public static string[] Of(TextFormat format) => Trimmed(format.Missing ?? []);

    static string[] Trimmed(IReadOnlyList<string> words) => [.. words.Select(word => word.Trim())];
}
