using System.Globalization;
using Mlops.Engine.Tests.Laws;

namespace Mlops.Engine.Tests;

/// <summary>Numbers of things as people read them.</summary>
public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 rows", "0 rows")]
    [InlineData(1, "1 row", "1 row")]
    [InlineData(2, "2 rows", "2 rows")]
    [InlineData(1_234_567, "1,234,567 rows", "1234567 rows")]
    public void OneAloneIsSingularInWhateverCulture(long count, string grouped, string plain)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = OddCulture.Make();
            Counted.Of(count, "row", "rows").ShouldBe(grouped);
            Counted.Plain(count, "row", "rows").ShouldBe(plain);
            $"{Counted.Of(count)} {Counted.Word(count, "row", "rows")}".ShouldBe(grouped);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
