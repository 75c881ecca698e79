using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Scoring;

/// <summary>Picks the rows of a table that a split gave a role.</summary>
static class RowSelection
{
    /// <param name="assignment">One <see cref="RowRole"/> per row.</param>
    /// <exception cref="ProblemException">The split belongs to a table of another length
    /// (SCORE-004).</exception>
    public static int[] Rows(ReadOnlySpan<byte> assignment, Table table, RowRole role)
    {
        if (assignment.Length != table.RowCount)
            throw new ProblemException(new Problem("SCORE-004", "The split was made for another table.",
                Expected: FormattableString.Invariant($"{table.RowCount} rows"),
                Actual: FormattableString.Invariant($"{assignment.Length} rows"),
                Next: "Split the table again."));
        var rows = new List<int>();
        for (var row = 0; row < assignment.Length; row++)
            if (assignment[row] == (byte)role)
                rows.Add(row);
        return [.. rows];
    }
}
