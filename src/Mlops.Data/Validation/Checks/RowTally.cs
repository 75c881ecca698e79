using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What one check found over consecutive runs of rows, put together.</summary>
sealed class RowTally
{
    readonly List<CheckSample> samples = [];
    readonly List<(Artifact Rows, long Offset)> failing = [];
    long offset;

    public long Tested { get; private set; }

    public long Failing { get; private set; }

    public IReadOnlyList<CheckSample> Samples => samples;

    /// <param name="rows">How many rows the run has, tested or not.</param>
    public void Append(RowCheckResult result, long rows)
    {
        Tested += result.Tested;
        Failing += result.Failing;
        samples.AddRange(result.Samples
            .Take(RowCheckResult.MaxSamples - samples.Count)
            .Select(sample => sample with { Row = sample.Row + offset }));
        if (result.Rows is { } artifact)
            failing.Add((artifact, offset));
        offset += rows;
    }

    /// <summary>All failing rows, ascending, as they are read.</summary>
    public IEnumerable<long> Rows(StageContext context) =>
        failing.SelectMany(run => RowNumbers.Read(context, run.Rows).Select(row => row + run.Offset));

    public async Task<RowCheckResult> Store(StageContext context) =>
        new(Tested, Failing, Samples, await RowNumbers.Write(context, Rows(context)));
}
