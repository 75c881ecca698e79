namespace Mlops.Data.Ingestion;

/// <summary>
/// Lines above a header, as reports begin with: what they are of, as of when, in which units. Told by their
/// cells, of which there are clearly fewer than in all that follows.
/// </summary>
public static class TitleLines
{
    const int RecordsLookedAt = 200;

    /// <summary>Columns from which on a number may be a name too, as a year is.</summary>
    const int ManyCells = 4;

    /// <param name="Line">1-based line that it begins in.</param>
    /// <param name="Filled">Cells that are not blank.</param>
    /// <param name="MayBeHeader">Whether the cells that are not blank may be names.</param>
    readonly record struct Shape(long Line, int Cells, int Filled, bool MayBeHeader);

    /// <summary>How many lines stand above the header, where nothing else is likely.</summary>
    /// <param name="beginning">Of a text, in whole lines.</param>
    /// <returns>0 where there are none, or where it cannot be told.</returns>
    public static async ValueTask<int> Count(
        string beginning, char delimiter, char? quote, CancellationToken ct)
    {
        using var text = new StringReader(beginning);
        var records = new RecordReader(text, delimiter, quote, likelyChars: beginning.Length);
        var shapes = new List<Shape>();
        while (shapes.Count < RecordsLookedAt && await records.Read(ct))
            if (!records.Unmarked.IsEmpty && (shapes.Count > 0 || !SeparatorLine.Is(records.Unmarked)))
                shapes.Add(ShapeOf(records));
        return Before(shapes);
    }

    /// <summary>What to do about them, without a full stop.</summary>
    /// <param name="whose">The file's: <c>its</c>, or its name with that behind it.</param>
    public static string Advice(string whose, int lines) => lines == 1
        ? $"{whose} first line looks like a title above the header: if it is, set data.format.skip-lines to 1"
        : FormattableString.Invariant($"{whose} first {lines} lines look like titles above the header: ")
            + FormattableString.Invariant($"if they are, set data.format.skip-lines to {lines}");

    static int Before(List<Shape> shapes)
    {
        var width = shapes.Where(shape => shape.Cells > 1).GroupBy(shape => shape.Cells)
            .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key)
            .FirstOrDefault()?.Key ?? 0;
        var header = shapes.FindIndex(shape => shape.Cells == width && 2 * shape.Filled > width);
        if (header < 1 || !shapes[header].MayBeHeader)
            return 0;
        var rows = shapes.Count - header - 1;
        var areRows = 2 * shapes.Skip(header + 1).Count(shape => shape.Cells == width) > rows;
        // One line that lacks the name of one column is a header.
        var areTitles = shapes.Take(header).All(shape =>
            2 * shape.Filled <= width || (header > 1 && shape.Cells < width));
        return areRows && areTitles ? (int)shapes[header].Line - 1 : 0;
    }

    static Shape ShapeOf(RecordReader record)
    {
        var filled = new List<string>(record.CellCount);
        for (var i = 0; i < record.CellCount; i++)
            if (record[i].Trim() is { IsEmpty: false } cell)
                filled.Add(cell.ToString());
        var mayBeHeader = record.Fault is null && filled.Count > 0
            && (filled.Count >= ManyCells ? IsWord(filled[0]) : filled.TrueForAll(IsWord))
            && filled.Distinct(StringComparer.Ordinal).Count() == filled.Count;
        return new Shape(record.Line, record.CellCount, filled.Count, mayBeHeader);
    }

    static bool IsWord(string cell) => !char.IsAsciiDigit(cell[0]) && cell.Any(char.IsLetter);
}
