using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Values of folders such as <c>date=01.03.2026</c>, written as cells of the files are.</summary>
public sealed class PathValueTests : IDisposable
{
    static readonly TextFormat German = new(
        Delimiter: ";", DecimalSeparator: ",", Missing: ["NA"], Dates: ["dd.MM.yyyy"]);

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    async Task<string> Read(
        TextFormat format, string column, ColumnDeclaration? declared, params string[] values)
    {
        foreach (var value in values)
            workspace.With("id\n1\n", $"{column}={value}/a.csv");
        var dataset = await workspace.Ingest(workspace.Input(
            format, declared is null ? null : [new("id", ColumnType.Integer), declared]));
        return $"{dataset.Table.Schema.Find(column)!.TypeWord}: {await workspace.Cells(dataset, column)}";
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DatesOfTheFilesPatternsAreDatesAsThoseOfIso(bool isDeclared) =>
        (await Read(
            German, "date", isDeclared ? new("date", ColumnType.Date) : null, "2026-04-02", "01.03.2026"))
            .ShouldBe("date: 2026-04-02|2026-03-01");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NumbersMayHaveTheFilesDecimalSign(bool isDeclared) =>
        (await Read(German, "price", isDeclared ? new("price", ColumnType.Real) : null, "1,5", "2.5", "3"))
            .ShouldBe("real: 1.5|2.5|3");

    /// <summary>A market may be called as what means no value elsewhere.</summary>
    [Fact]
    public async Task AMarkerOfTheColumnMeansNoValue() =>
        (await Read(
            German, "market", new("market", ColumnType.Text, Missing: ["none"]), "NA", "none", "DE"))
            .ShouldBe("text: NA|-|DE");

    [Fact]
    public async Task AMarkerOfAllColumnsMeansNoValueWhereItIsNone() =>
        (await Read(German, "size", new("size", ColumnType.Integer), "NA", "3")).ShouldBe("integer: -|3");

    [Fact]
    public async Task ACategoryIsTrimmedAsItsCellsAre() =>
        (await Read(German, "kind", new("kind", ColumnType.Category, Levels: ["a", "b"]), " a", "b "))
            .ShouldBe("category: a|b");

    [Fact]
    public async Task WhatIsNoValueEitherWayIsRefused()
    {
        workspace.With("id\n1\n", "date=03-01-2026/a.csv");
        (await workspace.Problems(workspace.Input(
            German, [new("id", ColumnType.Integer), new("date", ColumnType.Date)])))
            .ShouldHaveSingleItem().Id.ShouldBe("DATA-051");
    }
}
