using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>Raw columns in the form in which every model reads them, in training as in scoring.</summary>
/// <param name="Numbers">The slots of the numeric vector; NaN is missing.</param>
/// <param name="Categories">One text column each; empty text is missing.</param>
sealed record FeatureInput(
    int RowCount, IReadOnlyList<NumberSlot> Numbers, IReadOnlyList<CategoryColumn> Categories)
{
    public static FeatureInput Of(
        Table table, IReadOnlyList<FeatureColumn> columns, IReadOnlyList<DatePart> dateParts)
    {
        CheckColumns(table.Schema, columns);
        return new FeatureInput(
            table.RowCount,
            [.. columns.SelectMany(column => Slots(table[column.Column], column, dateParts))],
            [.. columns.Where(IsCategory)
                .Select(column => new CategoryColumn(column.Column, table[column.Column]))]);
    }

    static bool IsCategory(FeatureColumn column) => column.Kind is FeatureKind.OneHot or FeatureKind.Hash;

    static IEnumerable<NumberSlot> Slots(
        ColumnValues values, FeatureColumn column, IReadOnlyList<DatePart> dateParts) =>
        column.Kind switch
        {
            FeatureKind.Number => [new NumberSlot(column.Column, Floats(values))],
            FeatureKind.DateParts => DateParts.Of(column.Type, dateParts)
                .Select(part =>
                    new NumberSlot(DateParts.SlotName(column.Column, part), DateParts.Take(values, part))),
            _ => [],
        };

    /// <summary>Numbers that single precision cannot hold count as missing.</summary>
    static float[] Floats(ColumnValues values)
    {
        var floats = new float[values.Count];
        for (var row = 0; row < floats.Length; row++)
            floats[row] = (float)values.Number(row) is var number && float.IsFinite(number)
                ? number
                : float.NaN;
        return floats;
    }

    static void CheckColumns(TableSchema schema, IReadOnlyList<FeatureColumn> columns)
    {
        var problems = columns.Select(column => Mismatch(schema, column)).OfType<Problem>().ToList();
        if (problems.Count > 0)
            throw new ProblemException(problems);
    }

    static Problem? Mismatch(TableSchema schema, FeatureColumn column) => schema.Find(column.Column) switch
    {
        null => new Problem("SCORE-001", $"The model needs column '{column.Column}', which the table lacks.",
            Expected: NearestNames.Perhaps(column.Column, schema.Columns.Select(other => other.Name)),
            Next: "Score a table that has every column in the model's schema."),
        { } found when !Fits(found.Type, column) => new Problem(
            "SCORE-002", $"Column '{column.Column}' has another type than in training.",
            Expected: column.Type.ToString(), Actual: found.Type.ToString(),
            Next: "Declare the column's type under data.columns."),
        _ => null,
    };

    static bool Fits(ColumnType found, FeatureColumn column) => column.Kind switch
    {
        FeatureKind.Number => IsNumber(found),
        FeatureKind.DateParts => found == column.Type,
        _ => found == column.Type || (IsNumber(found) && IsNumber(column.Type))
            || (found.IsText() && column.Type.IsText()),
    };

    static bool IsNumber(ColumnType type) => type == ColumnType.Boolean || type.IsNumber();
}

sealed record NumberSlot(string Name, float[] Values);

sealed record CategoryColumn(string Name, ColumnValues Values)
{
    /// <summary>How the model's zip names it; a name that no fitted column can take.</summary>
    public string ViewName => ViewNameOf(Name);

    public static string ViewNameOf(string name) => "Category." + name;
}
