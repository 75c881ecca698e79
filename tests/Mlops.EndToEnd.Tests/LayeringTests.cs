using System.Xml.Linq;

namespace Mlops.EndToEnd.Tests;

/// <summary>Holds the picture in <c>src/README.md</c>: the arrows there are the only references.</summary>
public sealed class LayeringTests
{
    static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Mlops.Engine"] = [],
        ["Mlops.Targets"] = [],
        ["Mlops.Data"] = ["Mlops.Engine"],
        ["Mlops.Learning"] = ["Mlops.Data"],
        ["Mlops.Reporting"] = ["Mlops.Data", "Mlops.Learning"],
        ["Mlops.Pipelines"] = ["Mlops.Data", "Mlops.Engine", "Mlops.Learning", "Mlops.Reporting"],
    };

    [Fact]
    public void ProjectsReferenceEachOtherOnlyAlongTheArrows()
    {
        var projects = Directory.GetFiles(
            Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        projects.Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(Arrows.Keys.Order());
        foreach (var project in projects)
            References(project, "ProjectReference")
                .ShouldBe(Arrows[Path.GetFileNameWithoutExtension(project)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Mlops.Engine")]
    [InlineData("Mlops.Targets")]
    public void TheFoundationsNeedNoPackage(string project) =>
        References(Path.Combine(Repository.Root, "src", project, project + ".csproj"), "PackageReference")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Microsoft.ML", "Mlops.Learning")]
    [InlineData("Parquet.Net", "Mlops.Data")]
    [InlineData("Scriban.Signed", "Mlops.Reporting")]
    [InlineData("YamlDotNet", "Mlops.Pipelines")]
    public void EachLibraryIsKnownToOneLayer(string package, string project) =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => References(file, "PackageReference").Contains(package))
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe([project]);

    [Fact]
    public void TheTopLevelIsTheOwners()
    {
        string[] expected =
        [
            "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props", "Directory.Build.targets",
            "Directory.Packages.props", "LICENSE", "Mlops.Build.sln", "README.md", "build", "build.cmd",
            "build.sh", "global.json", "pipelines", "reports", "src", "tests",
        ];
        Directory.GetFileSystemEntries(Repository.Root).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.')).Order(StringComparer.Ordinal)
            .ShouldBe(expected);
    }

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value)
            .Select(include =>
                kind == "ProjectReference" ? Path.GetFileNameWithoutExtension(include) : include);
}
