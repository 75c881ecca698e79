namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The same inputs give the same packages, wherever, in whatever culture and on however many threads.
/// </summary>
public sealed class SameBytesTests
{
    [Fact]
    public void PackagesAreEqualAcrossFoldersCulturesAndWorkers()
    {
        using var first = new Workbench().WithSample("churn");
        using var second = new Workbench().WithSample("churn");
        first.Run("Package").ShouldExit(0);

        second.WithVariable("LANG", "tr_TR.UTF-8")
            .WithVariable("LC_ALL", "de_DE.UTF-8").WithVariable("TZ", "Asia/Kathmandu")
            .Run("Package", "--parallel", "1").ShouldExit(0);

        second.OutputDigests().ShouldBe(first.OutputDigests());
    }
}
