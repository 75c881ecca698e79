namespace Mlops.Data.Validation;

/// <summary>What a dataset must keep to.</summary>
/// <param name="Key">Columns that together identify a row; empty for none.</param>
/// <param name="MinRows">Fewest rows that are acceptable.</param>
/// <param name="MaxRows">Most rows that are acceptable.</param>
/// <param name="Overlap">Severity of rows that stand in both the training split and the holdout (all columns
/// but the key equal); null does not check.</param>
/// <param name="MatrixColumn">The column that the dataset is a cell of: it has one value by right.</param>
/// <param name="RowChange">Rows now over rows of the last accepted dataset.</param>
/// <param name="Schema">Which columns there must and may be; null asks for none.</param>
/// <param name="Leakage">Null makes the leakage checks with their defaults.</param>
/// <param name="Checks">Checks of several columns or of the whole.</param>
/// <param name="Quarantine">How many rows the checks may take out of one source; null sets no limit.</param>
/// <param name="Redact">Columns whose values are shown to nobody.</param>
/// <param name="MayBeEmpty">A column that may have no values by right, as a label that comes later.</param>
public sealed record ValidationRules(
    IReadOnlyList<string> Key,
    long? MinRows,
    long? MaxRows,
    Severity? Overlap,
    IReadOnlyList<ColumnRule> Columns,
    string? MatrixColumn = null,
    Bounds? RowChange = null,
    SchemaRule? Schema = null,
    LeakageRule? Leakage = null,
    IReadOnlyList<TableRule>? Checks = null,
    QuarantineLimit? Quarantine = null,
    IReadOnlyList<string>? Redact = null,
    string? MayBeEmpty = null)
{
    /// <summary>Whether a rule asks what the dataset accepted last was like.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ComparesWithPrevious => RowChange is not null
        || Columns.Any(rule =>
            rule.NewValues || (rule.Statistics ?? []).Any(statistic => statistic.Bounds.WithinSd is not null))
        || (Checks ?? []).Any(rule => rule.Drift is not null);

    /// <summary>Whether a rule asks what time it is.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool AsksForNow => Columns.Any(rule => rule.NotInFuture || rule.MaxAgeSeconds is not null);
}

public enum Severity
{
    /// <summary>Told, and that is all: what a machine proposed and nobody accepted yet.</summary>
    Info,
    Warn,
    Error,
}

/// <param name="WithinSd">How many standard deviations of the baseline it may lie off the
/// baseline's value.</param>
public sealed record Bounds(double? Min = null, double? Max = null, double? WithinSd = null);

/// <param name="Columns">The columns that there must be; null for none in particular.</param>
/// <param name="Extra">Severity of columns that are not among them; null allows them.</param>
/// <param name="Order">Severity of another order; null allows any.</param>
public sealed record SchemaRule(
    IReadOnlyList<string>? Columns, Severity? Extra = Severity.Warn, Severity? Order = null);

/// <summary>How leakage between training split, holdout and label is judged.</summary>
/// <param name="Key">Severity of a key, or an entity, that is on both sides of the split;
/// null does not check.</param>
/// <param name="Entity">Columns that identify what rows are about, where that is not the key;
/// null for none.</param>
/// <param name="Time">Severity of training rows that are not older than all of the holdout;
/// null does not check.</param>
/// <param name="Label">Severity of a feature that alone tells the label; null does not check.</param>
/// <param name="Auc">Area under the ROC curve in [0.5, 1] from which one feature tells too much.</param>
/// <param name="Power">Predictive power in [0, 1] from which one feature tells too much.</param>
public sealed record LeakageRule(
    Severity? Key = Severity.Error,
    IReadOnlyList<string>? Entity = null,
    Severity? Time = Severity.Warn,
    Severity? Label = Severity.Warn,
    double Auc = 0.99,
    double Power = 0.8);

/// <param name="MaxShare">Largest share of a source's rows in [0, 1] that checks may take out.</param>
/// <param name="MaxCount">Most of its rows.</param>
public sealed record QuarantineLimit(double? MaxShare = null, long? MaxCount = null);
