namespace Mlops.Targets.Tests;

/// <summary>What each server is told, letter for letter.</summary>
public sealed class CiHostTests : IDisposable
{
    const string Hostile = "50 % of a]b;c|'d':,\r\n::error::x";

    static readonly Notice Placed = new(
        NoticeLevel.Warning, "DATA-1", Hostile, "pipelines/a,b:c]/x.csv", 7, 3);

    readonly string folder = Directory.CreateTempSubdirectory("ci-").FullName;

    [Theory]
    [InlineData("GITHUB_ACTIONS=true", "GitHub Actions")]
    [InlineData("TF_BUILD=True", "Azure Pipelines")]
    [InlineData("GITLAB_CI=true CI=true", "GitLab")]
    [InlineData("TEAMCITY_VERSION=2026.1", "TeamCity")]
    [InlineData("JENKINS_URL=http://ci", "CI")]
    [InlineData("CI=true", "CI")]
    [InlineData("GITHUB_ACTIONS=false", null)]
    [InlineData("", null)]
    public void TheServerIsKnownByItsVariables(string variables, string? name) =>
        HostOf(variables)?.Name.ShouldBe(name);

    [Fact]
    public void WithoutAServerThereIsNoHost() => HostOf("TERM=xterm").ShouldBeNull();

    [Theory]
    [InlineData("GITHUB_ACTIONS=true",
        "::warning file=pipelines/a%2Cb%3Ac]/x.csv,line=7,col=3,title=DATA-1::50 %25 of "
        + "a]b;c|'d':,%0D%0A::error::x")]
    [InlineData("TF_BUILD=True",
        "##vso[task.logissue "
        + "type=warning;sourcepath=pipelines/a,b:c%5D/x.csv;linenumber=7;columnnumber=3;code=DATA-1;]50 "
        + "%AZP25 of a]b;c|'d':,%0D%0A::error::x")]
    [InlineData("TEAMCITY_VERSION=1",
        "##teamcity[inspectionType id='DATA-1' name='DATA-1' category='Mlops.Build' description='DATA-1']\n"
        + "##teamcity[inspection typeId='DATA-1' message='50 % of a|]b;c|||'d|':,|r|n::error::x' "
        + "file='pipelines/a,b:c|]/x.csv' line='7' SEVERITY='WARNING']")]
    [InlineData(
        "JENKINS_URL=x", "pipelines/a,b:c]/x.csv(7,3): warning DATA-1: 50 % of a]b;c|'d':, ::error::x")]
    public void AWarningHasItsPlaceAndNothingInItIsACommand(string variables, string expected) =>
        HostOf(variables)!.Say(Placed).ShouldBe(expected);

    [Theory]
    [InlineData("GITHUB_ACTIONS=true", "::error title=E-1::broken")]
    [InlineData("TF_BUILD=True", "##vso[task.logissue type=error;code=E-1;]broken")]
    [InlineData("TEAMCITY_VERSION=1", "##teamcity[message text='E-1: broken' status='ERROR']")]
    [InlineData("GITLAB_CI=true", "error E-1: broken")]
    public void AnErrorNeedsNoPlace(string variables, string expected) =>
        HostOf(variables)!.Say(new Notice(NoticeLevel.Error, "E-1", "broken")).ShouldBe(expected);

    [Theory]
    [InlineData("GITHUB_ACTIONS=true", "::notice title=N-1::look")]
    [InlineData("TF_BUILD=True", "note N-1: look")]
    [InlineData("TEAMCITY_VERSION=1", "##teamcity[message text='N-1: look']")]
    public void ANoteIsNoWarning(string variables, string expected) =>
        HostOf(variables)!.Say(new Notice(NoticeLevel.Note, "N-1", "look")).ShouldBe(expected);

    [Theory]
    [InlineData("GITHUB_ACTIONS=true", "::group::Train%0A|", "::endgroup::")]
    [InlineData("TF_BUILD=True", "##[group]Train%0A|", "##[endgroup]")]
    [InlineData("GITLAB_CI=true", "\e[0Ksection_start:60:Train__\r\e[0KTrain\n|",
        "\e[0Ksection_end:60:Train__\r\e[0K")]
    [InlineData("TEAMCITY_VERSION=1", "##teamcity[blockOpened name='Train|n||']",
        "##teamcity[blockClosed name='Train|n||']")]
    [InlineData("CI=true", "== Train\n|", null)]
    public void AGroupOpensAndCloses(string variables, string opened, string? closed)
    {
        var host = HostOf(variables)!;
        host.Open("Train\n|", DateTimeOffset.FromUnixTimeSeconds(60)).ShouldBe(opened);
        host.Close("Train\n|", DateTimeOffset.FromUnixTimeSeconds(60)).ShouldBe(closed);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS=true", "::add-mask::p%25w")]
    [InlineData("TF_BUILD=True", "##vso[task.setsecret]p%AZP25w")]
    [InlineData("TEAMCITY_VERSION=1", null)]
    public void ASecretIsHiddenByTheServerToo(string variables, string? expected) =>
        HostOf(variables)!.Mask("p%w").ShouldBe(expected);

    [Fact]
    public void GitHubGetsSummaryAndOutputsInItsFiles()
    {
        var (summary, outputs) = (Path.Combine(folder, "s"), Path.Combine(folder, "o"));
        File.WriteAllText(summary, "before\n");

        Deliver($"GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY={summary} GITHUB_OUTPUT={outputs}",
            "# done\n", ("a-b", "1\nEOF\nc=2")).ShouldBeEmpty();

        File.ReadAllText(summary).ShouldBe("before\n# done\n");
        var lines = File.ReadAllLines(outputs);
        lines[0].ShouldStartWith("a_b<<");
        lines[^1].ShouldBe(lines[0]["a_b<<".Length..]);
        lines[1..^1].ShouldBe(["1", "EOF", "c=2"]);
    }

    [Fact]
    public void ASummaryLargerThanGitHubTakesIsCutAtALine()
    {
        var summary = Path.Combine(folder, "s");

        Deliver($"GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY={summary}",
            string.Concat(Enumerable.Repeat("| ☃ |\n", 200_000)));

        new FileInfo(summary).Length.ShouldBeLessThan(1024 * 1024);
        File.ReadAllLines(summary)[..^2].ShouldAllBe(line => line == "| ☃ |");
        File.ReadAllText(summary).ShouldEndWith("The rest is left out: the server takes no more.\n");
    }

    [Fact]
    public void AzureIsToldOfItsOutputsAndOfTheSummarysFile() =>
        Deliver("TF_BUILD=True", "# done\n", ("exit", "1]\n2")).ShouldBe(
        [
            "##vso[task.setvariable variable=exit;isOutput=true;]1]%0A2",
            $"##vso[task.uploadsummary]{folder}/summary.md",
        ]);

    [Fact]
    public void TeamCityIsToldOfItsOutputsAndOfTheSummarysFile() =>
        Deliver("TEAMCITY_VERSION=1", "# done\n", ("exit", "it's")).ShouldBe(
        [
            "##teamcity[setParameter name='exit' value='it|'s']",
            $"##teamcity[publishArtifacts '{folder}/summary.md']",
        ]);

    [Fact]
    public void GitLabCollectsFiles()
    {
        Deliver("GITLAB_CI=true", "# done\n", ("exit", "1"), ("two", "a\nB=c")).ShouldBeEmpty();

        File.ReadAllText(Path.Combine(folder, "summary.md")).ShouldBe("# done\n");
        File.ReadAllText(Path.Combine(folder, "outputs.env")).ShouldBe("exit=1\n");
    }

    [Theory]
    [InlineData("plain: text, 1:2 and #3", "plain: text, 1:2 and #3")]
    [InlineData("\e[2J\u0007\r", "\\u001b[2J\\u0007\\u000d")]
    [InlineData("a\n  ::error::x", "a\n  \\u003a:error::x")]
    [InlineData("a ::b", "a ::b")]
    [InlineData("x ##vso[task]", "x \\u0023#vso[task]")]
    [InlineData("##teamcity[a] ##[error]", "\\u0023#teamcity[a] \\u0023#[error]")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    public void WhatWouldSteerIsShown(string text, string expected) =>
        VisibleText.Of(text).ShouldBe(expected);

    [Fact]
    public void NoLetterBeginsALineWhereThereIsToBeOne()
    {
        string[] texts = [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => $"a{(char)code}\r\nb")];
        foreach (var text in texts)
            VisibleText.OnOneLine(text).ShouldBe(VisibleText.Of(text).ReplaceLineEndings(" "));
    }

    [Fact]
    public void HalfALetterIsShown() =>
        VisibleText.Of("\ud800 \ud83d\ude00 \udc00").ShouldBe("\\ud800 \ud83d\ude00 \\udc00");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static CiHost? HostOf(string variables)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return CiHost.Detect(environment.GetValueOrDefault);
    }

    List<string> Deliver(string variables, string summary, params (string Name, string Value)[] outputs) =>
        [.. HostOf(variables)!.Deliver(
            new Delivery(summary,
                [.. outputs.Select(output => KeyValuePair.Create(output.Name, output.Value))]), folder)];
}
