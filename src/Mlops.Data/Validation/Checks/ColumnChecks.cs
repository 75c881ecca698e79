using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Data.Validation.Checks;

/// <summary>One rule bound to the column it is about.</summary>
sealed record ColumnChecks(ColumnRule Rule, Column Column)
{
    bool HasType => Rule.Type is not { } type || type.Holds(Column.Type);

    bool HasRange => Rule.Min is not null || Rule.Max is not null;

    /// <summary>
    /// What is asked of each value, in the order in which <see cref="Outcomes"/> takes the results.
    /// </summary>
    public IReadOnlyList<RowCheck> OfRows() => [.. AllOfRows()];

    IEnumerable<RowCheck> AllOfRows()
    {
        if (!HasType && Column.Type.IsText())
            yield return new RowCheck(RowCheckKind.Parse, Type: Rule.Type);
        if (HasRange && !Column.Type.IsText())
            yield return new RowCheck(RowCheckKind.Range, Rule.Min, Rule.Max);
        if (Rule.Set is not null)
            yield return new RowCheck(RowCheckKind.Set, Set: Rule.Set);
        if (Rule.Pattern is not null)
            yield return new RowCheck(RowCheckKind.Pattern, Pattern: Rule.Pattern);
    }

    /// <param name="results">One per check of <see cref="OfRows"/>, over all parts.</param>
    public IEnumerable<CheckOutcome> Outcomes(ColumnSketch profile, IReadOnlyList<RowCheckResult> results)
    {
        var byKind = OfRows().Zip(results).ToDictionary(pair => pair.First.Kind, pair => pair.Second);
        if (Rule.Type is not null)
            yield return Type(profile, byKind.GetValueOrDefault(RowCheckKind.Parse));
        if (Rule.MissingMaxShare is { } most)
            yield return Missing(profile, most);
        if (HasRange)
            yield return byKind.TryGetValue(RowCheckKind.Range, out var range)
                ? RowOutcome("range", CheckWords.Range(Rule, Column.Type), range)
                : TextHasNoRange(profile);
        if (byKind.TryGetValue(RowCheckKind.Set, out var set))
            yield return RowOutcome("set", CheckWords.Set(Rule), set);
        if (byKind.TryGetValue(RowCheckKind.Pattern, out var pattern))
            yield return RowOutcome("pattern", $"{Rule.Column} matches {Rule.Pattern}", pattern);
    }

    CheckOutcome RowOutcome(string kind, string sentence, RowCheckResult result) => Checks.Outcomes.OfRows(
        $"{kind}:{Rule.Column}", CheckWords.Tolerating(sentence, Rule.FailAbove), Rule.Severity, result,
        Rule.FailAbove, "values");

    /// <summary>
    /// Not the type that was asked for: if it came as text, the values that do not read as it say why.
    /// </summary>
    CheckOutcome Type(ColumnSketch profile, RowCheckResult? unread)
    {
        var outcome = Checks.Outcomes.OfSet(
            $"type:{Rule.Column}", $"{Rule.Column} is {Rule.Type}", Rule.Severity, HasType,
            $"it is {Column.Type}", profile.Count, unread?.Failing ?? (HasType ? 0 : profile.Count));
        return unread is null
            ? outcome
            : outcome with
            {
                Observed = $"it is {Column.Type}; {CheckWords.Count(unread.Failing)} of "
                    + $"{CheckWords.Count(unread.Tested)} values do not read as {Rule.Type}",
                Samples = unread.Samples,
            };
    }

    CheckOutcome Missing(ColumnSketch profile, double most)
    {
        var rows = profile.Count + profile.Missing;
        var (id, sentence) = (
            $"missing:{Rule.Column}",
            $"{Rule.Column} is missing in at most {CheckWords.Percent(most)} of the rows");
        return rows == 0
            ? Checks.Outcomes.NotRun(id, sentence, Rule.Severity, "there are no rows to test")
            : Checks.Outcomes.OfSet(
                id, sentence, Rule.Severity, (double)profile.Missing / rows <= most,
                $"missing in {CheckWords.Count(profile.Missing)} of {CheckWords.Count(rows)} rows "
                    + $"({CheckWords.Share(profile.Missing, rows)})",
                rows, profile.Missing);
    }

    /// <summary>
    /// A range that cannot be tested is broken: letting it pass would hide that numbers became text.
    /// </summary>
    CheckOutcome TextHasNoRange(ColumnSketch profile) => Checks.Outcomes.OfSet(
        $"range:{Rule.Column}", CheckWords.Range(Rule, Column.Type), Rule.Severity, holds: false,
        $"the column is {Column.Type}, which has no range", profile.Count, profile.Count);
}
