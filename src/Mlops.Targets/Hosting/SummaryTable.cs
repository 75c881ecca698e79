namespace Mlops.Targets;

/// <summary>
/// The closing table: name, status, the build's own columns, duration, note. On a narrow terminal first the
/// note moves to lines of its own, then the build's own columns are left out, the last first.
/// </summary>
sealed class SummaryTable(IReadOnlyList<string> ownColumns)
{
    const int Gap = 2;
    const string Note = "Note";

    readonly List<Row?> rows = [new Row(["Target", "Status", .. ownColumns, "Duration"], Note)];

    public void Add(SummaryRow row, IReadOnlyList<string> ownCells) =>
        rows.Add(new Row([row.Name, row.Status, .. ownCells, Summary.Text(row.Duration)], row.Note ?? ""));

    /// <summary>What follows is set apart.</summary>
    public void Divide() => rows.Add(null);

    public void Write(Terminal terminal, int? width)
    {
        var widths = Widths();
        var widest = 0;
        foreach (var row in rows.OfType<Row>())
            widest = Math.Max(
                widest, (row.IsNoteOnly ? widths[0] : Sum(widths)) + Gap + TextWidth.Of(row.Note));
        var notesApart = width < widest;
        while (width < Sum(widths) && widths.Length > 3)
            widths = [.. widths[..^2], widths[^1]];
        Write(terminal, rows[0]!, widths, notesApart ? 0 : null);
        WriteRule(terminal, widths, notesApart);
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i] is { } row)
                Write(terminal, row, widths, notesApart ? width : null);
            else if (i > 1 && i < rows.Count - 1)
                WriteRule(terminal, widths, notesApart);
        }
    }

    int[] Widths()
    {
        var widths = new int[ownColumns.Count + 3];
        foreach (var row in rows.OfType<Row>())
            for (var column = 0; column < widths.Length; column++)
                widths[column] = Math.Max(widths[column], TextWidth.Of(row.Cells[column]));
        return widths;
    }

    static int Sum(int[] widths)
    {
        var sum = Gap * (widths.Length - 1);
        foreach (var width in widths)
            sum += width;
        return sum;
    }

    static void WriteRule(Terminal terminal, int[] widths, bool notesApart)
    {
        var rules = new List<string>();
        foreach (var width in widths)
            rules.Add(new string('-', width));
        if (!notesApart)
            rules.Add(new string('-', Note.Length));
        terminal.Line(string.Join(new string(' ', Gap), rules));
    }

    /// <param name="notesWithin">Where the note has lines of its own, how wide;
    /// null where it is the last cell.</param>
    static void Write(Terminal terminal, Row row, int[] widths, int? notesWithin)
    {
        if (row.IsNoteOnly && notesWithin is null)
        {
            terminal.Line($"{row.Cells[0].PadRight(widths[0])}  {row.Note}");
            return;
        }
        string[] cells = [.. row.Cells.Take(widths.Length - 1), row.Cells[^1]];
        var line = string.Join(new string(' ', Gap), cells.Select((cell, column) => column switch
        {
            0 => cell + Padding(column),
            1 => terminal.Paint(ColorOf(cell), cell) + Padding(column),
            _ => Padding(column) + cell,
        }));
        terminal.Line((notesWithin is null ? $"{line}  {row.Note}" : line).TrimEnd());
        if (notesWithin > 0 && row.Note.Length > 0)
            foreach (var wrapped in Wrapped(row.Note, notesWithin.Value - Gap))
                terminal.Line($"  {wrapped}");

        string Padding(int column) => new(' ', Math.Max(0, widths[column] - TextWidth.Of(cells[column])));
    }

    static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && TextWidth.Of(line) + 1 + TextWidth.Of(word) > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }

    static string ColorOf(string status) => status switch
    {
        nameof(ExecutionStatus.Succeeded) => Terminal.Green,
        nameof(ExecutionStatus.Failed) or nameof(ExecutionStatus.Aborted) => Terminal.Red,
        nameof(ExecutionStatus.NotRun) => Terminal.Yellow,
        nameof(ExecutionStatus.Skipped) => Terminal.Dim,
        _ => "0",
    };

    sealed record Row(IReadOnlyList<string> Cells, string Note)
    {
        public bool IsNoteOnly { get; } = Cells.Skip(1).All(cell => cell.Length == 0);
    }
}
