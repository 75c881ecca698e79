using System.Diagnostics;

namespace Mlops.Engine.Tests.Sources;

/// <summary>A folder of raw files with an index, and whether files were really read.</summary>
/// <param name="within">Where to make it; null where temporary files lie.</param>
sealed class SourceFolder(string? within = null) : IDisposable
{
    readonly string root = within is null
        ? Directory.CreateTempSubdirectory("mlops-sources-").FullName
        : Directory.CreateDirectory(Path.Combine(within, $"mlops-sources-{Guid.NewGuid():N}")).FullName;

    /// <summary>
    /// By how much the engine's clock is ahead of the file system's: enough for all files to be old.
    /// </summary>
    public TimeSpan Ahead { get; set; } = TimeSpan.FromMinutes(5);

    public string Location => Directory.CreateDirectory(Path.Combine(root, "raw")).FullName;

    public string IndexPath => Path.Combine(root, "workspace", "sources.index");

    public string PathOf(string name) => Path.Combine(Location, name);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public SourceListing List(params string[] globs) =>
        Workspace.Open(Path.Combine(root, "workspace"), new ClockAhead(Ahead))
            .ResolveSources(Location, globs is [] ? ["**"] : globs);

    public IEnumerable<string> Names(params string[] globs) => List(globs).Files.Select(file => file.Name);

    /// <summary>The digests, which must be those of the bytes that are there now.</summary>
    public void ShouldKnowTheBytes(params string[] globs)
    {
        var listing = List(globs);
        foreach (var file in listing.Files)
            file.Digest.ShouldBe(Digest.Of(File.ReadAllBytes(PathOf(file.Name))), file.Name);
    }

    /// <summary>
    /// What is read again, seen by what a reading changes: the index file is replaced exactly if
    /// something was read.
    /// </summary>
    public bool ReadsAgain()
    {
        var before = FileStamp.Of(IndexPath);
        List();
        return FileStamp.Of(IndexPath) != before;
    }

    public static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    sealed class ClockAhead(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
