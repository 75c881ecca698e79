using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Mlops.Engine;

namespace Mlops.Reporting.Tests;

/// <summary>A folder of artifacts and the real templates of the repository.</summary>
sealed class Workbench : IDisposable
{
    readonly Dictionary<Digest, string> sources = [];

    public Workbench()
    {
        Folder = Directory.CreateTempSubdirectory("mlops-reporting-").FullName;
        Context = new ScratchContext(Folder, sources, cancellation: TestContext.Current.CancellationToken);
        Templates = [.. Directory.GetFiles(TemplateFolder).Order(StringComparer.Ordinal).Select(Source)];
    }

    public string Folder { get; }

    public StageContext Context { get; }

    public IReadOnlyList<SourceFile> Templates { get; set; }

    public static string Repository { get; } = FindRepository();

    static string TemplateFolder => Path.Combine(Repository, "reports", "templates");

    public SourceFile Template(string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "sources")).FullName, name);
        File.WriteAllText(path, text);
        return Source(path);
    }

    /// <summary>A raw file.</summary>
    public SourceFile Raw(string name, string text) =>
        Template($"raw-{sources.Count}", text) with { Name = name };

    public static string TemplateText(string name) => File.ReadAllText(Path.Combine(TemplateFolder, name));

    public Artifact Json<T>(T value, JsonTypeInfo<T> type) =>
        Bytes(JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");

    public Artifact Bytes(byte[] bytes, string mediaType)
    {
        var artifact = new Artifact(Digest.Of(bytes), bytes.Length, mediaType);
        File.WriteAllBytes(Path.Combine(Folder, artifact.Digest.ToString()), bytes);
        return artifact;
    }

    public async Task<string> Render<TInput>(Stage<TInput, ReportPage> stage, TInput input) =>
        await File.ReadAllTextAsync(Context.Locate((await stage.Body(Context, input)).Html));

    /// <summary>
    /// The pages are written so that an XML parser reads them too, and it refuses what is not well
    /// formed.
    /// </summary>
    public static XDocument Parse(string html) => XDocument.Parse(html, LoadOptions.PreserveWhitespace);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    SourceFile Source(string path)
    {
        var bytes = File.ReadAllBytes(path);
        sources[Digest.Of(bytes)] = path;
        return new SourceFile($"templates/{Path.GetFileName(path)}", Digest.Of(bytes), bytes.Length);
    }

    static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mlops.Build.sln")))
            folder = folder.Parent
                ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }

    public static Digest Any(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));
}
