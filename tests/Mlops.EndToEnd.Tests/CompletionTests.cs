using System.Diagnostics;

namespace Mlops.EndToEnd.Tests;

/// <summary>A real shell that was told how to complete.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("./build.sh Tra", "Train")]
    [InlineData("./build.sh Train --pipeline d", "demand")]
    [InlineData("./build.sh --set train.trainer.le", "train.trainer.learning-rate= train.trainer.leaves=")]
    [InlineData("./build.sh --verbosity=q", "Quiet")]
    public void BashOffersWhatMayStandThere(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        var script = $$"""
            source <(./build.sh --completion bash)
            compopt() { :; }
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} _mlops_build
            echo "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;

        var offered = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();

        offered.Trim().ShouldBe(expected);
    }
}
