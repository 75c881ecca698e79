using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>What every check may look at.</summary>
/// <param name="Profile">Of the whole dataset.</param>
/// <param name="Baseline">The profile of the dataset accepted last; null where there is none.</param>
sealed record CheckScope(
    StageContext Context, ValidateInput Input, PartProfile Profile, PartProfile? Baseline)
{
    public const string NoBaseline = "no dataset was accepted before";
    public const string NoMoment = "the run was not told what time it is: give --now";

    public TableSchema Schema => Input.Table.Schema;

    public IReadOnlyList<string> Columns => [.. Schema.Columns.Select(column => column.Name)];

    public ColumnSketch Sketch(string column) => Profile.Columns[Schema.IndexOf(column)];

    public ColumnSketch? BaselineOf(string column) =>
        Baseline?.Columns.FirstOrDefault(sketch => sketch.Name == column) is { } sketch
            && sketch.Numbers is null == (Sketch(column).Numbers is null) ? sketch : null;

    /// <summary>Why <see cref="BaselineOf"/> is null.</summary>
    public string NoBaselineOf(string column) =>
        Baseline is null ? NoBaseline
        : Baseline.Columns.FirstOrDefault(sketch => sketch.Name == column) is { } sketch
            ? $"{column} was {sketch.Type} in the dataset accepted last"
            : $"the dataset accepted last has no column {column}";

    /// <summary>What the run was told the time is, in seconds since 1970 UTC.</summary>
    public double? NowSeconds => RunMoment.Seconds(Input.Now);

    /// <summary>
    /// Columns that a model may learn from: neither the label nor key, time and matrix columns.
    /// </summary>
    public IReadOnlyList<string> Features => Input.Learning is not { } learning
        ? [.. Columns.Except(Input.Rules.Key)]
        : [.. Columns.Where(column => learning.Features?.Contains(column) ?? true)
            .Except(learning.Exclude).Except([learning.Label])];

    /// <summary>Of each row what the split made of it; null without a split.</summary>
    public byte[]? Roles()
    {
        if (Input.Assignment is null)
            return null;
        var roles = File.ReadAllBytes(Context.Locate(Input.Assignment));
        return roles.Length == Input.Table.RowCount ? roles : throw new ProblemException(new Problem(
            "VALIDATE-005", "The split is not of this dataset.",
            Expected: $"{Input.Table.RowCount} rows", Actual: $"{roles.Length}"));
    }
}

/// <summary>A check that has its answer, or one that asks each row for it.</summary>
/// <param name="Finding">The answer; null where rows are asked.</param>
/// <param name="Question">What rows are asked; null where the answer is known.</param>
sealed record Asked(Finding? Finding, RowQuestion? Question)
{
    public static Asked Known(Finding finding) => new(finding, null);

    public static Asked Known(CheckOutcome outcome) => Known(new Finding(outcome));

    /// <summary>The answer of a check of a column as a whole, whose values it may quote.</summary>
    public static Asked OfWhole(CheckOutcome outcome, string column) =>
        Known(new Finding(outcome, Quoted: [column]));

    public static Asked NotRun(CheckTerms terms, string why) => Known(Outcomes.NotRun(terms, why));

    public static Asked OfRows(RowQuestion question) => new(null, question);

    /// <summary>A check of the values of one column.</summary>
    public static Asked OfColumn(CheckTerms terms, string column, RowCheck check) =>
        OfRows(new RowQuestion([column], check, found => Outcomes.OfRows(terms, found, column)));
}

/// <param name="Columns">What the check looks at, the tested column first.</param>
/// <param name="Conclude">From what was found in all rows to the answer.</param>
sealed record RowQuestion(IReadOnlyList<string> Columns, RowCheck Check, Func<RowTally, Finding> Conclude);
