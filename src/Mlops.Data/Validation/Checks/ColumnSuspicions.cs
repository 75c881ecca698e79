using System.Globalization;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// What one rule suspects of a column's values without anybody having said what they may be: values never
/// seen before, rare ones of another kind, outliers, personal data.
/// </summary>
sealed class ColumnSuspicions(ColumnChecks column)
{
    /// <summary>Rarer than that it is noise, more common than the other it is a second kind.</summary>
    const double LeastRareShare = 0.01, MostRareShare = 0.1;

    /// <summary>Nothing of it fails: for a check that its profile already says to hold.</summary>
    static readonly RowCheck AnyValue = new(RowCheckKind.Length);

    public IEnumerable<Asked> All()
    {
        var rule = column.Rule;
        if (rule.NewValues)
            yield return NewValues();
        if (rule.Mixed)
            foreach (var asked in Mixed())
                yield return asked;
        if (rule.OutliersIqr is { } ranges)
            yield return Outliers(
                "outliers-iqr",
                $"is within {CheckWords.Number(ranges)} interquartile ranges of the quartiles",
                WithinQuartiles(column.Sketch, ranges));
        if (rule.OutliersSd is { } deviations)
            yield return Outliers(
                "outliers-sd", $"is within {CheckWords.Number(deviations)} standard deviations of the mean",
                WithinDeviations(column.Sketch, deviations));
        if (rule.Pii is { } kinds)
            yield return Personal(kinds);
    }

    Asked NewValues()
    {
        var terms = column.Terms(
            "new-values", "has no value that the dataset accepted last does not have", Severity.Warn);
        return column.Known is { } known
            ? Asked.OfColumn(terms, column.Name, new RowCheck(RowCheckKind.Known, Known: known))
            : Asked.NotRun(terms, column.Scope.BaselineOf(column.Name) is null
                ? column.Scope.NoBaselineOf(column.Name)
                : "its values were too many to keep");
    }

    IEnumerable<Asked> Mixed()
    {
        var types = column.Terms(
            "mixed-types", "holds words or numbers, not a few of one among the other", Severity.Warn);
        if (column.Sketch.Levels is not { } levels)
        {
            yield return Asked.NotRun(types, "the column is not text: all its values have one type");
            yield break;
        }
        yield return Asked.OfColumn(types, column.Name, OfOneKind(levels));
        var ways = levels.Values.Where(WordsForMissing.Contain).ToList();
        yield return column.Each(
            "mixed-missing", "says \"missing\" in one way", Severity.Warn,
            ways.Count + (column.Sketch.Missing > 0 ? 1 : 0) > 1
                ? new RowCheck(RowCheckKind.Forbidden, Set: ways)
                : AnyValue);
        yield return column.Each(
            "special-characters", "is not made of special characters alone", Severity.Warn,
            new RowCheck(RowCheckKind.Letters));
    }

    /// <summary>Where words are rare, words fail; where numbers are, numbers.</summary>
    RowCheck OfOneKind(CountedValues<string> levels)
    {
        var all = column.Sketch.Count;
        var numbers = levels.Values.Zip(levels.Counts)
            .Where(pair => TextChecks.IsNumber(pair.First)).Sum(pair => pair.Second);
        var rareShare = Math.Min(numbers, all - numbers) / (double)Math.Max(1, all);
        return rareShare is not (> LeastRareShare and < MostRareShare)
            ? AnyValue
            : new RowCheck(numbers * 2 < all ? RowCheckKind.Word : RowCheckKind.Number);
    }

    Asked Outliers(string kind, string words, (double Low, double High)? bounds)
    {
        var terms = column.Terms(kind, words, Severity.Info);
        return column.IsText ? Asked.NotRun(terms, "the column is text")
            : bounds is var (low, high)
                ? Asked.OfColumn(terms, column.Name, new RowCheck(RowCheckKind.Range, low, high))
                : Asked.NotRun(terms, column.Sketch.Moments is { Count: > 1 }
                    ? "its numbers are too large to be squared"
                    : "there are too few values");
    }

    /// <summary>Tukey's fences (1977), with any factor for his 1.5.</summary>
    static (double Low, double High)? WithinQuartiles(ColumnSketch sketch, double ranges) =>
        ProfileSummary.Quantile(sketch, 0.25) is { } low && ProfileSummary.Quantile(sketch, 0.75) is { } high
            ? (low - ranges * (high - low), high + ranges * (high - low))
            : null;

    static (double Low, double High)? WithinDeviations(ColumnSketch sketch, double deviations) =>
        sketch.Moments is { StandardDeviation: { } sd } && SketchStatistics.Mean(sketch) is { } mean
            ? (mean - deviations * sd, mean + deviations * sd)
            : null;

    Asked Personal(IReadOnlyList<string> kinds)
    {
        var terms = column.Terms("pii", $"holds no {string.Join(", ", kinds)}", Severity.Warn);
        return Asked.OfRows(new RowQuestion(
            [column.Name], new RowCheck(RowCheckKind.Impersonal, Set: kinds),
            found => Masking.All(Outcomes.OfRows(terms, found, column.Name))));
    }
}

/// <summary>Words that mostly mean that there is no value.</summary>
static class WordsForMissing
{
    static readonly string[] All =
    [
        "?", "-", "--", ".", "na", "n/a", "#n/a", "nan", "nil", "none",
        "null", "missing", "unknown", "undefined", "-999", "9999",
    ];

    public static bool Contain(string value) =>
        All.Contains(value.Trim().ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
