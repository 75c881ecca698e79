using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A column of several sources. What all of them say themselves holds, those left out that have no value if
/// others have some; otherwise what their values read as.
/// </summary>
sealed class MergedColumn
{
    readonly string name;
    SaidType ofValues;
    SaidType ofNone;
    bool isUnsaid;
    TypeSet? common;

    public MergedColumn(InferredColumn first)
    {
        name = first.Name;
        Add(first);
    }

    public ColumnDeclaration Declaration =>
        !isUnsaid && (ofValues.IsSaid ? ofValues : ofNone).Type is { } typed
            ? ColumnDeclaration.Of(typed)
            : new ColumnDeclaration(name, common?.Narrowest ?? ColumnType.Text);

    public void Add(InferredColumn column)
    {
        isUnsaid |= column.Typed is null;
        if (!column.HasValues)
        {
            ofNone.See(column.Typed);
            return;
        }
        ofValues.See(column.Typed);
        var candidates = TypeSet.Of(column.Candidates);
        common = common?.And(candidates) ?? candidates;
    }

    /// <summary>The type that some sources say, if it is one.</summary>
    struct SaidType
    {
        Column? first;
        bool differs;

        public readonly bool IsSaid => first is not null;

        public readonly Column? Type => differs ? null : first;

        public void See(Column? said)
        {
            differs |= first is not null && said != first;
            first ??= said;
        }
    }
}
