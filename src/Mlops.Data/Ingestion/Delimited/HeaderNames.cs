namespace Mlops.Data.Ingestion;

/// <summary>The column names of a file, made unique.</summary>
/// <param name="Notes">What was changed for that, in words.</param>
sealed record HeaderNames(IReadOnlyList<string> Names, IReadOnlyList<string> Notes)
{
    /// <summary>The delimiters that a file with the wrong one set is likely to have.</summary>
    const string LikelyDelimiters = ";\t|,";

    public static HeaderNames Numbered(int count) =>
        new([.. Enumerable.Range(1, count).Select(number => $"column-{number}")], []);

    /// <summary>
    /// Blanks around a name go; an empty one becomes <c>column-7</c>, a second <c>x</c> becomes <c>x-2</c>.
    /// </summary>
    public static HeaderNames Of(RecordReader header)
    {
        var written = new string[header.CellCount];
        for (var i = 0; i < written.Length; i++)
            written[i] = header[i].Trim().ToString();
        return Of(written);
    }

    /// <inheritdoc cref="Of(RecordReader)"/>
    public static HeaderNames Of(string[] written)
    {
        var taken = new HashSet<string>(written, StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var notes = new List<string>();
        var names = new string[written.Length];
        for (var i = 0; i < written.Length; i++)
        {
            names[i] = written[i].Length == 0 ? Free($"column-{i + 1}", taken)
                : used.Contains(written[i]) ? Free(written[i], taken, 2)
                : written[i];
            taken.Add(names[i]);
            used.Add(names[i]);
            if (names[i] != written[i])
                notes.Add(written[i].Length == 0
                    ? $"column {i + 1} has no name and is called '{names[i]}'"
                    : $"column {i + 1} is a second '{written[i]}' and is called '{names[i]}'");
        }
        return new HeaderNames(names, notes);
    }

    /// <returns>What the delimiter may be instead, where one column alone is a sign that it is
    /// wrong.</returns>
    public string? SuspectDelimiter(char delimiter, string? firstRow)
    {
        if (Names.Count != 1)
            return null;
        foreach (var other in LikelyDelimiters)
            if (other != delimiter && (firstRow ?? Names[0]).Contains(other)
                && (firstRow is null || InHeader(other, firstRow)))
                return other == '\t' ? "a tab" : $"'{other}'";
        return null;
    }

    /// <summary>
    /// The name and the row must have it equally often: a lone comma in a sentence is no sign.
    /// </summary>
    bool InHeader(char other, string firstRow) =>
        Names[0].Count(c => c == other) is var count and > 0 && count == firstRow.Count(c => c == other);

    static string Free(string name, HashSet<string> taken, int? number = null)
    {
        var free = number is null ? name : $"{name}-{number}";
        for (var next = (number ?? 1) + 1; taken.Contains(free); next++)
            free = $"{name}-{next}";
        return free;
    }
}
