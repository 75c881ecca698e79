using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Tables;

public sealed class TypedTextTests
{
    [Fact]
    public void TheTextOfEveryTypeReadsBackEqual() =>
        RandomTables.Table.Sample(table =>
        {
            var read = table.Schema.Columns.Select((column, i) =>
            {
                var values = TypedText.Read(
                    ColumnDeclaration.Of(column), Enumerable.Range(0, table.RowCount).Select(table[i].Text),
                        out var problem);
                problem.ShouldBeNull();
                return values;
            }).ToList();
            RandomTables.ShouldBeEqual(new Table(table.Schema, read), table);
        }, iter: 300, threads: 1);

    [Theory]
    [InlineData("int32", "2147483647", "2147483647")]
    [InlineData("int32", "-2147483648", "-2147483648")]
    [InlineData("float", "0.1", "0.1")]
    [InlineData("float", "16777217", "16777216")]
    [InlineData("float", "1e-50", "0")]
    [InlineData("decimal(5,2)", "-0.5", "-0.50")]
    [InlineData("decimal(5,2)", "+7", "7.00")]
    [InlineData("decimal(5,2)", "00123.4500", "123.45")]
    [InlineData("decimal(5,2)", ".5", "0.50")]
    [InlineData("decimal(18,0)", "999999999999999999", "999999999999999999")]
    [InlineData("decimal(18,18)", "-0.999999999999999999", "-0.999999999999999999")]
    [InlineData("timestamp with zone", "2026-03-31T12:00:00+02:00", "2026-03-31T10:00:00Z")]
    [InlineData("timestamp with zone", "2026-03-31 12:00Z", "2026-03-31T12:00:00Z")]
    [InlineData("category", "north", "north")]
    public void ACellIsReadAsItsType(string type, string cell, string text) =>
        Read(type, cell).ShouldBe((text, null));

    [Theory]
    [InlineData("int32", "2147483648", "'2147483648' is not an integer of 32 bits")]
    [InlineData("int32", "1.5", "'1.5' is not an integer of 32 bits")]
    [InlineData("float", "1e39", "'1e39' is not a number of single precision, at most 3.4028235E+38")]
    [InlineData("float", "x", "'x' is not a number")]
    [InlineData("decimal(5,2)", "1000", "'1000' is not a decimal(5,2)")]
    [InlineData("decimal(5,2)", "1.005", "'1.005' is not a decimal(5,2)")]
    [InlineData("decimal(5,2)", "1e2", "'1e2' is not a decimal(5,2)")]
    [InlineData("decimal(5,2)", ".", "'.' is not a decimal(5,2)")]
    [InlineData("decimal(5,2)", "-", "'-' is not a decimal(5,2)")]
    [InlineData("decimal(5,2)", "1.2.3", "'1.2.3' is not a decimal(5,2)")]
    [InlineData("timestamp with zone", "2026-03-31T12:00:00",
        "'2026-03-31T12:00:00' has no offset, and the column declares no zone")]
    [InlineData("timestamp with zone", "noon",
        "'noon' is not a timestamp such as 2026-03-31T12:30:00+02:00 with an offset")]
    public void ACellThatIsNoValueOfItsTypeIsRefused(string type, string cell, string reason) =>
        Read(type, cell).ShouldBe((null, reason));

    [Theory]
    [InlineData("2026-01-15T12:00:00", "2026-01-15T11:00:00Z")]
    [InlineData("2026-07-15T12:00:00", "2026-07-15T10:00:00Z")]
    [InlineData("2026-07-15T12:00:00+05:30", "2026-07-15T06:30:00Z")]
    // The clocks showed it twice: the first of both is meant.
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T03:00:00", "2026-10-25T02:00:00Z")]
    public void ALocalTimeIsReadInTheDeclaredZone(string cell, string text) =>
        Read(new ColumnDeclaration("at", ColumnType.Instant, Zone: "Europe/Berlin"), cell)
            .ShouldBe((text, null));

    [Fact]
    public void ATimeThatTheClocksLeftOutIsRefused() =>
        Read(new ColumnDeclaration("at", ColumnType.Instant, Zone: "Europe/Berlin"),
            "2026-03-29T02:30:00").Reason
            .ShouldBe(
                "'2026-03-29T02:30:00' never was in Europe/Berlin: the clocks were put forward over it");

    [Fact]
    public void APatternMayHaveAnOffset()
    {
        var column = new ColumnDeclaration("at", ColumnType.Instant, "d.M.yyyy H:mm zzz");
        Read(column, "1.2.2026 9:30 +01:00").ShouldBe(("2026-02-01T08:30:00Z", null));
        Read(column with { Format = "d.M.yyyy H:mm", Zone = "UTC" }, "1.2.2026 9:30")
            .ShouldBe(("2026-02-01T09:30:00Z", null));
        Read(column with { Format = "d.M.yyyy H:mm" }, "1.2.2026 9:30").Reason
            .ShouldBe("'1.2.2026 9:30' has no offset, and the column declares no zone");
    }

    [Fact]
    public void ACategoryWithLevelsTakesNoOther()
    {
        var column = new ColumnDeclaration("region", ColumnType.Category, Levels: ["north", "south"]);
        Read(column, "south").ShouldBe(("south", null));
        Read(column, "North").Reason.ShouldBe("'North' is not one of the 2 levels that are declared");
    }

    [Fact]
    public void AZonesRulesTellZonesApart()
    {
        var berlin = DeclaredZone.RulesOf(DeclaredZone.Find("Europe/Berlin")!);
        berlin.ShouldBe(DeclaredZone.RulesOf(DeclaredZone.Find("Europe/Berlin")!));
        berlin.ShouldNotBe(DeclaredZone.RulesOf(DeclaredZone.Find("Europe/London")!));
    }

    [Fact]
    public void EveryTypeHasOneWordThatReadsBack()
    {
        foreach (var type in Enum.GetValues<ColumnType>())
        {
            var declared = type == ColumnType.Decimal
                ? new DeclaredType(type, 12, 2)
                : new DeclaredType(type);
            DeclaredType.Parse(declared.ToString()).ShouldBe(declared);
            DeclaredType.ParseKind(DeclaredType.Word(type)).ShouldBe(type);
        }
        foreach (var word in new[] { "decimal", "decimal()", "decimal(0,0)", "decimal(19,2)",
            "decimal(2,3)", "decimal(2)", "Integer", "" })
            DeclaredType.Parse(word).ShouldBeNull(word);
    }

    static (string? Text, string? Reason) Read(string type, string cell)
    {
        var declared = DeclaredType.Parse(type)!;
        return Read(
            new ColumnDeclaration("x", declared.Type, null, declared.Precision, declared.Scale), cell);
    }

    static (string? Text, string? Reason) Read(ColumnDeclaration column, string cell)
    {
        var values = TypedText.Read(column, [cell], out var reason);
        return (values.Count == 0 ? null : values.Text(0), reason);
    }
}
