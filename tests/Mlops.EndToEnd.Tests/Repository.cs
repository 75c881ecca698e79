namespace Mlops.EndToEnd.Tests;

/// <summary>The repository under test, found from where the tests run.</summary>
static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Real public data sets beside the repository; null where they are absent.</summary>
    public static string? Data { get; } =
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "data")) is var path && Directory.Exists(path)
            ? path
            : null;

    static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Mlops.Build.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory)!);

    public static string RequireData(string name)
    {
        Assert.SkipWhen(Data is null, "The public data sets are not beside the repository.");
        return Path.Combine(Data!, name);
    }
}
