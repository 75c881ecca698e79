using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>A row of the checked table that is to be found in its file.</summary>
/// <param name="Failed">The checks that took it out; none where it is only shown as a sample.</param>
sealed record AskedRow(long Row, bool IsShown, IReadOnlyList<TakenOut> Failed);

/// <summary>
/// The rows that checks took out and those that are shown, in ascending order: what the checks have at rest
/// is merged as it is read, so that no number of failing rows is held in memory.
/// </summary>
static class AskedRows
{
    public static IEnumerable<AskedRow> Of(
        StageContext context, IReadOnlyList<TakenOut> takenOut, IEnumerable<long> shown)
    {
        var streams = takenOut.Select(check => RowNumbers.Read(context, check.Rows).GetEnumerator())
            .Append(shown.Order().Distinct().GetEnumerator()).ToList();
        try
        {
            foreach (var row in Merged(streams, takenOut))
                yield return row;
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    static IEnumerable<AskedRow> Merged(List<IEnumerator<long>> streams, IReadOnlyList<TakenOut> takenOut)
    {
        var next = new PriorityQueue<int, (long Row, int Stream)>();
        for (var stream = 0; stream < streams.Count; stream++)
            if (streams[stream].MoveNext())
                next.Enqueue(stream, (streams[stream].Current, stream));
        while (next.TryPeek(out _, out var first))
        {
            var (failed, isShown) = (new List<TakenOut>(), false);
            while (next.TryPeek(out var stream, out var at) && at.Row == first.Row)
            {
                next.Dequeue();
                if (stream < takenOut.Count)
                    failed.Add(takenOut[stream]);
                else
                    isShown = true;
                if (streams[stream].MoveNext())
                    next.Enqueue(stream, (streams[stream].Current, stream));
            }
            yield return new AskedRow(first.Row, isShown, failed);
        }
    }
}
