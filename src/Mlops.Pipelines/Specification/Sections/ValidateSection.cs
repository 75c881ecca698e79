using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>validate</c>.</summary>
static class ValidateSection
{
    static readonly Shape<Severity> AnySeverity = Scalars.OneOf(("warn", Severity.Warn), ("error", Severity.Error));

    static readonly Shape<Severity?> SeverityOrOff = Scalars.OneOf<Severity?>(
        ("warn", Severity.Warn), ("error", Severity.Error), ("off", null));

    static readonly SectionShape<(int? Min, int? Max)> Rows = new(fields => (
        fields.MaybeValue("min", Scalars.Whole(0), "Fewest rows that are acceptable"),
        fields.MaybeValue("max", Scalars.Whole(0), "Most rows that are acceptable")));

    static readonly NamedShape<ColumnRule> Columns = new(
        column => new SectionShape<ColumnRule>(fields => ReadRule(column, fields)), "column names and checks");

    /// <summary>The rules without the key, which is declared with the data.</summary>
    public static SectionShape<ValidationRules> Shape { get; } = new(fields =>
    {
        var (min, max) = fields.Section("rows", Rows, "How many rows there may be");
        return new ValidationRules(
            [], min, max,
            fields.Optional("overlap", SeverityOrOff, Severity.Warn,
                "What rows mean that stand in both the training split and the holdout"),
            fields.Maybe("columns", Columns, "Checks by column") ?? []);
    });

    static ColumnRule ReadRule(string column, Fields fields) => new(
        column,
        fields.Optional("severity", AnySeverity, Severity.Error,
            "error rejects the dataset, warn only says so"),
        fields.MaybeValue("type", Names.Kind, "The type that the column must have"),
        fields.MaybeValue("missing-max-share", Scalars.Share, "Largest acceptable share of missing cells"),
        fields.MaybeValue("min", Scalars.AnyReal, "Lowest acceptable value"),
        fields.MaybeValue("max", Scalars.AnyReal, "Highest acceptable value"),
        fields.Maybe("set", new ListShape<string>(Scalars.Literal, fewest: 1, identity: value => value),
            "The only acceptable values"),
        fields.Maybe("pattern", Scalars.Text, "A regular expression that must match the whole text"),
        fields.Optional("unique", Scalars.Boolean, false, "No value may come twice"),
        fields.Optional("fail-above", Scalars.Share, 0,
            "Share of rows that may break a check before it counts"));
}
