using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Consistency;
using Mlops.Pipelines.Specification.Sections;
using Mlops.Pipelines.Specification.Shapes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification;

/// <summary>
/// Reads <c>pipeline.yaml</c> files. Loads neither ML.NET nor Parquet nor a template engine.
/// </summary>
public static class PipelineFile
{
    public const string FileName = "pipeline.yaml";

    public const int LargestFileBytes = 1 << 20;

    static readonly JsonSerializerOptions SchemaFormat = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What a pipeline may be called, in words.</summary>
    public const string NameRule = PipelineSection.NameRule;

    /// <summary>Whether a pipeline may be called so.</summary>
    public static bool IsName(string text) => PipelineSection.IsName(text);

    /// <summary>Reads one pipeline.</summary>
    /// <param name="yamlPath">The file; problems name it as it is given here.</param>
    /// <param name="variables">What <c>${NAME}</c> in a value stands for: the environment, usually.</param>
    /// <param name="overrides">As <c>train.trainer.leaves=64</c>, later ones win.</param>
    /// <exception cref="ProblemException">Everything that is wrong with the file (YAML-001 to
    /// YAML-011).</exception>
    public static PipelineSpecification Read(
        string yamlPath, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> overrides)
    {
        var problems = new List<Problem>();
        var pipeline = Read(yamlPath, variables, overrides, problems);
        return pipeline is null || problems.Count > 0 ? throw new ProblemException(problems) : pipeline;
    }

    /// <summary>
    /// Reads each <c>*/pipeline.yaml</c> of a folder, in ordinal order of the pipelines' names.
    /// </summary>
    /// <param name="names">The pipelines wanted; null for all. The others are read too,
    /// for their names only.</param>
    /// <param name="memory">Knows texts that were parsed before; null parses all.</param>
    /// <exception cref="ProblemException">Everything that is wrong with the files (YAML-001 to
    /// YAML-012).</exception>
    public static IReadOnlyList<PipelineSpecification> ReadAll(
        string pipelinesDirectory,
        IReadOnlyList<string>? names,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyList<string> overrides,
        YamlMemory? memory = null) =>
        new PipelineFolder(pipelinesDirectory, memory).ReadAll(names, variables, overrides);

    /// <summary>The same of those pipelines that others refer to: nothing in them is overridden, and what
    /// is not there is left out.</summary>
    /// <exception cref="ProblemException">Everything that is wrong with the files.</exception>
    public static IReadOnlyList<PipelineSpecification> ReadReferred(
        string pipelinesDirectory, IReadOnlyCollection<string> names,
        IReadOnlyDictionary<string, string> variables, YamlMemory? memory = null) =>
        new PipelineFolder(pipelinesDirectory, memory).ReadReferred(names, variables);

    /// <summary>YAML in a folder of pipelines that nothing reads (YAML-013).</summary>
    public static IReadOnlyList<Problem> Strays(string pipelinesDirectory) =>
        new PipelineFolder(pipelinesDirectory).Strays();

    /// <summary>
    /// JSON Schema (draft 7) of <c>pipeline.yaml</c> for editors, made of the same declarations.
    /// </summary>
    public static string JsonSchema()
    {
        var described = PipelineSection.Shape("", learns: true).Describe();
        described["required"] = new JsonArray("name");
        described["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("data", "train") },
            new JsonObject { ["required"] = new JsonArray("steps") });
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Mlops.Build pipeline",
        };
        foreach (var (key, value) in described)
            schema[key] = value?.DeepClone();
        return schema.ToJsonString(SchemaFormat) + "\n";
    }

    /// <summary>Reads a pipeline of nothing, for nothing but the code that it loads.</summary>
    internal static void Rehearse()
    {
        var nothing = new YamlMapping(new Place(""), []);
        PipelineSection.Shape("", learns: true).Read(nothing, new Reading(nothing, []));
    }

    /// <returns>Null where nothing could be read; what was wrong is in <paramref name="problems"/>.</returns>
    internal static PipelineSpecification? Read(
        string yamlPath,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyList<string> overrides,
        List<Problem> problems,
        YamlMemory? memory = null)
    {
        var file = yamlPath.Replace('\\', '/');
        var text = ReadText(yamlPath, file, problems);
        var root = text is null ? null
            : memory is null ? YamlText.Read(text, file, problems)
            : memory.Read(text, file, problems);
        if (root is null)
            return null;
        var directory = Path.GetDirectoryName(Path.GetFullPath(yamlPath)) ?? "";
        var shape = PipelineSection.Shape(directory, PipelineSection.Learns(root));
        foreach (var assignment in overrides)
            root = new YamlOverride(shape, problems).Apply(root, assignment);
        root = new StepTexts(variables, problems).Expand(root);
        shape = PipelineSection.Shape(directory, PipelineSection.Learns(root));
        var reading = new Reading(root, problems);
        var pipeline = shape.Read(root, reading);
        CrossChecks.Run(pipeline, reading);
        Sort(problems);
        return pipeline with { Places = new RulePlaces(root, file) };
    }

    /// <summary>In the order of the file, what came from elsewhere first.</summary>
    static void Sort(List<Problem> problems)
    {
        Problem[] sorted = [.. problems
            .OrderBy(problem => problem.Where?.Line ?? 0).ThenBy(problem => problem.Where?.Column ?? 0)];
        problems.Clear();
        problems.AddRange(sorted);
    }

    static string? ReadText(string yamlPath, string file, List<Problem> problems)
    {
        try
        {
            using var stream = File.OpenRead(yamlPath);
            if (stream.Length > LargestFileBytes)
                Refuse("The file is too large",
                    $"at most {LargestFileBytes} bytes", $"{stream.Length} bytes");
            else
                return new StreamReader(
                    stream, new UTF8Encoding(false, throwOnInvalidBytes: true)).ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            Refuse("The file is not text", "UTF-8", "bytes that are not UTF-8");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Refuse("The file cannot be read", "a readable file", fault is FileNotFoundException
                or DirectoryNotFoundException ? "there is no such file" : fault.GetType().Name);
        }
        return null;

        void Refuse(string what, string expected, string actual) =>
            problems.Add(new Problem("YAML-001", what, new Place(file), expected, actual));
    }
}
