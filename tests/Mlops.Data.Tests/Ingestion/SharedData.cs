namespace Mlops.Data.Tests.Ingestion;

/// <summary>The public data sets that may lie beside the repository.</summary>
static class SharedData
{
    /// <summary>Reads a data set, or skips the test where it is not there.</summary>
    public static byte[] Read(string folder, string file) =>
        File.ReadAllBytes(Path.Combine(Folder(folder), file));

    public static string Folder(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Mlops.Build.sln")))
            root = root.Parent;
        var path = Path.Combine(root?.Parent?.FullName ?? "", "shared", "data", folder);
        if (!Directory.Exists(path))
            Assert.Skip($"The data set {folder} does not lie beside the repository.");
        return path;
    }
}
