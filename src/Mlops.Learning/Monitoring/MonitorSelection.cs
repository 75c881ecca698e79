using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Monitoring;

/// <summary>What is read and compared, checked before anything is read.</summary>
/// <param name="Columns">What is compared: all but the time column and the excluded ones, in table order.</param>
public sealed record MonitorSelection(TimeRange Reference, TimeRange Current, IReadOnlyList<string> Columns)
{
    /// <summary>The column that a model's predictions are compared as.</summary>
    public const string Prediction = "(prediction)";

    /// <exception cref="ProblemException">
    /// The time column is absent or no time (MONITOR-001), a bound is not of its type (MONITOR-002), a window
    /// ends before it begins (MONITOR-003), an excluded column is unknown or a name is taken (MONITOR-004):
    /// all at once.
    /// </exception>
    public static MonitorSelection Of(MonitorInput input)
    {
        var schema = input.Table.Schema;
        var names = schema.Columns.Select(column => column.Name).ToList();
        var problems = new List<Problem>();
        problems.AddRange(input.Monitor.Exclude.Where(name => !names.Contains(name)).Select(name => new Problem(
            "MONITOR-004", $"There is no column '{name}' to exclude.",
            Expected: NearestNames.Perhaps(name, names), Next: "Correct monitor.exclude.")));
        if (names.Contains(Prediction))
            problems.Add(new Problem(
                "MONITOR-004", $"A column is called '{Prediction}', as the model's predictions are.",
                Next: "Rename the column."));
        if (TimeColumn(schema, input.Time, names, problems) is not { } type)
            throw new ProblemException(problems);
        var reference = TimeRange.Parse(input.Monitor.Reference, "reference", type, problems);
        var current = TimeRange.Parse(input.Monitor.Current, "current", type, problems);
        return problems.Count == 0
            ? new MonitorSelection(reference, current, [.. names.Except([.. input.Monitor.Exclude, input.Time])])
            : throw new ProblemException(problems);
    }

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
