using Mlops.Data.Splitting;

namespace Mlops.Data.Validation.Checks;

/// <summary>Finds rows that equal other rows, by their digests in part order.</summary>
static class RowMatching
{
    /// <summary>Rows whose digest came before in an earlier row; rows without one are not tested.</summary>
    public static RowCheckResult Duplicates(IReadOnlyList<UInt128[]> parts)
    {
        var seen = new HashSet<UInt128>();
        return Match(parts, (_, digest) => digest != RowDigests.None, (_, digest) => !seen.Add(digest));
    }

    /// <summary>Rows without a digest: a cell is missing.</summary>
    public static RowCheckResult Incomplete(IReadOnlyList<UInt128[]> parts) =>
        Match(parts, (_, _) => true, (_, digest) => digest == RowDigests.None);

    /// <summary>Rows of the holdout that equal a row of the training split.</summary>
    public static RowCheckResult Overlap(IReadOnlyList<UInt128[]> parts, ReadOnlyMemory<byte> assignment)
    {
        var training = new HashSet<UInt128>();
        var row = 0;
        foreach (var digest in parts.SelectMany(part => part))
            if (assignment.Span[row++] == (byte)RowRole.Train)
                training.Add(digest);
        return Match(
            parts,
            (i, _) => assignment.Span[(int)i] == (byte)RowRole.Holdout,
            (_, digest) => training.Contains(digest));
    }

    static RowCheckResult Match(
        IReadOnlyList<UInt128[]> parts, Func<long, UInt128, bool> isTested, Func<long, UInt128, bool> fails)
    {
        var (row, tested, failing) = (-1L, 0L, 0L);
        var samples = new List<CheckSample>();
        foreach (var digest in parts.SelectMany(part => part))
        {
            row++;
            if (!isTested(row, digest))
                continue;
            tested++;
            if (!fails(row, digest))
                continue;
            failing++;
            if (samples.Count < RowCheckResult.MaxSamples)
                samples.Add(new CheckSample(row, null));
        }
        return new RowCheckResult(tested, failing, samples);
    }
}
