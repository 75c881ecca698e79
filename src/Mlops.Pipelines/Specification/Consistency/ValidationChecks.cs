using System.Text.RegularExpressions;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>The columns' declarations and rules can be kept.</summary>
static class ValidationChecks
{
    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        var rules = pipeline.Validate;
        if (rules.MinRows > rules.MaxRows)
            checks.Contradiction("validate.rows", "No number of rows is acceptable", "min of at most max",
                $"min {rules.MinRows}, max {rules.MaxRows}");
        FormatChecks.Run(pipeline.Data, checks);
        foreach (var column in pipeline.Data.Columns ?? [])
            CheckDeclaration(column, checks);
        foreach (var rule in rules.Columns)
            CheckRule(rule, YamlPath.Of("validate.columns", rule.Column),
                pipeline.Data.Columns?.FirstOrDefault(column => column.Name == rule.Column)?.Type, checks);
        RuleChecks.Run(pipeline, checks);
    }

    static void CheckDeclaration(ColumnDeclaration column, CrossChecks checks)
    {
        var path = YamlPath.Of("data.columns", column.Name);
        var type = $"type {column.Column().TypeWord}";
        if (column.Levels is not null && column.Type != ColumnType.Category)
            checks.Contradiction(path + ".levels", "Only categories have levels", "no levels",
                type, "remove the levels or make it a category");
        if (column.Zone is not null && column.Type != ColumnType.Instant)
            checks.Contradiction(path + ".zone", "Only a timestamp with zone has a zone", "no zone",
                type, "remove the zone or make it a timestamp with zone");
    }

    static void CheckRule(ColumnRule rule, string path, ColumnType? declared, CrossChecks checks)
    {
        if (rule.Min > rule.Max)
            checks.Contradiction(path, "No value is acceptable", "min of at most max",
                FormattableString.Invariant($"min {rule.Min}, max {rule.Max}"));
        if (declared is not null && rule.Type is not null && !rule.Type.Value.Holds(declared.Value))
            checks.Contradiction(
                path + ".type", "The column is declared with another type", Say(declared.Value),
                Say(rule.Type.Value), "remove the rule's type or change data.columns");
        if ((rule.Type ?? declared)?.IsText() == true && (rule.Min ?? rule.Max) is not null)
            checks.Contradiction($"{path}.{(rule.Min is null ? "max" : "min")}",
                "Text has no smallest and largest value",
                "a numeric column", "type text", "use set or pattern");
        if (rule.Pattern is not null)
            CheckPattern(rule.Pattern, path + ".pattern", checks);
        foreach (var kind in rule.Pii ?? [])
            CheckPattern(kind, path + ".pii", checks);
    }

    static void CheckPattern(string pattern, string path, CrossChecks checks)
    {
        if (PatternFault(pattern) is { } fault)
            checks.Contradiction(path, "The pattern cannot be used",
                "a regular expression without look-around and back-references", fault);
    }

    /// <remarks>
    /// The engine that never backtracks takes long to start, and refuses only what begins with a group option
    /// or refers back: other patterns are merely parsed.
    /// </remarks>
    static string? PatternFault(string pattern)
    {
        var special = pattern.Contains("(?", StringComparison.Ordinal)
            || pattern.Contains('\\', StringComparison.Ordinal);
        try
        {
            _ = new Regex(pattern,
                (special ? RegexOptions.NonBacktracking : RegexOptions.None) | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return YamlPath.Printable(fault.Message);
        }
    }

    static string Say(ColumnType type) => DeclaredType.Word(type);
}
