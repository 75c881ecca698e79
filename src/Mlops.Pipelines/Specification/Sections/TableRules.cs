using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>One of <c>validate.checks</c>.</summary>
static class TableRules
{
    public static SectionShape<TableRule> Shape { get; } = new(fields =>
    {
        var fail = fields.Maybe("fail-above", Amounts.Threshold,
            "Share, or number, of rows that may break the check before it counts; 0 when left out");
        var warn = fields.Maybe("warn-above", Amounts.Threshold,
            "Share, or number, of rows that may break the check before it is a warning");
        return new TableRule(
            fields.Maybe("name", Scalars.Text, "What the check is called in reports"),
            fields.MaybeValue("severity", ValidateSection.AnySeverity,
                "error rejects the dataset, warn says so, info only notes it; "
                + "each check has its own where left out"),
            fail?.Share ?? 0, fail?.Rows, warn?.Share, warn?.Rows,
            fields.Maybe("rule", Scalars.Text,
                "An expression that must be true in each row, as price <= list-price"),
            fields.Maybe("unique", Names.ColumnOrColumns, "Columns that together may not come twice"),
            fields.Maybe("duplicates", Names.ColumnOrColumns,
                "Columns in which no row may equal an earlier one; all for all of them"),
            fields.MaybeValue("class-balance", Scalars.Share,
                "Least rows of the rarest label over those of the most frequent, as 0.1"),
            fields.Optional(
                "conflicting-labels", Scalars.Boolean, false, "Rows with equal features have one label"),
            fields.MaybeValue(
                "correlation", Scalars.Share, "|r| from which two numeric features say the same, as 0.9"),
            fields.Maybe("drift", Names.ColumnOrColumns,
                "Columns that must be distributed as in the dataset accepted last; all for all of them"),
            fields.Maybe("custom", Scalars.Text, "A check of the build in build/Checks, by name"));
    }, shorthand: "rule");
}
