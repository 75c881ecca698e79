using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion;

public sealed class InferenceTests
{
    static readonly Column Small = new("a", ColumnType.Int32), Wide = new("a", ColumnType.Float);

    [Fact]
    public void WhatAllSourcesSayThemselvesHolds() =>
        Merged(InferredColumn.Of(Small), InferredColumn.Of(Small)).ShouldBe(ColumnType.Int32);

    [Fact]
    public void SourcesThatSayDifferentTypesGiveOneThatHoldsBoth()
    {
        Merged(InferredColumn.Of(Small), InferredColumn.Of(Wide)).ShouldBe(ColumnType.Real);
        Merged(InferredColumn.Of(Wide), InferredColumn.Of(Small)).ShouldBe(ColumnType.Real);
    }

    [Fact]
    public void ASourceThatSaysNothingCountsByItsValues()
    {
        Merged(InferredColumn.Of(Small), new InferredColumn("a", true, [ColumnType.Real]))
            .ShouldBe(ColumnType.Real);
        Merged(InferredColumn.Of(Small), new InferredColumn("a", false, [])).ShouldBe(ColumnType.Integer);
        Merged(new InferredColumn("a", false, [])).ShouldBe(ColumnType.Text);
    }

    [Fact]
    public void ASourceWhoseCellsAreAllMissingSaysNoTypeBesideOneThatHasSome()
    {
        var moments = InferredColumn.Of(new Column("a", ColumnType.Timestamp));
        var empty = InferredColumn.Of(Small) with { HasValues = false };
        Merged(moments, empty).ShouldBe(ColumnType.Timestamp);
        Merged(empty, moments, empty).ShouldBe(ColumnType.Timestamp);
        Merged(empty, empty).ShouldBe(ColumnType.Int32);
        Merged(empty, InferredColumn.Of(Wide) with { HasValues = false }).ShouldBe(ColumnType.Text);
    }

    static ColumnType Merged(params InferredColumn[] columns) =>
        Inference.Merge([.. columns.Select(column => new InferredSource([column], []))])
            .ShouldHaveSingleItem().Type;
}
