using Mlops.Learning.Packaging;

namespace Mlops.Learning.Tests.Packaging;

public class PackageFileNameTests
{
    [Theory]
    [InlineData("churn", null, "churn-1.2.0.zip")]
    [InlineData("demand", "North", "demand-north-1.2.0.zip")]
    [InlineData("demand", "New York", "demand-new-york-1.2.0.zip")]
    public void IsTheNameThatAPersonExpects(string pipeline, string? cell, string name) =>
        PackageFileName.Of(pipeline, cell, "1.2.0").ShouldBe(name);

    [Fact]
    public void CellsThatAreNoFileNamesStaySafeAndApart()
    {
        string[] cells =
        [
            "Baltimore/Washington", "Baltimore\\Washington", "..", "/", "CON", "ü", "東京", new('x', 300),
        ];

        var names = cells.Select(cell => PackageFileName.Of("avocado", cell, "1.0.0")).ToList();

        names.Distinct().Count().ShouldBe(cells.Length);
        names[0].ShouldStartWith("avocado-baltimore-washington-");
        names.ShouldAllBe(name =>
            name.Length < 120 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '.'));
    }
}
