using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// The first line by which a file tells Excel what separates its cells, as <c>sep=;</c>. It is neither header
/// nor row.
/// </summary>
static class SeparatorLine
{
    const string Start = "sep=";

    /// <param name="record">The first of the file.</param>
    public static bool Is(ReadOnlySpan<char> record) => Separator(record) is not null;

    /// <exception cref="SourceFaultException">It says another one (DATA-064).</exception>
    public static void ThrowIfOther(RecordReader record, string delimiter)
    {
        if (Separator(record.Unmarked) is { } said && said != delimiter[0])
            throw new SourceFaultException(new Problem(
                "DATA-064", $"The file says that its cells are separated by {Word(said)}: "
                    + $"its first line is '{record.Unmarked}'.",
                new Place("", checked((int)record.Line)),
                Expected: $"columns separated by {Word(delimiter[0])}",
                Next: $"Set data.format.delimiter to {Word(said)}."));
    }

    static char? Separator(ReadOnlySpan<char> record)
    {
        if (record.Length == Start.Length + 3 && record[0] == '"' && record[^1] == '"')
            record = record[1..^1];
        return record.Length == Start.Length + 1
            && record.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? record[^1] : null;
    }

    static string Word(char separator) => separator == '\t' ? "a tab" : $"'{separator}'";
}
