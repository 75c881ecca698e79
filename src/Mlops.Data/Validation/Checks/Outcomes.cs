namespace Mlops.Data.Validation.Checks;

/// <summary>How the outcome of a check is made.</summary>
static class Outcomes
{
    public static CheckOutcome OfSet(
        string id, string sentence, Severity severity, bool holds, string observed, long tested, long failing) =>
        new(id, sentence, severity, holds ? CheckStatus.Pass : Failed(severity), observed, tested, failing, []);

    /// <summary>
    /// A check of rows; where there was nothing to test it did not run, which is not a pass.
    /// </summary>
    /// <param name="noun">What is counted: "values", "rows".</param>
    public static CheckOutcome OfRows(
        string id, string sentence, Severity severity, RowCheckResult result, double failAbove, string noun)
    {
        if (result.Tested == 0)
            return NotRun(id, sentence, severity, $"there are no {noun} to test");
        var fails = (double)result.Failing / result.Tested > failAbove;
        var tolerated = result.Failing > 0 && !fails ? ", which is tolerated" : "";
        return new CheckOutcome(
            id, sentence, severity, fails ? Failed(severity) : CheckStatus.Pass,
            CheckWords.Failing(result, noun) + tolerated, result.Tested, result.Failing, result.Samples);
    }

    public static CheckOutcome NotRun(string id, string sentence, Severity severity, string why) =>
        new(id, sentence, severity, CheckStatus.NotRun, why, 0, 0, []);

    static CheckStatus Failed(Severity severity) =>
        severity == Severity.Error ? CheckStatus.Fail : CheckStatus.Warn;
}
