namespace Mlops.EndToEnd.Tests;

/// <summary>The same inputs give the same packages, wherever, in whatever culture and on however many threads.</summary>
public sealed class SameBytesTests
{
    [Fact]
    public void PackagesAreEqualAcrossFoldersCulturesAndWorkers()
    {
        using var first = new Workbench().WithSample("churn");
        using var second = new Workbench().WithSample("churn");
        first.Run("Package").ShouldExit(0);

        using (var process = second.Start("Package", "--parallel", "1"))
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }

        second.OutputDigests().ShouldBe(first.OutputDigests());
    }
}
