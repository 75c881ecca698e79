using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>validate</c>.</summary>
static class ValidateSection
{
    internal static readonly Shape<Severity> AnySeverity = Scalars.OneOf(
        ("info", Severity.Info), ("warn", Severity.Warn), ("error", Severity.Error));

    static readonly Shape<Severity?> SeverityOrOff = Scalars.OneOf<Severity?>(
        ("info", Severity.Info), ("warn", Severity.Warn), ("error", Severity.Error), ("off", null));

    static readonly SectionShape<RowsRule> Rows = new(fields => new RowsRule(
        fields.MaybeValue("min", Scalars.Whole(0), "Fewest rows that are acceptable"),
        fields.MaybeValue("max", Scalars.Whole(0), "Most rows that are acceptable"),
        fields.MaybeValue("min-change", Scalars.Real(0),
            "Least acceptable number of rows over that of the dataset accepted last, as 0.5"),
        fields.MaybeValue("max-change", Scalars.Real(0),
            "Largest acceptable number of rows over that of the dataset accepted last, as 2")));

    static readonly SectionShape<SchemaRule> Schema = new(fields => new SchemaRule(
        fields.Required("columns", Names.Columns, "The columns that must be there; names are exact"),
        fields.Optional("extra", SeverityOrOff, Severity.Warn, "What other columns mean"),
        fields.Optional("order", SeverityOrOff, null, "What another order of the columns means")));

    static readonly SectionShape<LeakageRule> Leakage = new(fields =>
    {
        var byDefault = new LeakageRule();
        return new LeakageRule(
            fields.Optional("key", SeverityOrOff, byDefault.Key,
                "What a key, or an entity, on both sides of the split means"),
            fields.Maybe("entity", Names.ColumnOrColumns,
                "Columns that say what a row is about, if it is not the key"),
            fields.Optional("time", SeverityOrOff, byDefault.Time,
                "What training rows mean that are not older than all of the holdout"),
            fields.Optional(
                "label", SeverityOrOff, byDefault.Label, "What a feature means that alone tells the label"),
            fields.Optional("auc", Scalars.Real(0.5, 1), byDefault.Auc,
                "Area under the ROC curve from which one feature tells too much"),
            fields.Optional("power", Scalars.Share, byDefault.Power,
                "Predictive power from which one feature tells too much"));
    });

    static readonly SectionShape<QuarantineLimit> Quarantine = new(fields => new QuarantineLimit(
        fields.MaybeValue(
            "max-share", Scalars.Share, "Largest share of a source's rows that checks may take out"),
        fields.MaybeValue("max-count", Scalars.Whole(0), "Most rows of a source that checks may take out")));

    static readonly NamedShape<IReadOnlyList<ColumnRule>> Columns = new(
        column => new OneOrMore<ColumnRule>(
            new SectionShape<ColumnRule>(fields => ColumnRules.Read(column, fields))),
        "column names and checks");

    static readonly ListShape<TableRule> Checks = new(TableRules.Shape);

    /// <summary>The rules without the key, which is declared with the data.</summary>
    public static SectionShape<ValidationRules> Shape { get; } = new(fields =>
    {
        var rows = fields.Section("rows", Rows, "How many rows there may be");
        var overlap = fields.Optional("overlap", SeverityOrOff, Severity.Warn,
            "What rows mean that stand in both the training split and the holdout");
        return new ValidationRules(
            [], rows.Min, rows.Max, overlap,
            [.. (fields.Maybe("columns", Columns, "Checks by column; a list of them where severities differ")
                ?? []).SelectMany(rules => rules)],
            RowChange: (rows.MinChange ?? rows.MaxChange) is null
                ? null
                : new Bounds(rows.MinChange, rows.MaxChange),
            Schema: fields.Maybe("schema", Schema, "Which columns there must be"),
            Leakage: fields.Maybe(
                "leakage", Leakage, "How leakage between training, holdout and label is judged"),
            Checks: fields.Maybe(
                "checks", Checks, "Checks of several columns or of the whole; a bare text is a rule"),
            Quarantine: fields.Maybe(
                "quarantine", Quarantine, "How many rows the checks may take out of a source"),
            Redact: fields.Maybe(
                "redact", Names.ColumnOrColumns, "Columns whose values no report and no quarantine shows"));
    });

    sealed record RowsRule(int? Min, int? Max, double? MinChange, double? MaxChange);
}
