namespace Mlops.Data.Ingestion;

/// <summary>
/// Rows that a byte-order mark stood before, as where one file was appended to another. It is no part of the
/// first cell.
/// </summary>
/// <param name="FirstLine">1-based line of the first, from where the source's bytes begin.</param>
sealed record MarkedRows(long Rows, long FirstLine)
{
    /// <param name="before">Null where there were none yet.</param>
    public static MarkedRows With(MarkedRows? before, long line) =>
        before is null ? new MarkedRows(1, line) : before with { Rows = before.Rows + 1 };

    /// <summary>Those of a file, of the rows of its pieces in order.</summary>
    public static MarkedRows? Together(IEnumerable<(long FirstLine, MarkedRows? Marked)> pieces)
    {
        MarkedRows? together = null;
        foreach (var (firstLine, marked) in pieces)
            if (marked is not null)
                together = new MarkedRows(
                    (together?.Rows ?? 0) + marked.Rows,
                    together?.FirstLine ?? marked.FirstLine + firstLine - 1);
        return together;
    }
}
