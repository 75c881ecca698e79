namespace Mlops.Data.Ingestion;

/// <summary>Chooses among the ends of records where to cut.</summary>
static class Cuts
{
    /// <summary>
    /// A cut is the best end between the shortest and the longest piece after the cut before. Which that is,
    /// the bytes before it say: after an edit the next cuts soon are those of before.
    /// </summary>
    /// <returns>Where each piece ends; the last where the file does.</returns>
    public static async Task<IReadOnlyList<long>> Choose(
        RecordEnds ends, long minBytes, long maxBytes, CancellationToken ct)
    {
        var cuts = new List<long>();
        var last = ends.LengthBytes - 1;
        for (var before = ends.DataStart; ends.LengthBytes - before > maxBytes;)
        {
            var best = BestEnd.None;
            // Where a single record is longer than a piece may be, the piece is as long as that.
            for (var longest = maxBytes; best.At < 0; longest *= 2)
            {
                best = await ends.Best(before + minBytes, Math.Min(before + longest, last), ct);
                if (before + longest > last)
                    break;
            }
            if (best.At < 0)
                break;
            cuts.Add(best.At);
            before = best.At;
        }
        cuts.Add(ends.LengthBytes);
        return cuts;
    }
}
