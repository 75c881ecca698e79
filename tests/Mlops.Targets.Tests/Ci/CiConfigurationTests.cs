using CsCheck;
using YamlDotNet.RepresentationModel;

namespace Mlops.Targets.Tests;

/// <summary>What CI servers are told to do is what the attributes say, in YAML that they can read.</summary>
public class CiConfigurationTests
{
    [Theory]
    [InlineData(".github/workflows/test.yml", "ci-github-test")]
    [InlineData(".github/workflows/models.yml", "ci-github-models")]
    [InlineData(".azure-pipelines/models.yml", "ci-azure-models")]
    [InlineData(".gitlab-ci.yml", "ci-gitlab")]
    public void EachServerGetsItsFile(string path, string approved) =>
        Files()[path].ShouldBeApproved(approved);

    [Fact]
    public void AllFilesAreYamlAndThereIsNoOtherFile()
    {
        var files = Files();
        files.Keys.Order(StringComparer.Ordinal).ShouldBe(
        [
            ".azure-pipelines/models.yml", ".azure-pipelines/test.yml", ".github/workflows/models.yml",
            ".github/workflows/test.yml", ".gitlab-ci.yml",
        ]);
        foreach (var text in files.Values)
            Parse(text).Children.ShouldNotBeEmpty();
    }

    [Fact]
    public void EveryActionIsPinnedByItsCommit()
    {
        var uses = Files().Where(file => file.Key.StartsWith(".github", StringComparison.Ordinal))
            .SelectMany(file => Scalars(Parse(file.Value), "uses")).ToList();
        uses.Count.ShouldBeGreaterThan(8);
        uses.ShouldAllBe(action =>
            System.Text.RegularExpressions.Regex.IsMatch(action, "^[a-z/-]+@[0-9a-f]{40}$"));
    }

    [Fact]
    public void WhatIsKeptIsSavedUnderAKeyOfTheRunAlsoAfterAFailureAndJoinedFromEveryPartition()
    {
        var jobs = (YamlMappingNode)Parse(Files()[".github/workflows/models.yml"])["jobs"];
        var saved = Steps(jobs["models"], "cache/save").Single();
        saved["if"].ToString().ShouldBe("always()");
        var key = saved["with"]["key"].ToString();
        key.ShouldContain("${{ github.run_id }}");
        key.ShouldContain("kept-2-");
        Steps(jobs["models"], "cache/restore").Single()["with"]["path"].ShouldBe(saved["with"]["path"]);
        Steps(jobs["models-join"], "cache/restore").Select(step => step["with"]["key"].ToString())
            .ShouldBe(new[] { "1", "2" }.Select(number => key.Replace("${{ matrix.partition }}", number)));
    }

    [Fact]
    public void EverythingWrongWithTheAttributesIsSaidAtOnce()
    {
        var mistakes = Should.Throw<UsageException>(() => CiConfiguration.Of(new WrongCi())).Mistakes;
        mistakes.ShouldBe(
        [
            "CI workflow 'Bad Name' has a name with other than small letters, digits and hyphens",
            "CI workflow 'Bad Name' has no targets",
            "CI workflow 'twin' has a schedule and no branch to run it on",
            "CI workflow 'twin' names the unknown target Trian. Did you mean Train?",
            "CI workflow 'twin' joins what is not partitioned",
            "Two CI workflows are called 'twin'",
        ]);
    }

    [Fact]
    public void NoValueBreaksTheYaml() => Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]))
        .Sample(value =>
        {
            var document = Parse(new CiYaml().Value("key", value).List("list", [value, value]).ToString());
            document["key"].ToString().ShouldBe(value);
            ((YamlSequenceNode)document["list"]).Select(item => item.ToString()).ToList()
                .ShouldBe([value, value]);
            foreach (var scalar in new[] { document["key"], document["list"][0] }.Cast<YamlScalarNode>())
                if (scalar.Style == YamlDotNet.Core.ScalarStyle.Plain)
                    scalar.Value!.ToLowerInvariant()
                        .ShouldNotBeOneOf("true", "false", "yes", "no", "on", "off", "null", "~", "");
        }, iter: 2000);

    static readonly string[] Awkward =
    [
        "true", "No", "- a", "a: b", "a #b", "'", "\"", "{a}", "[a", "*a", "&a", "!a", "%", "@a", "`", "1.0",
        "0x1", "~", "", "a, b", "$x: y", "a ", " a", "y", "null", "-", "?", ": ", "| a", "> a",
    ];

    static Dictionary<string, string> Files() =>
        CiConfiguration.Of(new RightCi()).ToDictionary(file => file.Path, file => file.Text);

    static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    static IEnumerable<YamlMappingNode> Steps(YamlNode job, string action) =>
        ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>()
            .Where(step =>
                step.Children.TryGetValue("uses", out var uses) && uses.ToString().Contains(action));

    static IEnumerable<string> Scalars(YamlNode node, string key) => node.AllNodes.OfType<YamlMappingNode>()
        .SelectMany(mapping => mapping.Children).Where(child => child.Key.ToString() == key)
        .Select(child => child.Value.ToString());
}

[CiWorkflow(
    "test", "Test", Branches = ["main"], PullRequests = true,
    Systems = [CiSystem.Linux, CiSystem.MacOS, CiSystem.Windows], TimeoutMinutes = 30)]
[CiWorkflow(
    "models", "Train", Branches = ["main", "release"], PullRequests = true, Schedule = "17 5 * * 1",
    Partitions = 2, Join = ["Test"], Keep = [".mlops"], KeepFormat = "2", Artifacts = ["reports/out"],
    Variables = ["MLOPS_REMOTE"], Secrets = ["MLOPS_REMOTE_TOKEN"], Arguments = "--verbosity verbose")]
sealed class RightCi : TargetBuild
{
    public Target Train => _ => _.Executes(() => { });

    public Target Test => _ => _.Executes(() => { });
}

[CiWorkflow("Bad Name")]
[CiWorkflow("twin", "Trian", Schedule = "0 0 * * *")]
[CiWorkflow("twin", "Train", Join = ["Train"])]
sealed class WrongCi : TargetBuild
{
    public Target Train => _ => _.Executes(() => { });
}
