using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The checks of one column: <c>validate.columns.price</c>.</summary>
static class ColumnRules
{
    static readonly ListShape<string> Literals = new(Scalars.Literal, fewest: 1, identity: value => value);

    static readonly SectionShape<Bounds> StatisticBounds = new(fields => new Bounds(
        fields.MaybeValue("min", Scalars.AnyReal, "Lowest acceptable value"),
        fields.MaybeValue("max", Scalars.AnyReal, "Highest acceptable value"),
        fields.MaybeValue("within-sd", Scalars.Real(0, open: true),
            "How many standard deviations of the dataset accepted last it may lie off "
            + "that dataset's value")));

    static readonly SectionShape<Bounds> Counts = new(fields => new Bounds(
        fields.MaybeValue("min", Scalars.Whole(0), "Fewest different values"),
        fields.MaybeValue("max", Scalars.Whole(0), "Most different values")));

    static readonly SectionShape<ReferenceRule> Reference = new(fields => new ReferenceRule(
        fields.Required("column", Names.Column, "The column that must have each value"),
        fields.Maybe("pipeline", Scalars.Text, "The pipeline whose dataset has it"),
        fields.Maybe("file", Scalars.Text, "A delimited text file that has it, relative to this file"),
        fields.Maybe("format", DataSection.Layout,
            "How that file is written; csv or tsv alone is short for its kind")));

    static readonly NamedShape<StatisticRule> Quantiles = new(
        at => new SectionShape<StatisticRule>(fields => new StatisticRule(
            "quantile",
            new Bounds(
                fields.MaybeValue("min", Scalars.AnyReal, "Lowest acceptable value"),
                fields.MaybeValue("max", Scalars.AnyReal, "Highest acceptable value")),
            Scalars.ParseReal(at.Length == 0 ? "0" : at) ?? double.NegativeInfinity)),
        "shares such as 0.95, each with min or max");

    public static ColumnRule Read(string column, Fields fields)
    {
        var rule = Tolerances(Basics(new ColumnRule(column), fields), fields);
        return Suspicions(Wholes(Times(Texts(rule, fields), fields), fields), fields);
    }

    static ColumnRule Basics(ColumnRule rule, Fields fields)
    {
        var positive = fields.Optional("positive", Scalars.Boolean, false, "Short for above: 0");
        var negative = fields.Optional("non-negative", Scalars.Boolean, false, "Short for min: 0");
        rule = rule with
        {
            Severity = fields.MaybeValue("severity", ValidateSection.AnySeverity,
                "error rejects the dataset, warn says so, info only notes it; "
                + "each check has its own where left out"),
            Type = fields.MaybeValue("type", Names.Kind, "The type that the column must have"),
            MissingMaxShare = fields.MaybeValue(
                "missing-max-share", Scalars.Share, "Largest acceptable share of missing cells"),
            Required = fields.Optional(
                "required", Scalars.Boolean, false, "No cell may be missing; rows where it is are taken out"),
            CompleteIf = fields.Maybe(
                "complete-if", Scalars.Text, "An expression; where it is true the cell must not be missing"),
        };
        return Sets(Range(rule, fields, positive, negative), fields);
    }

    static ColumnRule Range(ColumnRule rule, Fields fields, bool positive, bool negative)
    {
        var min = fields.MaybeValue("min", Scalars.AnyNumber, "Lowest acceptable value");
        var max = fields.MaybeValue("max", Scalars.AnyNumber, "Highest acceptable value");
        var above = fields.MaybeValue("above", Scalars.AnyNumber, "Values must be larger than this");
        var below = fields.MaybeValue("below", Scalars.AnyNumber, "Values must be smaller than this");
        return rule with
        {
            Min = min?.Value ?? (negative ? 0 : null),
            Max = max?.Value,
            Above = above?.Value ?? (positive ? 0 : null),
            Below = below?.Value,
            LowWritten = above is null ? min?.Exact : above?.Exact,
            HighWritten = below is null ? max?.Exact : below?.Exact,
        };
    }

    static ColumnRule Sets(ColumnRule rule, Fields fields) => rule with
    {
        Set = fields.Maybe("set", Literals, "The only acceptable values"),
        SetMinShare = fields.MaybeValue("set-min-share", Scalars.Share,
            "Share of the values that must be in the set; 1 when left out"),
        Forbidden = fields.Maybe("forbidden", Literals, "Values that may not come, such as -999"),
        Unique = fields.Optional("unique", Scalars.Boolean, false, "No value may come twice"),
    };

    static ColumnRule Tolerances(ColumnRule rule, Fields fields)
    {
        var fail = fields.Maybe("fail-above", Amounts.Threshold,
            "Share of values, or number of rows, that may break a check before it counts; 0 when left out");
        var warn = fields.Maybe("warn-above", Amounts.Threshold,
            "Share of values, or number of rows, that may break a check before it is a warning");
        return rule with
        {
            FailAbove = fail?.Share ?? 0,
            FailAboveRows = fail?.Rows,
            WarnAbove = warn?.Share,
            WarnAboveRows = warn?.Rows,
        };
    }

    static ColumnRule Texts(ColumnRule rule, Fields fields) => rule with
    {
        Pattern = fields.Maybe(
            "pattern", Scalars.Text, "A regular expression that must match the whole text"),
        MinLength = fields.MaybeValue(
            "min-length", Scalars.Whole(0), "Fewest characters, counted as Unicode code points"),
        MaxLength = fields.MaybeValue(
            "max-length", Scalars.Whole(0), "Most characters, counted as Unicode code points"),
        Pii = fields.Maybe(
            "pii", new ListShape<string>(Scalars.Text, fewest: 1, orSingle: true, identity: kind => kind),
            "Personal data that may not be in it: email, card, phone, iban, "
            + "or a regular expression to search for"),
        Mixed = fields.Optional("mixed", Scalars.Boolean, false,
            "Warns of a few numbers among words or words among numbers, several ways to say missing, "
            + "and special characters alone"),
    };

    static ColumnRule Times(ColumnRule rule, Fields fields) => rule with
    {
        Formats = fields.Maybe("format",
            new ListShape<string>(Scalars.Text, fewest: 1, orSingle: true, identity: format => format),
            ".NET date or time patterns of a text, one of which must fit"),
        NotInFuture = fields.Optional(
            "not-in-future", Scalars.Boolean, false, "No value after the run's --now"),
        Order = fields.Maybe("order",
            Scalars.OneOf(["increasing", "strictly-increasing", "decreasing", "strictly-decreasing"]),
            "How values follow each other from row to row"),
        Per = fields.Maybe(
            "per", Names.ColumnOrColumns, "Columns within whose equal values the order is asked"),
        MaxAgeSeconds = fields.MaybeValue(
            "max-age", Amounts.Duration, "Longest time from the newest value to the run's --now, as 7 days"),
        MaxGapSeconds = fields.MaybeValue(
            "max-gap", Amounts.Duration, "Longest time between consecutive values, as 1 day"),
    };

    static ColumnRule Wholes(ColumnRule rule, Fields fields)
    {
        var statistics = new List<StatisticRule>();
        foreach (var (name, description) in new[]
        {
            ("mean", "Where the mean must lie"), ("median", "Where the median must lie"),
            ("sd", "Where the standard deviation must lie"), ("sum", "Where the sum must lie"),
        })
            if (fields.Maybe(name, StatisticBounds, description) is { } bounds)
                statistics.Add(new StatisticRule(name, bounds));
        statistics.AddRange(
            fields.Maybe("quantiles", Quantiles,
                "Where quantiles must lie, by their share, as 0.95: { max: 100 }") ?? []);
        return rule with
        {
            Statistics = statistics.Count == 0 ? null : statistics,
            Distinct = fields.Maybe("distinct", Counts, "How many different values there may be"),
            MostShare = fields.MaybeValue(
                "most-share", Scalars.Share, "Largest share that one value may have, as 0.99"),
            ValuesIn = fields.Maybe("values-in", Literals,
                "The set of values is within these; a warning for the column, not for each row"),
            ValuesContain = fields.Maybe(
                "values-contain", Literals, "Each of these values comes at least once"),
            ValuesEqual = fields.Maybe("values-equal", Literals, "The set of values is exactly this"),
            References = fields.Maybe("references", Reference, "Where each value must be found"),
        };
    }

    static ColumnRule Suspicions(ColumnRule rule, Fields fields) => rule with
    {
        NewValues = fields.Optional("new-values", Scalars.Boolean, false,
            "Warns of values that the dataset accepted last does not have"),
        OutliersIqr = fields.MaybeValue("outliers-iqr", Scalars.Real(0, open: true),
            "Notes values more than so many interquartile ranges beyond the quartiles, as 3"),
        OutliersSd = fields.MaybeValue("outliers-sd", Scalars.Real(0, open: true),
            "Notes values more than so many standard deviations from the mean, as 4"),
    };
}
