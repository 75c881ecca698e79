using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlops.Learning.Scoring;

/// <summary>
/// Columns in memory as ML.NET reads them: one vector of all numbers, one text column per category and,
/// for training, the label. Rows may be asked for in random order, which stochastic trainers need.
/// </summary>
sealed class FeatureView : IDataView
{
    public const string Numbers = "Numbers";
    public const string Label = "Label";

    readonly FeatureInput input;
    readonly LabelColumn? label;

    public FeatureView(FeatureInput input, LabelColumn? label = null)
    {
        this.input = input;
        this.label = label;
        var schema = new DataViewSchema.Builder();
        if (input.Numbers.Count > 0)
            schema.AddColumn(
                Numbers, new VectorDataViewType(NumberDataViewType.Single, input.Numbers.Count), SlotNames());
        foreach (var category in input.Categories)
            schema.AddColumn(category.ViewName, TextDataViewType.Instance);
        if (label is not null)
            schema.AddColumn(Label, label.Type, label.Annotations());
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => input.RowCount;

    public DataViewRowCursor GetRowCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new FeatureCursor(
            this, [.. columnsNeeded.Select(column => column.Index)], rand is null ? null : Order(rand));

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    public Delegate Getter(int column, Func<int> row)
    {
        var firstCategory = input.Numbers.Count > 0 ? 1 : 0;
        if (column < firstCategory)
            return NumbersGetter(row);
        if (column - firstCategory < input.Categories.Count)
            return CategoryGetter(input.Categories[column - firstCategory], row);
        return label!.Getter(row);
    }

    ValueGetter<VBuffer<float>> NumbersGetter(Func<int> row)
    {
        var slots = input.Numbers.Select(slot => slot.Values).ToArray();
        return (ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, slots.Length);
            var position = row();
            for (var i = 0; i < slots.Length; i++)
                editor.Values[i] = slots[i][position];
            value = editor.Commit();
        };
    }

    static ValueGetter<ReadOnlyMemory<char>> CategoryGetter(CategoryColumn category, Func<int> row) =>
        (ref ReadOnlyMemory<char> value) => value = category.Values.Text(row()).AsMemory();

    int[] Order(Random random)
    {
        var order = Enumerable.Range(0, input.RowCount).ToArray();
        random.Shuffle(order);
        return order;
    }

    DataViewSchema.Annotations SlotNames()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var names = input.Numbers.Select(slot => slot.Name.AsMemory()).ToArray();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        return annotations.ToAnnotations();
    }
}

/// <param name="order">Rows in the order to visit; null visits them as they stand.</param>
sealed class FeatureCursor(FeatureView view, HashSet<int> active, int[]? order) : DataViewRowCursor
{
    readonly long rowCount = view.GetRowCount()!.Value;
    long position = -1;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => position;

    public override long Batch => 0;

    int Row => order is null ? (int)position : order[position];

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (position + 1 < rowCount)
        {
            position++;
            return true;
        }
        position = -1;
        return false;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        (ValueGetter<TValue>)view.Getter(column.Index, () => Row);

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId value) => value = new DataViewRowId((ulong)Row, 0);
}
