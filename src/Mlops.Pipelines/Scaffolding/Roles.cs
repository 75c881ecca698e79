using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>Which column is what.</summary>
/// <param name="LabelIsGuess">Nobody named it.</param>
/// <param name="Key">Null where no column identifies a row.</param>
/// <param name="Excluded">Texts that are different in nearly every row.</param>
/// <param name="Time">A column of days or moments; null where there is none.</param>
sealed record Roles(
    SurveyedColumn Label, bool LabelIsGuess, LearningTask Task,
    string? Key, IReadOnlyList<string> Excluded, string? Time)
{
    /// <summary>More numbers than these are measured, not told apart.</summary>
    const int MostClassesOfNumbers = 10;
    const int MostClassesOfText = 50;

    static readonly string[] LabelNames =
    [
        "target", "label", "class", "outcome", "y", "churn", "churned", "species", "price",
    ];

    /// <exception cref="ProblemException">There is no such column,
    /// or none that could be predicted (PIPE-012).</exception>
    public static Roles Of(DataSurvey survey, string? label)
    {
        var chosen = label is null ? Guess(survey) : Find(survey, label);
        var key = survey.Columns
            .FirstOrDefault(column => column != chosen && column.IsUnique && IsIdentifier(column))?.Name;
        return new Roles(
            chosen, label is null, TaskOf(chosen)!.Value, key,
            [.. survey.Columns.Where(column => column != chosen && column.Name != key
                && column.IsNearlyUniqueText).Select(column => column.Name)],
            survey.Columns.FirstOrDefault(column =>
                column.Type.IsTime() && column.MissingShare == 0)?.Name);
    }

    static SurveyedColumn Find(DataSurvey survey, string label)
    {
        string[] names = [.. survey.Columns.Select(column => column.Name)];
        var found = survey.Columns.FirstOrDefault(column => column.Name == label)
            ?? throw new ProblemException(new Problem(
                "PIPE-012", $"The file has no column '{label}' to predict.",
                Expected: NearestNames.Perhaps(label, names), Next: "Name one of its columns with --label."));
        return TaskOf(found) is not null ? found : throw new ProblemException(new Problem(
            "PIPE-012", $"The column '{label}' cannot be predicted.",
            Expected: "two or more values, each of several rows, or numbers",
            Actual: Counted.Plain(found.Profile.Distinct, "value", "values")
                    + $" of type {found.Type.ToString().ToLowerInvariant()}",
            Next: "Name another column with --label."));
    }

    /// <summary>A column with a telling name, or the last one that can be predicted.</summary>
    static SurveyedColumn Guess(DataSurvey survey)
    {
        var possible = survey.Columns.Where(column =>
            TaskOf(column) is not null && !(column.IsUnique && IsIdentifier(column))).ToList();
        return LabelNames.Select(name => possible.FirstOrDefault(column =>
                string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)))
                    .FirstOrDefault(found => found is not null)
            ?? possible.LastOrDefault() ?? throw new ProblemException(new Problem(
                "PIPE-012", "The file has no column that could be predicted.",
                Next: "Name one with --label."));
    }

    /// <returns>Null where the column cannot be predicted.</returns>
    static LearningTask? TaskOf(SurveyedColumn column) => column switch
    {
        { Profile.Distinct: < 2 } => null,
        { Profile.Distinct: 2 } => LearningTask.Binary,
        _ when column.Type.IsInteger() => column.Profile.Distinct > MostClassesOfNumbers
            ? LearningTask.Regression
            : LearningTask.Multiclass,
        { IsNumber: true } => LearningTask.Regression,
        { Type: ColumnType.Text, Profile.Distinct: <= MostClassesOfText, IsNearlyUniqueText: false } =>
            LearningTask.Multiclass,
        _ => null,
    };

    static bool IsIdentifier(SurveyedColumn column) => column.Type == ColumnType.Text
        || (column.Type.IsInteger()
            && (column.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
                || column.Name is "key" or "number" or "instant"));
}
