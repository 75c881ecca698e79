using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

public enum RowCheckKind
{
    /// <summary>The text reads as the declared type.</summary>
    Parse,
    Range,
    Set,
    Pattern,
}

/// <summary>
/// What each value of a column must keep to; missing cells are not tested. Holds nothing that does not change
/// which rows fail, so that a new severity or tolerance tests no row again.
/// </summary>
public sealed record RowCheck(
    RowCheckKind Kind,
    double? Min = null,
    double? Max = null,
    IReadOnlyList<string>? Set = null,
    string? Pattern = null,
    ColumnType? Type = null);

/// <param name="Samples">The first failing rows, at most twenty, counted within what was tested.</param>
public sealed record RowCheckResult(long Tested, long Failing, IReadOnlyList<CheckSample> Samples)
{
    public const int MaxSamples = 20;

    public static RowCheckResult None { get; } = new(0, 0, []);

    /// <summary>Both together; the rows of the other begin at <paramref name="offset"/>.</summary>
    public RowCheckResult Append(RowCheckResult other, long offset) => new(
        Tested + other.Tested,
        Failing + other.Failing,
        [.. Samples
            .Concat(other.Samples.Select(sample => sample with { Row = sample.Row + offset }))
            .Take(MaxSamples)]);

    /// <summary>One result per check over consecutive runs of parts, out of the results of each run.</summary>
    public static IReadOnlyList<RowCheckResult> Joined(
        int checks, IReadOnlyList<IReadOnlyList<TablePart>> runs, IReadOnlyList<PartChecks> results)
    {
        var whole = Enumerable.Repeat(None, checks).ToArray();
        var offset = 0L;
        foreach (var (run, result) in runs.Zip(results))
        {
            for (var i = 0; i < checks; i++)
                whole[i] = whole[i].Append(result.Results[i], offset);
            offset += run.Sum(part => part.RowCount);
        }
        return whole;
    }
}
