using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Monitoring;

/// <summary>What is read and compared, checked before anything is read.</summary>
/// <param name="Columns">What is compared: all but the time column and the excluded ones,
/// in table order.</param>
/// <param name="Absent">Columns of the package's profile that the table lacks.</param>
public sealed record MonitorSelection(
    TimeRange Reference, TimeRange Current, IReadOnlyList<string> Columns, IReadOnlyList<string> Absent)
{
    /// <summary>The column that a model's predictions are compared as.</summary>
    public const string Prediction = "(prediction)";

    /// <param name="profile">What a package remembers, where the reference is that.</param>
    /// <exception cref="ProblemException">
    /// The time column is absent or no time (MONITOR-001), a bound is not of its type (MONITOR-002), a window
    /// ends before it begins (MONITOR-003), an excluded column or one with thresholds is unknown or a name is
    /// taken (MONITOR-004): all at once.
    /// </exception>
    public static MonitorSelection Of(MonitorInput input, ReferenceProfile? profile = null)
    {
        var names = input.Table.Schema.Columns.Select(column => column.Name).ToList();
        var problems = Unknown(input.Monitor, names).ToList();
        if (names.Contains(Prediction))
            problems.Add(new Problem(
                "MONITOR-004", $"A column is called '{Prediction}', as the model's predictions are.",
                Next: "Rename the column."));
        if (TimeColumn(input.Table.Schema, input.Time, names, problems) is not { } type)
            throw new ProblemException(problems);
        var reference = profile is null
            ? TimeRange.Parse(input.Monitor.Reference, "reference", type, problems)
            : TimeRange.Nothing;
        var current = TimeRange.Parse(input.Monitor.Current, "current", type, problems);
        if (problems.Count > 0)
            throw new ProblemException(problems);
        string[] left = [.. names.Except([.. input.Monitor.Exclude, input.Time])];
        string[] remembered = profile is null
            ? left
            : [.. profile.Training.Columns.Select(column => column.Column)];
        return new MonitorSelection(
            reference, current, [.. left.Intersect(remembered)],
            // Without labels there is drift to tell, but no performance.
            [.. remembered.Except(names).Where(name => name != input.Model?.Train.Label)]);
    }

    static IEnumerable<Problem> Unknown(MonitorSpecification monitor, List<string> names) => monitor.Exclude
        .Where(name => !names.Contains(name))
        .Select(name => new Problem(
            "MONITOR-004", $"There is no column '{name}' to exclude.",
            Expected: NearestNames.Perhaps(name, names), Next: "Correct monitor.exclude."))
        .Concat((monitor.Thresholds.Columns ?? [])
            .Where(own => own.Column != Prediction && !names.Contains(own.Column))
            .Select(own => new Problem(
                "MONITOR-004", $"There is no column '{own.Column}' to set thresholds for.",
                Expected: NearestNames.Perhaps(own.Column, names), Next: "Correct monitor.columns.")));

    static ColumnType? TimeColumn(TableSchema schema, string time, List<string> names, List<Problem> problems)
    {
        var type = schema.Find(time)?.Type;
        if (type?.IsTime() == true)
            return type;
        problems.Add(type is null
            ? new Problem("MONITOR-001", $"There is no time column '{time}'.",
                Expected: NearestNames.Perhaps(time, names), Next: "Correct data.time.")
            : new Problem("MONITOR-001", $"The time column '{time}' holds no times.",
                Expected: "a date or a timestamp", Actual: type.ToString(),
                Next: "Declare its type and format under data.columns."));
        return null;
    }
}
