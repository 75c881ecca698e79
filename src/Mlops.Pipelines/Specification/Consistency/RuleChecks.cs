using Mlops.Data.Validation;
using Mlops.Data.Validation.Expressions;
using Mlops.Pipelines.Specification.Sections;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Each check says all that it needs, and nothing that contradicts itself.</summary>
static class RuleChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        IReadOnlyList<string>? columns = pipeline.Data is { Columns: { } declared, Derive: null }
            && checks.IsSound("data.columns")
            ? [.. declared.Select(column => column.Name)]
            : null;
        foreach (var rule in pipeline.Validate.Columns)
            CheckColumn(rule, YamlPath.Of("validate.columns", rule.Column), columns, checks);
        foreach (var (index, rule) in (pipeline.Validate.Checks ?? []).Index())
            CheckTable(rule, YamlPath.Of("validate.checks", index), columns, checks);
    }

    static void CheckColumn(ColumnRule rule, string path, IReadOnlyList<string>? columns, CrossChecks checks)
    {
        if ((rule.Above ?? rule.Below) is not null && (rule.Above ?? rule.Min) > (rule.Below ?? rule.Max))
            checks.Contradiction(path, "No value is acceptable", "a lower bound of at most the upper one",
                FormattableString.Invariant($"{rule.Above ?? rule.Min} and {rule.Below ?? rule.Max}"));
        if ((rule.Min is not null && rule.Above is not null)
            || (rule.Max is not null && rule.Below is not null))
            checks.Contradiction(path, "A bound is given twice", "min or above, max or below", "both");
        if (rule.SetMinShare is not null && rule.Set is null)
            checks.Contradiction(path + ".set-min-share", "There is no set to be in",
                "a set", null, "add set, or remove set-min-share");
        if (rule.Per is not null && rule.Order is null)
            checks.Contradiction(path + ".per", "There is no order to ask for",
                "an order", null, "add order: increasing, or remove per");
        if (rule.References is { } reference)
            CheckReference(reference, path + ".references", checks);
        if (rule.SetMinShare is null)
            CheckTolerance(
                new Threshold(rule.FailAbove, rule.FailAboveRows),
                new Threshold(rule.WarnAbove, rule.WarnAboveRows), path, checks);
        var statistics = rule.Statistics ?? [];
        foreach (var statistic in statistics.Where(one => one.At is not (null or (>= 0 and <= 1))))
            checks.Contradiction(
                path + ".quantiles", "A quantile has no such share", "a number from 0 to 1, as 0.95");
        if (rule.CompleteIf is { } condition)
            CheckText(condition, path + ".complete-if", columns, checks);
    }

    static void CheckReference(ReferenceRule reference, string path, CrossChecks checks)
    {
        if (reference.Pipeline is null == reference.File is null)
            checks.Contradiction(path, "A reference leads to one place", "pipeline or file",
                reference.File is null ? "neither" : "both");
        else if (reference is { Format: not null, File: null })
            checks.Contradiction(path + ".format", "Only a file has a format", "no format",
                "a pipeline", "remove the format");
        else if (reference.Format is { } format)
            FormatChecks.CheckCells(path + ".format", format, checks);
    }

    static void CheckTable(TableRule rule, string path, IReadOnlyList<string>? columns, CrossChecks checks)
    {
        string[] asked = [.. new (string Name, bool Asked)[]
        {
            ("rule", rule.Rule is not null), ("unique", rule.Unique is not null),
            ("duplicates", rule.Duplicates is not null), ("class-balance", rule.ClassBalance is not null),
            ("conflicting-labels", rule.ConflictingLabels), ("correlation", rule.Correlation is not null),
            ("drift", rule.Drift is not null), ("custom", rule.Custom is not null),
        }.Where(kind => kind.Asked).Select(kind => kind.Name)];
        if (asked.Length != 1)
            checks.Contradiction(path, "A check asks for one thing",
                "one of rule, unique, duplicates, class-balance, conflicting-labels, "
                + "correlation, drift, custom",
                asked.Length == 0 ? "none of them" : string.Join(" and ", asked),
                "write one list item per check");
        CheckTolerance(
            new Threshold(rule.FailAbove, rule.FailAboveRows),
            new Threshold(rule.WarnAbove, rule.WarnAboveRows), path, checks);
        if (rule.Rule is { } text)
            CheckText(text, checks.IsWritten(path + ".rule") ? path + ".rule" : path, columns, checks);
    }

    /// <summary>A share and a count cannot be compared without rows, but for nothing at all.</summary>
    static void CheckTolerance(Threshold fail, Threshold warn, string path, CrossChecks checks)
    {
        var isNeverReached = fail.Rows is { } rows
            ? warn.Rows >= rows || rows == 0
            : warn.Share >= fail.Share || fail.Share == 0;
        if (isNeverReached && (warn.Share > 0 || warn.Rows > 0) && checks.IsSound(path + ".fail-above"))
            checks.Contradiction(path + ".warn-above", "The check is broken before it would be a warning",
                "less than fail-above, which is 0 when left out", null,
                "write fail-above for what is let pass, and warn-above for less than that");
    }

    static void CheckText(string text, string path, IReadOnlyList<string>? columns, CrossChecks checks)
    {
        if (RuleText.Fault(text, columns) is { } fault)
            checks.Contradiction(
                path, YamlPath.Printable(fault.What.TrimEnd('.')), fault.Expected ?? "an expression",
                YamlPath.Printable(fault.Actual ?? ""), fault.Next);
    }
}
