using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Expressions;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>One rule bound to the column it is about: what it asks of each value.</summary>
/// <param name="Known">The values that the baseline has, where the rule asks for them;
/// see <see cref="KnownValues"/>.</param>
sealed record ColumnChecks(CheckScope Scope, ColumnRule Rule, Column Column, Artifact? Known)
{
    public static async Task<ColumnChecks> Of(CheckScope scope, ColumnRule rule)
    {
        var baseline = rule.NewValues ? scope.BaselineOf(rule.Column) : null;
        IEnumerable<string>? known = baseline is null or { Overflow: not null }
            ? null
            : baseline.Levels?.Values ?? baseline.Numbers!.Values.Select(baseline.TextOf);
        return new ColumnChecks(
            scope, rule, scope.Schema.Find(rule.Column)!,
            known is null ? null : await KnownValues.Write(scope.Context, known));
    }

    string Name => Column.Name;

    bool IsText => Column.Type.IsText();

    ColumnSketch Sketch => Scope.Sketch(Name);

    Tolerance Tolerance => new(Rule.FailAbove, Rule.FailAboveRows, Rule.WarnAbove, Rule.WarnAboveRows);

    bool HasType => Rule.Type is not { } type || type.Holds(Column.Type);

    bool HasRange => (Rule.Min ?? Rule.Max ?? Rule.Above ?? Rule.Below) is not null;

    /// <summary>In the order in which people read them.</summary>
    public IEnumerable<Asked> OfValues() =>
        TypeAndPresence().Concat(Values()).Concat(Times()).Concat(Suspicions());

    IEnumerable<Asked> TypeAndPresence()
    {
        if (Rule.Type is not null)
            yield return Type();
        if (Rule.MissingMaxShare is { } most)
            yield return Asked.Known(Missing(most));
        if (Rule.Required)
            yield return Each(
                "required", "is in every row", Severity.Error, new RowCheck(RowCheckKind.Present), "rows");
        if (Rule.CompleteIf is { } condition)
            yield return Asked.OfRows(new RowQuestion(
                [Name, .. Expression.Parse(condition).Columns.Select(column => column.Name)
                    .Where(name => name != Name)],
                new RowCheck(RowCheckKind.CompleteIf, Pattern: condition),
                found => Outcomes.OfRows(
                    Terms("complete-if", $"is not missing where {condition}", Severity.Error, "rows"),
                    found, Name)));
    }

    IEnumerable<Asked> Values()
    {
        if (HasRange)
            yield return IsText
                ? Asked.Known(TextHasNoRange())
                : Asked.OfColumn(
                    Terms("range", CheckWords.Range(Rule, Column.Type)[(Name.Length + 1)..], Severity.Error),
                    Name, new RowCheck(
                        RowCheckKind.Range, Rule.Above ?? Rule.Min, Rule.Below ?? Rule.Max,
                        MinExcluded: Rule.Above is not null, MaxExcluded: Rule.Below is not null));
        if (Rule.Set is { } set)
            yield return Asked.OfColumn(
                Rule.SetMinShare is { } share
                    ? Terms("set", $"is one of {CheckWords.Listed(set)}", Severity.Error) with
                    { Tolerance = new Tolerance(1 - share, null, Rule.WarnAbove, Rule.WarnAboveRows) }
                    : Terms("set", $"is one of {CheckWords.Listed(set)}", Severity.Error),
                Name, new RowCheck(RowCheckKind.Set, Set: set));
        if (Rule.Forbidden is { } forbidden)
            yield return Each("forbidden", $"is none of {CheckWords.Listed(forbidden)}", Severity.Error,
                new RowCheck(RowCheckKind.Forbidden, Set: forbidden));
        if (Rule.Pattern is { } pattern)
            yield return Each("pattern", $"matches {pattern}", Severity.Error,
                new RowCheck(RowCheckKind.Pattern, Pattern: pattern));
        if ((Rule.MinLength ?? Rule.MaxLength) is not null)
            yield return Each("length", LengthWords(), Severity.Warn,
                new RowCheck(RowCheckKind.Length, Rule.MinLength, Rule.MaxLength));
    }

    IEnumerable<Asked> Times()
    {
        if (Rule.Formats is { } formats)
            yield return Each("format", $"is written as {string.Join(" or ", formats)}", Severity.Error,
                new RowCheck(RowCheckKind.Format, Set: formats));
        if (Rule.NotInFuture)
            yield return NotInFuture();
    }

    IEnumerable<Asked> Suspicions()
    {
        if (Rule.NewValues)
            yield return NewValues();
        if (Rule.Mixed)
            foreach (var asked in Mixed())
                yield return asked;
        if (Rule.OutliersIqr is { } ranges)
            yield return Outliers("outliers-iqr",
                $"is within {CheckWords.Number(ranges)} interquartile ranges of the quartiles",
                sketch => ProfileSummary.Quantile(sketch, 0.25) is { } low
                    && ProfileSummary.Quantile(sketch, 0.75) is { } high
                    ? (low - ranges * (high - low), high + ranges * (high - low)) : null);
        if (Rule.OutliersSd is { } deviations)
            yield return Outliers(
                "outliers-sd", $"is within {CheckWords.Number(deviations)} standard deviations of the mean",
                sketch => sketch.Moments is { StandardDeviation: { } sd, Mean: var mean }
                    ? (mean - deviations * sd, mean + deviations * sd) : null);
        if (Rule.Pii is { } kinds)
            yield return Personal(kinds);
    }

    Asked Each(string kind, string words, Severity severity, RowCheck check, string noun = "values") =>
        Asked.OfColumn(Terms(kind, words, severity, noun), Name, check);

    CheckTerms Terms(string kind, string words, Severity severity, string noun = "values") =>
        new($"{kind}:{Name}", Tolerated($"{Name} {words}"), Rule.Severity ?? severity, Tolerance, noun);

    string Tolerated(string sentence) => Tolerance.FailAboveRows is { } rows
        ? $"{sentence}, but for at most {CheckWords.Count(rows)}"
        : Rule.FailAbove == 0 ? sentence
        : $"{sentence}, but for at most {CheckWords.Percent(Rule.FailAbove)} of the values";

    /// <summary>
    /// Not the type that was asked for: if it came as text, the values that do not read as it say why.
    /// </summary>
    Asked Type()
    {
        var (id, sentence, severity) =
            ($"type:{Name}", $"{Name} is {Rule.Type}", Rule.Severity ?? Severity.Error);
        if (HasType || !IsText)
            return Asked.Known(Outcomes.OfSet(
                id, sentence, severity, HasType, $"it is {Column.Type}",
                Sketch.Count, HasType ? 0 : Sketch.Count));
        return Asked.OfRows(
            new RowQuestion([Name], new RowCheck(RowCheckKind.Parse, Type: Rule.Type), found =>
                new Finding(Outcomes.OfSet(
                    id, sentence, severity, holds: false,
                    $"it is {Column.Type}; {CheckWords.Count(found.Failing)} of "
                        + $"{CheckWords.Count(found.Tested)} values do not read as {Rule.Type}",
                    Sketch.Count, found.Failing) with
                { Samples = found.Samples }, Column: Name)));
    }

    CheckOutcome Missing(double most)
    {
        var rows = Sketch.Count + Sketch.Missing;
        var (id, sentence, severity) = (
            $"missing:{Name}", $"{Name} is missing in at most {CheckWords.Percent(most)} of the rows",
            Rule.Severity ?? Severity.Error);
        return rows == 0
            ? Outcomes.NotRun(id, sentence, severity, "there are no rows to test")
            : Outcomes.OfSet(
                id, sentence, severity, (double)Sketch.Missing / rows <= most,
                $"missing in {CheckWords.Count(Sketch.Missing)} of {CheckWords.Count(rows)} rows "
                    + $"({CheckWords.Share(Sketch.Missing, rows)})",
                rows, Sketch.Missing, $"at most {CheckWords.Percent(most)}");
    }

    /// <summary>
    /// A range that cannot be tested is broken: letting it pass would hide that numbers became text.
    /// </summary>
    CheckOutcome TextHasNoRange() => Outcomes.OfSet(
        $"range:{Name}", CheckWords.Range(Rule, Column.Type), Rule.Severity ?? Severity.Error, holds: false,
        $"the column is {Column.Type}, which has no range", Sketch.Count, Sketch.Count);

    string LengthWords() => (Rule.MinLength, Rule.MaxLength) switch
    {
        ({ } min, { } max) => $"has {min} to {max} characters",
        ({ } min, null) => $"has at least {min} characters",
        (null, var max) => $"has at most {max} characters",
    };

    Asked NotInFuture()
    {
        var terms = Terms("not-in-future", $"is not after {Scope.Input.Now ?? "now"}", Severity.Error);
        if (!Column.Type.IsTime())
            return NotRun(terms, $"{Name} is {Column.Type}, not a date or a timestamp");
        return Scope.NowSeconds is { } now
            ? Asked.OfColumn(terms, Name, new RowCheck(
                RowCheckKind.Range, Max: Column.Type == ColumnType.Date ? Math.Floor(now / 86_400) : now))
            : NotRun(terms, CheckScope.NoMoment);
    }

    Asked NewValues()
    {
        var terms = Terms(
            "new-values", "has no value that the dataset accepted last does not have", Severity.Warn);
        return Known is not null
            ? Asked.OfColumn(terms, Name, new RowCheck(RowCheckKind.Known, Known: Known))
            : NotRun(terms,
                Scope.BaselineOf(Name) is null ? CheckScope.NoBaseline : "its values were too many to keep");
    }

    Asked Outliers(string kind, string words, Func<ColumnSketch, (double Low, double High)?> bounds)
    {
        var terms = Terms(kind, words, Severity.Info);
        return IsText ? NotRun(terms, "the column is text")
            : bounds(Sketch) is var (low, high)
                ? Asked.OfColumn(terms, Name, new RowCheck(RowCheckKind.Range, low, high))
                : NotRun(terms, "there are too few values");
    }

    Asked Personal(IReadOnlyList<string> kinds)
    {
        var terms = Terms("pii", $"holds no {string.Join(", ", kinds)}", Severity.Warn);
        return Asked.OfRows(
            new RowQuestion([Name], new RowCheck(RowCheckKind.Impersonal, Set: kinds), found =>
                Outcomes.OfRows(terms, found, Name) is var finding
                    ? finding with { Outcome = Masking.All(finding.Outcome) }
                    : finding));
    }

    static Asked NotRun(CheckTerms terms, string why) =>
        Asked.Known(Outcomes.NotRun(terms.Id, terms.Sentence, terms.Severity, why));

    IEnumerable<Asked> Mixed()
    {
        var types = Terms(
            "mixed-types", "holds words or numbers, not a few of one among the other", Severity.Warn);
        var tokens = Terms("mixed-missing", "says \"missing\" in one way", Severity.Warn);
        if (Sketch.Levels is not { } levels)
        {
            yield return NotRun(types, "the column is not text: all its values have one type");
            yield break;
        }
        var numbers = levels.Values.Zip(levels.Counts)
            .Where(pair => RowChecking.IsNumber(pair.First)).Sum(pair => pair.Second);
        var rare = Math.Min(numbers, Sketch.Count - numbers) / (double)Math.Max(1, Sketch.Count);
        yield return Asked.OfColumn(
            types, Name, new RowCheck(
                rare is > 0.01 and < 0.1
                    ? numbers * 2 < Sketch.Count ? RowCheckKind.Word : RowCheckKind.Number
                    : RowCheckKind.Length));
        var ways = levels.Values.Where(MissingWords.IsOne).ToList();
        yield return Asked.OfColumn(tokens, Name, ways.Count + (Sketch.Missing > 0 ? 1 : 0) > 1
            ? new RowCheck(RowCheckKind.Forbidden, Set: ways)
            : new RowCheck(RowCheckKind.Length));
        yield return Each("special-characters", "is not made of special characters alone", Severity.Warn,
            new RowCheck(RowCheckKind.Letters));
    }
}

/// <summary>Words that mostly mean that there is no value.</summary>
static class MissingWords
{
    static readonly string[] All =
    [
        "?", "-", "--", ".", "na", "n/a", "#n/a", "nan", "nil", "none",
        "null", "missing", "unknown", "undefined", "-999", "9999",
    ];

    public static bool IsOne(string value) =>
        All.Contains(value.Trim().ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
