using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A column of several sources. What all of them say themselves holds; otherwise what their values read as.
/// </summary>
sealed class MergedColumn
{
    readonly string name;
    readonly Column? typed;
    bool isTyped;
    TypeSet? common;

    public MergedColumn(InferredColumn first)
    {
        (name, typed, isTyped) = (first.Name, first.Typed, first.Typed is not null);
        Add(first);
    }

    public ColumnDeclaration Declaration => isTyped
        ? ColumnDeclaration.Of(typed!)
        : new ColumnDeclaration(name, common?.Narrowest ?? ColumnType.Text);

    public void Add(InferredColumn column)
    {
        isTyped = isTyped && column.Typed == typed;
        if (!column.HasValues)
            return;
        var candidates = TypeSet.Of(column.Candidates);
        common = common?.And(candidates) ?? candidates;
    }
}
