using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// One rule bound to the column it is about: what it asks of the column as a whole, of its profile alone.
/// </summary>
sealed record ColumnSets(CheckScope Scope, ColumnRule Rule, Column Column)
{
    /// <summary>From here on a column counts as having one value, unless the rule says otherwise.</summary>
    const double NearlyOneValue = 0.99;

    string Name => Column.Name;

    ColumnSketch Sketch => Scope.Sketch(Name);

    public IEnumerable<CheckOutcome> Outcomes()
    {
        if (Rule.MaxAgeSeconds is { } age)
            yield return Fresh(age);
        foreach (var statistic in Rule.Statistics ?? [])
            yield return Statistic(statistic);
        if (Rule.Distinct is { } distinct)
            yield return Distinct(distinct);
        if (Rule.MostShare is { } share)
            yield return MostShare(share);
        if (Rule.ValuesIn is { } among)
            yield return Values("values-in", $"has no values but {CheckWords.Listed(among)}",
                values => [.. values.Except(Members(among))], "also has");
        if (Rule.ValuesContain is { } some)
            yield return Values("values-contain", $"has each of {CheckWords.Listed(some)}",
                values => Lacking(some, values), "lacks");
        if (Rule.ValuesEqual is { } exactly)
            yield return Values("values-equal", $"has exactly the values {CheckWords.Listed(exactly)}",
                values => [.. values.Except(Members(exactly)), .. Lacking(exactly, values)],
                "differs in");
    }

    HashSet<string> Members(IReadOnlyList<string> members) =>
        MemberText.All(members, Column.Type, Sketch.Scale ?? 0);

    List<string> Lacking(IReadOnlyList<string> members, IReadOnlyList<string> values) =>
        [.. members.Where(member =>
            !values.Contains(MemberText.Of(member, Column.Type, Sketch.Scale ?? 0), StringComparer.Ordinal))];

    CheckOutcome Fresh(double most)
    {
        var (id, sentence) =
            ($"freshness:{Name}", $"the newest {Name} is at most {CheckWords.Duration(most)} old");
        if (!Column.Type.IsTime())
            return NotRun(id, sentence, $"{Name} is {Column.Type}, not a date or a timestamp");
        if (Scope.NowSeconds is not { } now)
            return NotRun(id, sentence, CheckScope.NoMoment);
        if (Sketch.Max is not { } newest)
            return NotRun(id, sentence, "there are no values to test");
        var age = now - newest * (Column.Type == ColumnType.Date ? 86_400 : 1);
        return Of(id, sentence, age <= most,
            $"it is {CheckWords.Bound(newest, Column.Type)}, "
                + $"{CheckWords.Duration(Math.Abs(age))} {(age < 0 ? "ahead of" : "before")} "
                + Scope.Input.Now, $"at most {CheckWords.Duration(most)}");
    }

    CheckOutcome Statistic(StatisticRule rule)
    {
        var what = rule.At is { } at ? $"the {CheckWords.Number(100 * at)} % quantile" : $"the {rule.Name}";
        var id = rule.At is null
            ? $"{rule.Name}:{Name}"
            : FormattableString.Invariant($"{rule.Name}-{rule.At}:{Name}");
        var sentence = $"{what} of {Name} is {Asked(rule.Bounds)}";
        if (ValueOf(Sketch, rule) is not { } value)
            return NotRun(id, sentence, NoValue(rule));
        var holds = !(value < rule.Bounds.Min) && !(value > rule.Bounds.Max);
        // Bounds that are broken are so whatever the dataset accepted last was like.
        return rule.Bounds.WithinSd is { } deviations && holds
            ? WithinDeviations(rule, id, sentence, value, deviations)
            : Of(id, sentence, holds, $"it is {Told(value, rule.Bounds)}", CheckWords.Within(rule.Bounds));
    }

    /// <summary>To all digits where a few of them would read as the bound that it is not.</summary>
    static string Told(double value, Bounds bounds)
    {
        var text = CheckWords.Number(value);
        return new[] { bounds.Min, bounds.Max }.Any(bound =>
            bound is { } number && number != value && CheckWords.Number(number) == text)
                ? value.ToString("R", CultureInfo.InvariantCulture) : text;
    }

    CheckOutcome WithinDeviations(
        StatisticRule rule, string id, string sentence, double value, double deviations)
    {
        if (Scope.BaselineOf(Name) is not { } baseline)
            return NotRun(id, sentence, Scope.NoBaselineOf(Name));
        if (baseline.Moments?.StandardDeviation is not { } sd || ValueOf(baseline, rule) is not { } before)
            return NotRun(id, sentence, $"{Name} has no standard deviation in the dataset accepted last");
        var off = value == before ? 0 : Math.Abs(value - before) / sd;
        return Of(id, sentence, off <= deviations,
            $"it is {CheckWords.Number(value)}, " + (sd == 0
                ? $"after {CheckWords.Number(before)} where all numbers were equal"
                : $"{CheckWords.Number(Math.Round(off, 3))} standard deviations "
                    + $"from {CheckWords.Number(before)}"),
            $"at most {CheckWords.Number(deviations)} standard deviations of the baseline away");
    }

    string NoValue(StatisticRule rule) =>
        Sketch.Levels is not null ? "the column is text"
        : Sketch.Min is null ? "there are no numbers to test"
        : rule.Name == "sd" && Sketch.Moments!.Value.Count < 2 ? "there are fewer than two numbers"
        : "its numbers are too large to work it out";

    static string Asked(Bounds bounds) => bounds switch
    {
        { WithinSd: { } sd, Min: null, Max: null } =>
            $"within {CheckWords.Number(sd)} standard deviations of the baseline's",
        { WithinSd: { } sd } =>
            $"{CheckWords.Within(bounds)} and within {CheckWords.Number(sd)} standard "
            + "deviations of the baseline's",
        _ => CheckWords.Within(bounds),
    };

    static double? ValueOf(ColumnSketch sketch, StatisticRule rule) => rule.Name switch
    {
        _ when sketch.Numbers is null || sketch.Min is null => null,
        "mean" => SketchStatistics.Mean(sketch),
        "sd" => sketch.Moments!.Value.StandardDeviation,
        "sum" => SketchStatistics.Sum(sketch),
        "median" => ProfileSummary.Quantile(sketch, 0.5),
        _ => ProfileSummary.Quantile(sketch, rule.At ?? 0.5),
    };

    CheckOutcome Distinct(Bounds bounds)
    {
        var (id, sentence) = ($"distinct:{Name}",
            $"the number of different values of {Name} is {CheckWords.Within(bounds)}");
        var distinct = ProfileSummary.Distinct(Sketch);
        var holds = !(distinct < bounds.Min) && !(distinct > bounds.Max);
        if (holds && Sketch.Count == 0)
            return NotRun(id, sentence, "there are no values to test");
        var number = (Sketch.Overflow is null ? "" : "about ") + Counted.Of(distinct);
        return Of(id, sentence, holds, $"it has {number}", CheckWords.Within(bounds));
    }

    CheckOutcome MostShare(double most)
    {
        var (id, sentence) = ($"most-share:{Name}",
            $"no value of {Name} has more than {CheckWords.Percent(most)} of the values");
        if (Sketch.Count == 0)
            return NotRun(id, sentence, "there are no values to test");
        var top = ProfileSummary.Of(Sketch).Top[0];
        var share = (double)top.Count / Sketch.Count;
        return Of(id, sentence, share <= most,
            $"'{top.Value}' has "
            + $"{CheckWords.Percent(share)}{(share > NearlyOneValue ? ": nearly constant" : "")}",
            $"at most {CheckWords.Percent(most)}");
    }

    CheckOutcome Values(
        string kind, string words, Func<IReadOnlyList<string>, IReadOnlyList<string>> wrong, string verb)
    {
        var (id, sentence) = ($"{kind}:{Name}", $"{Name} {words}");
        if (Sketch.Overflow is { } overflow)
            return NotRun(id, sentence,
                $"it has more than {Counted.Of(SketchLimits.Of(overflow).MaxExact)} different values");
        if (kind == "values-in" && Sketch.Count == 0)
            return NotRun(id, sentence, "there are no values to test");
        IReadOnlyList<string> values = Sketch.Levels?.Values
            ?? [.. Sketch.Numbers!.Values.Select(Sketch.TextOf)];
        var found = wrong(values);
        return Of(id, sentence, found.Count == 0,
            found.Count == 0
                ? $"so are all {Counted.Of(values.Count)}"
                : $"it {verb} {CheckWords.Listed([.. found])}", null);
    }

    Severity Severity => Rule.Severity ?? Validation.Severity.Warn;

    CheckOutcome Of(string id, string sentence, bool holds, string observed, string? expected) =>
        Checks.Outcomes.OfSet(id, sentence, Severity, holds, observed, Sketch.Count, 0, expected);

    CheckOutcome NotRun(string id, string sentence, string why) =>
        Checks.Outcomes.NotRun(id, sentence, Severity, why);
}
