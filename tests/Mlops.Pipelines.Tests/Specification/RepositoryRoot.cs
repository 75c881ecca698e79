namespace Mlops.Pipelines.Tests.Specification;

static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    static string Find(string folder) => File.Exists(System.IO.Path.Combine(folder, "Mlops.Build.sln"))
        ? folder
        : Find(Directory.GetParent(folder)?.FullName
            ?? throw new DirectoryNotFoundException("No repository around."));
}
