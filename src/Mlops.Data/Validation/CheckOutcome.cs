namespace Mlops.Data.Validation;

/// <summary>What became of a check.</summary>
public enum CheckStatus
{
    Pass,
    Warn,
    Fail,

    /// <summary>There was nothing to test or to compare with; never counts as passed.</summary>
    NotRun,

    /// <summary>Broken, but only asked for information.</summary>
    Noted,
}

/// <param name="Id">Stable: <c>range:price</c>, <c>unique:week+market</c>, <c>row-count</c>.</param>
/// <param name="Sentence">What is asked, in words: "price lies in [0, 100]".</param>
/// <param name="Observed">What was found, in words.</param>
/// <param name="RowsTested">Rows that the check looked at.</param>
/// <param name="Samples">At most twenty failing values, escaped by whoever shows them.</param>
/// <param name="Expected">What would have passed, in words; null where the sentence says it all.</param>
public sealed record CheckOutcome(
    string Id,
    string Sentence,
    Severity Severity,
    CheckStatus Status,
    string Observed,
    long RowsTested,
    long RowsFailing,
    IReadOnlyList<CheckSample> Samples,
    string? Expected = null)
{
    /// <summary>Of the rows tested those that failed, in [0, 1].</summary>
    public double FailingShare => RowsTested == 0 ? 0 : (double)RowsFailing / RowsTested;
}

/// <param name="Row">0-based row of the dataset in part order.</param>
public sealed record CheckSample(long Row, string? Value);
