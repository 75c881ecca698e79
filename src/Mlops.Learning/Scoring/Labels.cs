using Mlops.Data.Tables;
using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>Reads the label column of a table as the numbers that learning and measuring work with.</summary>
public static class Labels
{
    /// <summary>Stands for a row without a label.</summary>
    public const int Missing = -1;

    /// <summary>Stands for a label that training never saw: no prediction can be right.</summary>
    public const int Unknown = -2;

    static readonly string[] UsualPositives = ["true", "1", "yes"];

    /// <summary>The class index of each row, <see cref="Missing"/> or <see cref="Unknown"/>.</summary>
    /// <param name="classes">As in <see cref="TrainingDetails.Classes"/>.</param>
    public static int[] ClassIndices(Table table, string label, IReadOnlyList<string> classes)
    {
        var indexOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < classes.Count; i++)
            indexOf.Add(classes[i], i);
        var column = table[label];
        var indices = new int[column.Count];
        for (var row = 0; row < indices.Length; row++)
            indices[row] = column.Text(row) is { } text ? indexOf.GetValueOrDefault(text, Unknown) : Missing;
        return indices;
    }

    /// <summary>The number of each row, NaN where it is missing.</summary>
    public static double[] Numbers(Table table, string label)
    {
        var column = table[label];
        var numbers = new double[column.Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = column.Number(row);
        return numbers;
    }

    /// <summary>
    /// The distinct labels in ordinal order; for a binary task negative then positive, where a positive one
    /// that is not declared is true, 1 or yes (in any case), else the ordinally last.
    /// </summary>
    public static IReadOnlyList<string> FindClasses(
        Table table, LearningTask task, string label, string? positive)
    {
        var column = table[label];
        var distinct = new SortedSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < column.Count; row++)
            if (column.Text(row) is { } text)
                distinct.Add(text);
        if (task != LearningTask.Binary || distinct.Count == 0)
            return [.. distinct];
        var last = positive
            ?? distinct.FirstOrDefault(name =>
                UsualPositives.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? distinct.Max!;
        return [.. distinct.Where(name => name != last), last];
    }
}
