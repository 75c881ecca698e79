using Mlops.Data.Splitting;

namespace Mlops.Data.Validation.Checks;

/// <summary>Finds rows that equal other rows, by their digests in part order.</summary>
static class RowMatching
{
    /// <summary>Rows whose digest came before in an earlier row; rows without one are not tested.</summary>
    public static RowsFound Duplicates(IReadOnlyList<UInt128[]> parts)
    {
        var seen = new HashSet<UInt128>();
        return Match(parts, (_, digest) => digest != RowDigests.None, (_, digest) => !seen.Add(digest));
    }

    /// <summary>Rows without a digest: a cell is missing.</summary>
    public static RowsFound Incomplete(IReadOnlyList<UInt128[]> parts) =>
        Match(parts, (_, _) => true, (_, digest) => digest == RowDigests.None);

    /// <summary>
    /// Rows of the holdout that equal a row of the training split. Rows without a digest are not tested, and
    /// none is where the training split has no digest to compare with.
    /// </summary>
    public static RowsFound Overlap(IReadOnlyList<UInt128[]> parts, ReadOnlyMemory<byte> assignment)
    {
        var training = new HashSet<UInt128>();
        var row = 0;
        foreach (var digest in parts.SelectMany(part => part))
            if (assignment.Span[row++] == (byte)RowRole.Train && digest != RowDigests.None)
                training.Add(digest);
        return Match(
            parts,
            (i, digest) => assignment.Span[(int)i] == (byte)RowRole.Holdout
                && digest != RowDigests.None && training.Count > 0,
            (_, digest) => training.Contains(digest));
    }

    /// <summary>
    /// Rows whose features came with another label in another row; rows without a label are not tested.
    /// </summary>
    public static RowsFound Conflicts(IReadOnlyList<UInt128[]> features, IReadOnlyList<UInt128[]> labels)
    {
        UInt128[] ofRow = [.. labels.SelectMany(part => part)];
        var first = new Dictionary<UInt128, UInt128>();
        var torn = new HashSet<UInt128>();
        var row = 0;
        foreach (var digest in features.SelectMany(part => part))
        {
            var label = ofRow[row++];
            if (label != RowDigests.None && !first.TryAdd(digest, label) && first[digest] != label)
                torn.Add(digest);
        }
        return Match(features, (i, _) => ofRow[i] != RowDigests.None, (_, digest) => torn.Contains(digest));
    }

    static RowsFound Match(
        IReadOnlyList<UInt128[]> parts, Func<long, UInt128, bool> isTested, Func<long, UInt128, bool> fails)
    {
        var (row, tested) = (-1L, 0L);
        var rows = new List<long>();
        foreach (var digest in parts.SelectMany(part => part))
        {
            row++;
            if (!isTested(row, digest))
                continue;
            tested++;
            if (fails(row, digest))
                rows.Add(row);
        }
        return new RowsFound(
            tested, rows,
            [.. rows.Take(RowCheckResult.MaxSamples).Select(failing => new CheckSample(failing, null))]);
    }
}
