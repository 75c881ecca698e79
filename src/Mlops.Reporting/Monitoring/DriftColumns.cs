using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Monitoring;

/// <summary>One compared column, as a row of a table and as a picture with all its numbers.</summary>
static class DriftColumns
{
    public static ScriptObject Row(ColumnDrift column) => Fields.Of(
        ("name", column.Column),
        ("type", column.Type.ToString().ToLowerInvariant()),
        ("chip", Marks.Chip(column.Verdict)),
        ("picture", column.Bins.Count == 0 ? null : Bars.Pair(column.Bins,
            $"reference filled, current outlined, {column.Bins.Count} bins; "
            + $"{Show.Number(Value(column), 3)} ({By(column)})")),
        ("value", Show.Cell(Value(column), Show.Number(Value(column), 3))),
        ("by", Limit(column)),
        ("psi", Show.Cell(column.Psi, Show.Number(column.Psi, 3))),
        ("psi_null", column.PsiNullMean is null ? null : Show.Number(column.PsiNullMean, 2)),
        ("psi_null95", column.PsiNull95 is null ? null : Show.Number(column.PsiNull95, 2)),
        ("test", Brief(column.Test)),
        ("adjusted", Show.Cell(column.AdjustedP, Show.Probability(column.AdjustedP))),
        ("rows", $"{Counted.Of(column.ReferenceCount)} → {Counted.Of(column.CurrentCount)}"),
        ("missing", Show.Cell(column.CurrentMissingShare - column.ReferenceMissingShare,
            column is { ReferenceMissingShare: 0, CurrentMissingShare: 0 } ? "none"
                : $"{Show.Percent(column.ReferenceMissingShare)} → "
                    + $"{Show.Percent(column.CurrentMissingShare)}")),
        ("largest", Prose.OrNull(column.Largest)));

    public static ScriptObject Detail(ColumnDrift column, int number) => Fields.Of(
        ("number", number),
        ("row", Row(column)),
        ("drawing", column.Bins.Count == 0 ? null : Bars.PairInFull(column.Bins,
            $"{column.Bins.Count} bins, reference filled, current outlined; "
            + "the shares stand beside each bar")),
        ("facts", Fields.List(Facts(column),
            fact => Fields.Of(("label", fact.Label), ("text", new Prose(fact.Text))))));

    static IEnumerable<(string Label, string Text)> Facts(ColumnDrift column)
    {
        yield return ("Rows", $"{Counted.Of(column.ReferenceCount)} → {Counted.Of(column.CurrentCount)}");
        yield return ("Missing",
            $"{Show.Percent(column.ReferenceMissingShare)} → {Show.Percent(column.CurrentMissingShare)}"
            + (column.MissingP is { } p ? $" (p {Show.Probability(p)})" : ""));
        if (column.ReferenceMean is not null || column.CurrentMean is not null)
            yield return ("Mean", $"{Mean(column.Type, column.ReferenceMean)} → "
                + Mean(column.Type, column.CurrentMean));
        if (column.By is { } by && by.Statistic != DriftStatistic.JensenShannon)
            yield return (StatisticFacts.Name(by.Statistic), $"{Show.Number(column.Value)}: {By(column)}");
        foreach (var measured in column.Bins.Count == 0 ? [] : Measured(column))
            yield return measured;
        if (column.Largest is not null)
            yield return ("Largest mover", column.Largest);
        if (column.NewValues.Count > 0)
            yield return ("New", string.Join(", ", column.NewValues.Select(Named)));
        if (column.GoneValues.Count > 0)
            yield return ("Gone", string.Join(", ", column.GoneValues.Select(Named)));
    }

    /// <summary>A level that is a number would read as how many there are.</summary>
    static string Named(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"'{value}'" : value;

    static IEnumerable<(string Label, string Text)> Measured(ColumnDrift column)
    {
        yield return ("Jensen–Shannon distance", $"{Show.Number(column.Distance)} over {column.Bins.Count} "
            + $"{column.Binning ?? "unnamed"} bins of the reference"
            + (column.By is { Statistic: DriftStatistic.JensenShannon } ? $": {By(column)}" : ""));
        yield return ("PSI",
            $"{Show.Number(column.Psi)} with shares floored at {Show.Brief(ShareDistance.Floor)}; without "
                + $"any drift {Show.Number(column.PsiNullMean, 3)} on average"
                + (column.PsiNull95 is null
                    ? ""
                    : $", below {Show.Number(column.PsiNull95, 3)} in 19 of 20 cases"));
        yield return ("Test", column.Test is null ? "not tested" : $"{column.Test}: statistic "
            + $"{Show.Number(column.Statistic)}, p {Show.Probability(column.P)}, "
            + $"adjusted p {Show.Probability(column.AdjustedP)}");
        if (column.Shows is not null)
            yield return ("So many rows show", column.Shows);
    }

    /// <summary>Dates are days and timestamps seconds since 1970: people read them as dates.</summary>
    static string Mean(ColumnType type, double? mean) => (type, mean) switch
    {
        (ColumnType.Date, { } days) => Show.Date(days),
        (ColumnType.Timestamp or ColumnType.Instant, { } seconds) => Show.Moment(seconds),
        _ => Show.Number(mean),
    };

    /// <summary>Of the statistic that the verdict goes by.</summary>
    static double? Value(ColumnDrift column) => column.By is null ? column.Distance : column.Value;

    /// <summary>As "JS, drift from 0.2", with the threshold that was reached or comes next.</summary>
    static string By(ColumnDrift column)
    {
        if (column.By is not { } by)
            return "JS";
        var name = StatisticFacts.Name(by.Statistic);
        if (column is { Value: null, Bins.Count: > 0 })
            return $"{name} is not defined, so the largest distance of the distributions (KS) decides, drift "
                + $"from {Show.Brief(StatisticFacts.Defaults(DriftStatistic.KolmogorovSmirnov).DriftAt)}";
        return column.Value >= by.WarnAt
            ? $"{name}, drift from {Show.Brief(by.DriftAt)}"
            : $"{name}, warning from {Show.Brief(by.WarnAt)}";
    }

    /// <summary>The same for a narrow cell.</summary>
    static string Limit(ColumnDrift column) => column.By is not { } by
        ? "JS"
        : $"{StatisticFacts.Name(by.Statistic)}, limit "
            + $"{Show.Brief(column.Value >= by.WarnAt ? by.DriftAt : by.WarnAt)}";

    /// <summary>A test as it stands in a narrow cell; the details name it in full.</summary>
    static string Brief(string? test) => test switch
    {
        null => "not tested",
        "Kolmogorov–Smirnov" => "KS",
        "Anderson–Darling" => "A–D",
        _ => test,
    };
}
