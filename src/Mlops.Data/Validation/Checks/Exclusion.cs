using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>The rows that checks of severity error take out of training and holdout.</summary>
/// <param name="Assignment">The split without them; null where there is no split.</param>
/// <param name="Rows">How many, each counted once.</param>
/// <param name="Limits">Whether so many may be taken out.</param>
/// <param name="TrainRows">Rows left to train on; null where there is no split.</param>
sealed record Exclusion(
    IReadOnlyList<TakenOut> Checks, Artifact? Assignment, long Rows, IReadOnlyList<CheckOutcome> Limits,
    long? TrainRows, long? HoldoutRows)
{
    public static async Task<Exclusion> Of(CheckScope scope, IReadOnlyList<Finding> findings)
    {
        var checks = new List<TakenOut>();
        var taken = new RowSet(scope.Profile.Rows);
        foreach (var finding in findings.Where(finding =>
            finding is { Rows: not null, Outcome: { Severity: Severity.Error, RowsFailing: > 0 } }))
        {
            if (await RowNumbers.Write(scope.Context, finding.Rows!(scope.Context)) is not { } artifact)
                continue;
            taken.Add(RowNumbers.Read(scope.Context, artifact));
            checks.Add(new TakenOut(
                finding.Outcome.Id, finding.Column, finding.Outcome.Sentence, artifact));
        }
        var roles = scope.Roles();
        var assignment = scope.Input.Assignment;
        if (roles is not null && taken.Count > 0)
        {
            foreach (var row in taken.Rows())
                roles[row] = (byte)RowRole.Excluded;
            assignment = await scope.Context.Write(
                MediaTypes.Bytes, stream => stream.WriteAsync(roles, scope.Context.Cancellation).AsTask());
        }
        return new Exclusion(
            checks, assignment, taken.Count, [.. Limit(scope, taken)],
            roles?.LongCount(role => role == (byte)RowRole.Train),
            roles?.LongCount(role => role == (byte)RowRole.Holdout));
    }

    static IEnumerable<CheckOutcome> Limit(CheckScope scope, RowSet rows)
    {
        if (scope.Input.Rules.Quarantine is not { } limit)
            yield break;
        var sources = scope.Input.Sources ?? [new SourceCount(
            scope.Input.Rules.MatrixColumn is null ? "the dataset" : "the cell", scope.Profile.Rows)];
        var (worst, offset) = (new List<string>(), 0L);
        using var each = rows.Rows().GetEnumerator();
        var isLeft = each.MoveNext();
        foreach (var source in sources)
        {
            var count = 0L;
            for (; isLeft && each.Current < offset + source.Rows; isLeft = each.MoveNext())
                count++;
            if (count > limit.MaxCount || (source.Rows > 0 && (double)count / source.Rows > limit.MaxShare))
                worst.Add(
                    $"{source.Name}: {Counted.Of(count)} of {Counted.Of(source.Rows)} "
                    + $"({CheckWords.Share(count, source.Rows)})");
            offset += source.Rows;
        }
        yield return Outcomes.OfSet(
            "quarantine", $"the checks take out {Words(limit)} of the rows of each source", Severity.Error,
            worst.Count == 0, worst.Count == 0
                ? $"they take out {Counted.Of(rows.Count)} of {Counted.Of(scope.Profile.Rows)}"
                : string.Join("; ", worst.Take(RowCheckResult.MaxSamples)),
            scope.Profile.Rows, rows.Count, Words(limit));
    }

    static string Words(QuarantineLimit limit) => (limit.MaxShare, limit.MaxCount) switch
    {
        ({ } share, { } count) => $"at most {CheckWords.Percent(share)} and {Counted.Of(count)}",
        ({ } share, null) => $"at most {CheckWords.Percent(share)}",
        (null, { } count) => $"at most {Counted.Of(count)}",
        _ => "any number",
    };
}
