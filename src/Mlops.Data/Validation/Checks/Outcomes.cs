using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>How many rows may break a check before it is a warning, and before it fails.</summary>
/// <param name="PassShare">Share that must hold it, where that is what was asked: one less it is not always
/// what <paramref name="FailAbove"/> rounds to.</param>
sealed record Tolerance(
    double FailAbove = 0, long? FailAboveRows = null, double? WarnAbove = null, long? WarnAboveRows = null,
    double? PassShare = null)
{
    public static Tolerance None { get; } = new();

    public static Tolerance Of(ColumnRule rule) =>
        new(rule.FailAbove, rule.FailAboveRows, rule.WarnAbove, rule.WarnAboveRows);

    public static Tolerance Of(TableRule rule) =>
        new(rule.FailAbove, rule.FailAboveRows, rule.WarnAbove, rule.WarnAboveRows);

    public bool Fails(long failing, long tested) =>
        PassShare is { } least ? (double)(tested - failing) / tested < least
        : FailAboveRows is { } most ? failing > most
        : (double)failing / tested > FailAbove;

    public bool Warns(long failing, long tested) =>
        failing > WarnAboveRows || (double)failing / tested > WarnAbove;

    /// <param name="noun">In the plural, which ends in s.</param>
    /// <returns>Null where nothing is let pass.</returns>
    public string? Words(string noun) => FailAboveRows is { } rows
        ? $"at most {Counted.Of(rows, noun[..^1], noun)} {Counted.Word(rows, "fails", "fail")}"
        : FailAbove > 0 ? $"at most {CheckWords.Percent(FailAbove)} of the {noun} fail" : null;
}

/// <summary>What a check asks.</summary>
/// <param name="Sentence">In words: "price lies in [0, 100]".</param>
/// <param name="Noun">What is counted: "values", "rows".</param>
sealed record CheckTerms(
    string Id, string Sentence, Severity Severity, Tolerance Tolerance, string Noun = "values")
{
    public string Expected => Tolerance.Words(Noun) ?? $"no {Noun} fail";
}

/// <summary>What a check came to.</summary>
/// <param name="Rows">All rows that failed, where the check is of rows.</param>
/// <param name="Column">The column it is about, where it is one.</param>
/// <param name="Quoted">Columns whose values what was observed may quote; null for none.</param>
sealed record Finding(
    CheckOutcome Outcome, Func<StageContext, IEnumerable<long>>? Rows = null, string? Column = null,
    IReadOnlyList<string>? Quoted = null);

/// <summary>How the outcome of a check is made.</summary>
static class Outcomes
{
    public static CheckOutcome OfSet(
        string id, string sentence, Severity severity, bool holds, string observed, long tested, long failing,
        string? expected = null) =>
        new(id, sentence, severity, holds ? CheckStatus.Pass : Failed(severity),
            observed, tested, failing, [], expected);

    public static CheckOutcome OfSet(
        CheckTerms terms, bool holds, string observed, long tested, long failing, string? expected = null) =>
        OfSet(terms.Id, terms.Sentence, terms.Severity, holds, observed, tested, failing, expected);

    /// <summary>
    /// A check of rows; where there was nothing to test it did not run, which is not a pass.
    /// </summary>
    public static CheckOutcome OfRows(
        CheckTerms terms, long tested, long failing, IReadOnlyList<CheckSample> samples)
    {
        if (tested == 0)
            return NotRun(terms, $"there are no {terms.Noun} to test");
        var fails = terms.Tolerance.Fails(failing, tested);
        var warns = terms.Severity != Severity.Info && terms.Tolerance.Warns(failing, tested);
        var tolerated = failing > 0 && !fails && !warns ? ", which is tolerated" : "";
        return new CheckOutcome(
            terms.Id, terms.Sentence, terms.Severity,
            fails ? Failed(terms.Severity) : warns ? CheckStatus.Warn : CheckStatus.Pass,
            CheckWords.Failing(tested, failing, terms.Noun) + tolerated,
            tested, failing, samples, terms.Expected);
    }

    public static Finding OfRows(CheckTerms terms, RowsFound found, string? column = null) =>
        new(OfRows(terms, found.Tested, found.Rows.Count, found.Samples), _ => found.Rows, column);

    public static Finding OfRows(CheckTerms terms, RowTally found, string? column = null) =>
        new(OfRows(terms, found.Tested, found.Failing, found.Samples), found.Rows, column);

    public static CheckOutcome NotRun(string id, string sentence, Severity severity, string why) =>
        new(id, sentence, severity, CheckStatus.NotRun, why, 0, 0, []);

    public static CheckOutcome NotRun(CheckTerms terms, string why) =>
        NotRun(terms.Id, terms.Sentence, terms.Severity, why);

    static CheckStatus Failed(Severity severity) => severity switch
    {
        Severity.Error => CheckStatus.Fail,
        Severity.Warn => CheckStatus.Warn,
        _ => CheckStatus.Noted,
    };
}
