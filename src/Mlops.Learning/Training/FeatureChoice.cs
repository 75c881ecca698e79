using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Training;

/// <summary>Which columns become features and how, decided on the training rows alone.</summary>
/// <param name="Columns">In the order of the schema.</param>
/// <param name="SlotNames">The slots of the feature vector: numbers, their gaps, then the categories.</param>
/// <param name="HasGaps">Whether any number is missing in training.</param>
sealed record FeatureChoice(
    IReadOnlyList<FeatureColumn> Columns, IReadOnlyList<string> SlotNames,
    bool HasGaps, IReadOnlyList<string> Notes)
{
    /// <exception cref="ProblemException">No column is left to learn from (TRAIN-009).</exception>
    public static FeatureChoice Of(Table training, TrainSpecification train)
    {
        var notes = new List<string>();
        var columns = Candidates(training.Schema, train)
            .Select(column => Choose(column, training[column.Name], train.Features, notes))
            .OfType<FeatureColumn>().ToList();
        if (columns.Count == 0)
            throw new ProblemException(new Problem("TRAIN-009", "No column is left to learn from.",
                Expected: "at least one column that varies in training", Actual: string.Join("; ", notes),
                Next: "Change train.features."));
        var numbers = FeatureInput.Of(training, columns, train.Features.DateParts).Numbers;
        var gaps = numbers.Where(slot => slot.Values.Any(float.IsNaN))
            .Select(slot => slot.Name + " is missing").ToList();
        var categories = columns.SelectMany(column => CategorySlots(column, training[column.Column]));
        return new FeatureChoice(
            columns, [.. numbers.Select(slot => slot.Name), .. gaps, .. categories], gaps.Count > 0, notes);
    }

    /// <summary>The columns that training reads besides the label.</summary>
    public static IEnumerable<Column> Candidates(TableSchema schema, TrainSpecification train) =>
        schema.Columns.Where(column => column.Name != train.Label
            && (train.Features.Include?.Contains(column.Name) ?? true)
            && !train.Features.Exclude.Contains(column.Name));

    static FeatureColumn? Choose(
        Column column, ColumnValues values, FeatureSpecification features, List<string> notes)
    {
        if (IsConstant(values))
        {
            notes.Add($"'{column.Name}' dropped: the same in every training row");
            return null;
        }
        if (column.Type.IsText() || features.Categorical.Contains(column.Name))
            return Category(column, values, features, notes);
        if (column.Type.IsTime())
            return Dates(column, features, notes);
        return new FeatureColumn(column.Name, column.Type, FeatureKind.Number, 1);
    }

    static FeatureColumn? Dates(Column column, FeatureSpecification features, List<string> notes)
    {
        var parts = DateParts.Of(column.Type, features.DateParts).Count;
        if (parts > 0)
            return new FeatureColumn(column.Name, column.Type, FeatureKind.DateParts, parts);
        notes.Add($"'{column.Name}' dropped: no part of it is asked for in date-parts");
        return null;
    }

    static FeatureColumn Category(
        Column column, ColumnValues values, FeatureSpecification features, List<string> notes)
    {
        var levels = Levels(values).Count;
        var isRedacted = features.Redacted?.Contains(column.Name) == true;
        if (levels <= features.MaxLevels && !isRedacted)
            return new FeatureColumn(column.Name, column.Type, FeatureKind.OneHot, levels);
        var slots = 1 << features.HashBits;
        notes.Add(isRedacted
            ? $"'{column.Name}' hashed into {slots} slots: it is redacted, "
                + "and the model may not hold its levels"
            : levels == values.Count
            ? $"'{column.Name}' hashed: it differs in every training row, "
                + "so it is likely an identifier to exclude"
            : $"'{column.Name}' hashed into {slots} slots: {levels} levels in training");
        return new FeatureColumn(column.Name, column.Type, FeatureKind.Hash, slots);
    }

    static IEnumerable<string> CategorySlots(FeatureColumn column, ColumnValues values) => column.Kind switch
    {
        FeatureKind.OneHot => Levels(values).Select(level => $"{column.Column} = {level}"),
        FeatureKind.Hash => Enumerable.Range(0, column.Slots).Select(slot => $"{column.Column} #{slot}"),
        _ => [],
    };

    /// <summary>The distinct values in ordinal order; empty text is missing, as for ML.NET.</summary>
    static SortedSet<string> Levels(ColumnValues values)
    {
        var levels = new SortedSet<string>(StringComparer.Ordinal);
        if (values is TextValues text)
            levels.UnionWith(DistinctCodes(text).Select(code => text.Levels[code]));
        else
            for (var row = 0; row < values.Count; row++)
                if (!values.IsMissing(row))
                    levels.Add(values.Text(row)!);
        levels.Remove("");
        return levels;
    }

    static IEnumerable<int> DistinctCodes(TextValues text)
    {
        var seen = new bool[text.Levels.Count];
        foreach (var code in text.Codes)
            if (code >= 0)
                seen[code] = true;
        return Enumerable.Range(0, seen.Length).Where(code => seen[code]);
    }

    static bool IsConstant(ColumnValues values)
    {
        var missing = values.IsMissing(0);
        for (var row = 1; row < values.Count; row++)
            if (values.IsMissing(row) != missing || !Same(values, row))
                return false;
        return true;
    }

    static bool Same(ColumnValues values, int row) => values switch
    {
        TextValues text => text.Text(row) == text.Text(0),
        _ => values.Number(row).Equals(values.Number(0)),
    };
}
