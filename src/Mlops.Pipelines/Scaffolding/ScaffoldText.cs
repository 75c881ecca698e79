using System.Globalization;
using System.Text;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>The YAML of a new pipeline, with what was seen of the data as comments.</summary>
static class ScaffoldText
{
    /// <param name="source">As it goes under <c>data.sources</c>.</param>
    public static string Of(string name, string source, DataSurvey survey, Roles roles)
    {
        var text = new StringBuilder("# yaml-language-server: $schema=../pipeline.schema.json\n");
        text.Append(CultureInfo.InvariantCulture,
            $"# Made from {Comment(source)}: {survey.Extent}.")
            .Append(" Every value below is a suggestion to be looked at.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"name: {name}\n\n");
        AppendData(text, source, survey, roles);
        AppendValidate(text, survey, roles);
        AppendSplit(text, roles);
        AppendTrain(text, roles);
        AppendEvaluate(text, roles);
        return text.Append("package:\n  version: 0.1.0\n").ToString();
    }

    static void AppendData(StringBuilder text, string source, DataSurvey survey, Roles roles)
    {
        text.Append(CultureInfo.InvariantCulture, $"data:\n  sources: {YamlWord.Of(source)}\n");
        if (FormatLines(survey).ToList() is { Count: > 0 } lines)
            text.Append("  format:\n").AppendJoin("", lines);
        text.Append("  columns:\n");
        foreach (var column in survey.Columns)
            text.Append(CultureInfo.InvariantCulture,
                $"    {YamlWord.Key(column.Name)}: "
                + $"{ColumnText.Of(column.Column, column.Form, survey.Format)}{Seen(column)}\n");
        if (roles.Key is { } key)
            text.Append(CultureInfo.InvariantCulture,
                $"  key: {YamlWord.Of(key)}  # different in every row; never a feature\n");
        text.Append(CultureInfo.InvariantCulture,
            $"  quarantine: {{ max-share: {QuarantineShare(survey)} }}\n\n");
    }

    static IEnumerable<string> FormatLines(DataSurvey survey)
    {
        var format = survey.Format;
        if (format.Delimiter != ",")
            yield return format.Delimiter == "\t"
                ? "    delimiter: \"\\t\"\n"
                : $"    delimiter: \"{format.Delimiter}\"\n";
        if (format.Quote is null)
            yield return "    quote: \"\"\n";
        if (format.Encoding is not (null or "utf-8"))
            yield return $"    encoding: {format.Encoding}\n";
        if (format.SkipLines is { } titles)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"    skip-lines: {titles}  # fewer cells than in those below: they look like titles\n");
        if (!format.Header)
            yield return "    header: false\n";
        if (format.Missing is { Count: > 0 } missing)
            yield return $"    missing: [{string.Join(", ", missing.Select(YamlWord.Of))}]\n";
        if (format.DecimalSeparator != ".")
            yield return $"    decimal: \"{format.DecimalSeparator}\"\n";
    }

    static void AppendValidate(StringBuilder text, DataSurvey survey, Roles roles)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"validate:\n  rows: {{ min: {survey.Rows / 2} }}\n  columns:\n");
        foreach (var column in survey.Columns.Where(column => column.Name != roles.Key))
            if (SensibleChecks.Of(column) is { } rule)
                text.Append(CultureInfo.InvariantCulture, $"    {YamlWord.Key(column.Name)}: {rule}\n");
        text.Append('\n');
    }

    static void AppendSplit(StringBuilder text, Roles roles)
    {
        var method = roles.Task == LearningTask.Regression ? "random" : "stratified";
        text.Append(CultureInfo.InvariantCulture, $"split:\n  method: {method}\n  holdout-share: 0.2\n");
        if (roles.Time is { } time)
            text.Append(CultureInfo.InvariantCulture,
                $"  # If what is predicted lies ahead: method: time, column: {Comment(time)}\n");
        text.Append('\n');
    }

    static void AppendTrain(StringBuilder text, Roles roles)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"train:\n  task: {roles.Task.ToString().ToLowerInvariant()}\n");
        text.Append(CultureInfo.InvariantCulture, $"  label: {YamlWord.Of(roles.Label.Name)}")
            .Append(roles.LabelIsGuess ? "  # a guess: nobody named it\n" : "\n");
        if (roles.Excluded.Count > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"  features:\n    exclude: [{string.Join(", ", roles.Excluded.Select(YamlWord.Of))}]  # "
                + $"different in nearly every row\n");
        text.Append("  trainer: fast-tree\n\n");
    }

    static void AppendEvaluate(StringBuilder text, Roles roles)
    {
        var metric = roles.Task switch
        {
            LearningTask.Binary => "auc",
            LearningTask.Multiclass => "accuracy",
            _ => "rmse",
        };
        text.Append("evaluate:\n  gates:\n")
            .Append(CultureInfo.InvariantCulture, $"    - {{ metric: {metric}, beats-baseline: true }}\n\n");
    }

    static string Seen(SurveyedColumn column)
    {
        var profile = column.Profile;
        var missing = profile.Missing > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {column.MissingShare:P1} missing")
            : "";
        var values = column.IsUnique ? "a value of its own in each row"
            : column.IsNumber && profile is { Min: { } min, Max: { } max }
                ? $"{SensibleChecks.Number(min)} to {SensibleChecks.Number(max)}"
            : (profile.DistinctIsExact ? "" : "about ") + Counted.Of(profile.Distinct, "value", "values");
        var signs = column.Form is { } form ? $"; {form.Evidence(hides: false)}" : "";
        return $"  # {values}{missing}{signs}";
    }

    /// <summary>None where none was needed; else twice what was.</summary>
    static string QuarantineShare(DataSurvey survey) => survey.QuarantinedRows == 0 ? "0"
        : SensibleChecks.Number(Math.Min(1, Math.Ceiling(
            2000.0 * survey.QuarantinedRows / (survey.Rows + survey.QuarantinedRows)) / 1000));

    /// <summary>On one line, whatever a file or a column is called.</summary>
    static string Comment(string text) =>
        string.Concat(text.Select(letter =>
            char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
