namespace Mlops.Learning.Training;

/// <summary>How many slots of the feature vector say whether a column's number is missing.</summary>
public static class FeatureSlots
{
    /// <remarks>The vector has the numbers first, then their gaps, then the categories.</remarks>
    public static IReadOnlyList<(FeatureColumn Column, int Gaps)> Of(TrainingDetails? details)
    {
        if (details is null)
            return [];
        var numbers = details.Columns.Where(IsNumber).Sum(column => column.Slots);
        var others = details.Columns.Where(column => !IsNumber(column)).Sum(column => column.Slots);
        var gaps = details.FeatureNames.Skip(numbers)
            .Take(Math.Max(0, details.FeatureNames.Count - numbers - others))
            .ToHashSet(StringComparer.Ordinal);
        var found = new List<(FeatureColumn, int)>();
        var at = 0;
        foreach (var column in details.Columns)
        {
            var own = IsNumber(column) ? column.Slots : 0;
            found.Add((column, details.FeatureNames.Skip(at).Take(own)
                .Count(slot => gaps.Contains($"{slot} is missing"))));
            at += own;
        }
        return found;
    }

    static bool IsNumber(FeatureColumn column) => column.Kind is FeatureKind.Number or FeatureKind.DateParts;
}
