namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The list of methods to compile ahead, which is what is read and edited, and the profile that is made
/// of it, which is what is used.
/// </summary>
public sealed class AheadMethodsTests
{
    [Fact]
    public void TheProfileNamesTheMethodsOfTheListAndNoOthers()
    {
        var build = Path.Combine(Repository.Root, "build");
        var list = File.ReadAllLines(Path.Combine(build, "AheadOfTime.methods"));
        var profile = MethodProfile.Names(Path.Combine(build, "AheadOfTime.mibc"));

        var again = "; renew both: dotnet run -c Release ahead-methods, in tests/Mlops.Benchmarks";
        list.Except(profile).ShouldBeEmpty("listed and not compiled" + again);
        profile.Except(list).ShouldBeEmpty("compiled and not listed" + again);
    }
}
