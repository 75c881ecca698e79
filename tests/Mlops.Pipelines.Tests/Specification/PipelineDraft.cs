using System.Text.Json;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>A pipeline file that a test writes and reads.</summary>
sealed class PipelineDraft : IDisposable
{
    public const string Smallest = """
        name: churn
        data:
          sources: customers.csv
        train:
          task: binary
          label: churned
        """;

    static readonly Dictionary<string, string> NoVariables = [];

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public string Folder { get; } = Directory.CreateTempSubdirectory("pipeline-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Write(string yaml, string pipeline = "churn")
    {
        var path = Path.Combine(
            Directory.CreateDirectory(Path.Combine(Folder, pipeline)).FullName, "pipeline.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    public PipelineSpecification Read(
        string yaml, IReadOnlyDictionary<string, string>? variables = null, params string[] overrides) =>
        PipelineFile.Read(Write(yaml), variables ?? NoVariables, overrides);

    /// <summary>Everything that is in a specification, as text.</summary>
    public static string Json(PipelineSpecification pipeline) => JsonSerializer.Serialize(pipeline, Readable);

    /// <summary>The problems of a file in words, without the folder.</summary>
    public string Problems(
        string yaml, IReadOnlyDictionary<string, string>? variables = null, params string[] overrides) =>
        Problems(() => Read(yaml, variables, overrides));

    public string Problems(Action read)
    {
        var thrown = Should.Throw<ProblemException>(read);
        return string.Join('\n', thrown.Problems)
            .Replace(Folder.Replace('\\', '/') + "/", "", StringComparison.Ordinal);
    }
}
