using System.IO.Enumeration;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;

namespace Mlops.Pipelines.Tests.Graphs;

public sealed class OutputPathsTests
{
    /// <summary>The path comes out of a trace, which another machine may have written.</summary>
    [Theory]
    [InlineData("../../escaped.csv")]
    [InlineData("/etc/cron.d/a")]
    [InlineData("a/../../b")]
    public void RowsSetAsideStayInTheirFolder(string path)
    {
        foreach (Func<string> place in (Func<string>[])
            [() => OutputPaths.QuarantineFile("p", null, path), () => OutputPaths.UnparsedFile("p", path)])
            Should.Throw<ProblemException>(place).Problems[0].Id.ShouldBe("ENGINE-046");
    }

    [Fact]
    public void RowsSetAsideLieBesideThePageThatLeadsThere()
    {
        OutputPaths.QuarantineFile("p", "North", "market=DE/a.csv")
            .ShouldBe(OutputPaths.Quarantine("p", "North")[..^4] + ".raw/market=DE/a.csv");
        OutputPaths.UnparsedFile("p", "a.csv").ShouldBe("p/unparsed.raw/a.csv");
    }

    /// <summary>Windows makes no folder of such a name; a cell's is the same on every system.</summary>
    [Theory]
    [InlineData("con", "p/con-????????/audit.html")]
    [InlineData("lpt1", "p/lpt1-????????/audit.html")]
    [InlineData("console", "p/console/audit.html")]
    public void ACellThatIsCalledLikeADeviceHasAFolder(string cell, string path) =>
        FileSystemName.MatchesSimpleExpression(path, OutputPaths.Audit("p", cell)).ShouldBeTrue();
}
