using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Numbers in groups of digits are found where nothing else can be meant.</summary>
public sealed class GroupedNumbersTests
{
    static string Found(string cells, char decimalSeparator = '.') =>
        GroupedNumbers.Find(cells.Split('|'), decimalSeparator) is { } found
            ? $"{found.Type} {found.Signs.Decimal} {found.Signs.Thousands} {found.Example}" : "-";

    [Theory]
    [InlineData("1,234.5|7|12,345", "Real . , 1,234.5")]
    [InlineData("1.234,5|7|-12.345", "Real , . 1.234,5")]
    [InlineData("1,234,567|999", "Integer . , 1,234,567")]
    [InlineData("1.234.567|999", "Integer , . 1.234.567")]
    [InlineData("1'234|999.5", "Real . ' 1'234")]
    [InlineData("1 234,50|0,5", "Real ,   1 234,50")]
    [InlineData("1\u00a0234|2\u00a0345\u00a0678", "Integer .   2\u00a0345\u00a0678")]
    [InlineData("1,234.50|2,345.60", "Real . , 1,234.50")]
    public void WhereEveryOtherReadingFailsTheSignsAreFound(string cells, string found) =>
        Found(cells).ShouldBe(found);

    [Theory]
    [InlineData("1,234|12,345")]
    [InlineData("1.234|5.678")]
    [InlineData("1,234|5.678")]
    [InlineData("1,234|0,5")]
    [InlineData("1,234,567|12,34")]
    [InlineData("1,234.5|1.234,5")]
    [InlineData("1,234.5|1'234.5")]
    [InlineData("123.456.789|987.654.321")]
    [InlineData("555 123 456|555 123 457")]
    [InlineData("1,234.5|007")]
    [InlineData("1,234.5|x")]
    [InlineData("12|13.5")]
    [InlineData("192.168.100.200|10.0.0.1")]
    [InlineData("")]
    public void WhereSomethingElseMayBeMeantNothingIsFound(string cells) => Found(cells).ShouldBe("-");

    [Fact]
    public void WithoutAnyFractionTheSignOfTheOtherColumnsStands() =>
        Found("1'234|999", ',').ShouldBe("Integer , ' 1'234");
}
