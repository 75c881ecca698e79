using Microsoft.ML;
using Microsoft.ML.Data;
using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>
/// What a trainer learns from: a boolean, a key into the classes, or a number for each row.
/// </summary>
sealed class LabelColumn
{
    readonly LearningTask task;
    readonly IReadOnlyList<string> classes;
    readonly int[] indices;
    readonly double[] numbers;

    LabelColumn(LearningTask task, IReadOnlyList<string> classes, int[] indices, double[] numbers)
    {
        this.task = task;
        this.classes = classes;
        this.indices = indices;
        this.numbers = numbers;
    }

    /// <param name="indices">The class of each row, none of them missing.</param>
    public static LabelColumn OfClasses(LearningTask task, IReadOnlyList<string> classes, int[] indices) =>
        new(task, classes, indices, []);

    public static LabelColumn OfNumbers(double[] numbers) => new(LearningTask.Regression, [], [], numbers);

    public DataViewType Type => task switch
    {
        LearningTask.Binary => BooleanDataViewType.Instance,
        LearningTask.Multiclass => new KeyDataViewType(typeof(uint), classes.Count),
        _ => NumberDataViewType.Single,
    };

    /// <summary>The names of the classes, so that the model's zip can say them.</summary>
    public DataViewSchema.Annotations? Annotations()
    {
        if (task != LearningTask.Multiclass)
            return null;
        var names = classes.Select(name => name.AsMemory()).ToArray();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        return annotations.ToAnnotations();
    }

    public Delegate Getter(Func<int> row) => task switch
    {
        LearningTask.Binary => (ValueGetter<bool>)((ref bool value) => value = indices[row()] == 1),
        LearningTask.Multiclass => (ValueGetter<uint>)((ref uint value) => value = (uint)indices[row()] + 1),
        _ => (ValueGetter<float>)((ref float value) => value = (float)numbers[row()]),
    };
}
