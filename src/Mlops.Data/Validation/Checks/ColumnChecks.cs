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

    public string Name => Column.Name;

    public bool IsText => Column.Type.IsText();

    public ColumnSketch Sketch => Scope.Sketch(Name);

    Tolerance Tolerance => Tolerance.Of(Rule);

    bool HasType => Rule.Type is not { } type || type.Holds(Column.Type);

    bool HasRange => (Rule.Min ?? Rule.Max ?? Rule.Above ?? Rule.Below) is not null;

    /// <summary>In the order in which people read them.</summary>
    public IEnumerable<Asked> OfValues() =>
        TypeAndPresence().Concat(Values()).Concat(Times()).Concat(new ColumnSuspicions(this).All());

    IEnumerable<Asked> TypeAndPresence()
    {
        if (Rule.Type is not null)
            yield return Type();
        if (Rule.MissingMaxShare is { } most)
            yield return Asked.OfWhole(Missing(most), Name);
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
                ? Asked.OfWhole(TextHasNoRange(), Name)
                : Each("range", CheckWords.Range(Rule, Column.Type), Severity.Error, new RowCheck(
                    RowCheckKind.Range, Rule.Above ?? Rule.Min, Rule.Below ?? Rule.Max,
                    MinExcluded: Rule.Above is not null, MaxExcluded: Rule.Below is not null,
                    MinWritten: Rule.LowWritten, MaxWritten: Rule.HighWritten));
        if (Rule.Set is { } set)
            yield return Set(set);
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
            yield return Format(formats);
        if (Rule.NotInFuture)
            yield return NotInFuture();
    }

    Asked Format(IReadOnlyList<string> formats)
    {
        var terms = Terms("format", $"is written as {string.Join(" or ", formats)}", Severity.Error);
        return Column.Type.IsTime()
            ? Asked.NotRun(terms, $"{Name} was read as {Column.Type}, and how it was written is not kept")
            : Asked.OfColumn(terms, Name, new RowCheck(RowCheckKind.Format, Set: formats));
    }

    Asked Set(IReadOnlyList<string> set)
    {
        var terms = Terms("set", $"is one of {CheckWords.Listed(set)}", Severity.Error);
        return Asked.OfColumn(
            Rule.SetMinShare is { } share
                ? terms with
                {
                    Tolerance = Tolerance with
                    {
                        FailAbove = 1 - share,
                        FailAboveRows = null,
                        PassShare = share,
                    },
                }
                : terms,
            Name, new RowCheck(RowCheckKind.Set, Set: set));
    }

    public Asked Each(string kind, string words, Severity severity, RowCheck check, string noun = "values") =>
        Asked.OfColumn(Terms(kind, words, severity, noun), Name, check);

    public CheckTerms Terms(string kind, string words, Severity severity, string noun = "values") =>
        new($"{kind}:{Name}", Tolerated($"{Name} {words}"), Rule.Severity ?? severity, Tolerance, noun);

    string Tolerated(string sentence) => Tolerance.FailAboveRows is { } rows
        ? $"{sentence}, but for at most {Counted.Of(rows, "value", "values")}"
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
            return Asked.OfWhole(
                Outcomes.OfSet(
                    id, sentence, severity, HasType, $"it is {Column.Type}",
                    Sketch.Count, HasType ? 0 : Sketch.Count),
                Name);
        return Asked.OfRows(
            new RowQuestion([Name], new RowCheck(RowCheckKind.Parse, Type: Rule.Type), found =>
                new Finding(
                    Outcomes.OfSet(
                        id, sentence, severity, holds: false,
                        $"it is {Column.Type}; {Counted.Of(found.Failing)} of "
                            + $"{Counted.Of(found.Tested)} values do not read as {Rule.Type}",
                        Sketch.Count, found.Failing) with
                    { Samples = found.Samples },
                    Column: Name, Quoted: [Name])));
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
                $"missing in {Counted.Of(Sketch.Missing)} of {Counted.Of(rows)} rows "
                    + $"({CheckWords.Share(Sketch.Missing, rows)})",
                rows, Sketch.Missing, $"at most {CheckWords.Percent(most)}");
    }

    /// <summary>
    /// A range that cannot be tested is broken: letting it pass would hide that numbers became text.
    /// </summary>
    CheckOutcome TextHasNoRange() => Outcomes.OfSet(
        $"range:{Name}", $"{Name} {CheckWords.Range(Rule, Column.Type)}", Rule.Severity ?? Severity.Error,
        holds: false,
        $"the column is {Column.Type}, which has no range", Sketch.Count, Sketch.Count);

    string LengthWords() => (Rule.MinLength, Rule.MaxLength) switch
    {
        ({ } min, { } max) => $"has {min} to {max} characters",
        ({ } min, null) => $"has at least {Counted.Plain(min, "character", "characters")}",
        (null, { } max) => $"has at most {Counted.Plain(max, "character", "characters")}",
        _ => "has any length",
    };

    Asked NotInFuture()
    {
        var terms = Terms("not-in-future", $"is not after {Scope.Input.Now ?? "now"}", Severity.Error);
        if (!Column.Type.IsTime())
            return Asked.NotRun(terms, $"{Name} is {Column.Type}, not a date or a timestamp");
        return Scope.NowSeconds is { } now
            ? Asked.OfColumn(terms, Name, new RowCheck(
                RowCheckKind.Range, Max: Column.Type == ColumnType.Date ? Math.Floor(now / 86_400) : now))
            : Asked.NotRun(terms, CheckScope.NoMoment);
    }
}
