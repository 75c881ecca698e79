using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification;

/// <summary>A folder with one folder per pipeline.</summary>
/// <param name="memory">Knows texts that were parsed before; null parses all.</param>
sealed class PipelineFolder(string directory, YamlMemory? memory = null)
{
    readonly string shown = directory.Replace('\\', '/').TrimEnd('/');

    public IReadOnlyList<PipelineSpecification> ReadAll(
        IReadOnlyList<string>? names,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyList<string> overrides)
    {
        var files = Find();
        if (files.Count == 0)
            throw new ProblemException(new Problem("YAML-012", "There are no pipelines", new Place(shown),
                $"{shown}/<name>/{PipelineFile.FileName}", "none", "add one, or name another folder"));
        var read = files.Select(file => Read(file, variables, overrides)).ToList();
        var problems = NameProblems(read, names);
        // A file whose name could not be read may be the one that was asked for.
        var wanted = read.Where(file => names is null || file.Name is null || names.Contains(file.Name));
        problems.AddRange(wanted.SelectMany(file => file.Problems));
        if (problems.Count > 0)
            throw new ProblemException([.. problems.Distinct()]);
        return [.. wanted.Select(file => file.Pipeline!)
            .OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<PipelineSpecification> ReadReferred(
        IReadOnlyCollection<string> names, IReadOnlyDictionary<string, string> variables)
    {
        var read = Find().Select(file => Read(file, variables, []))
            .Where(file => file.Name is { } name && names.Contains(name)).ToList();
        List<Problem> problems = [.. read.SelectMany(file => file.Problems)];
        return problems.Count > 0 ? throw new ProblemException(problems)
            : [.. read.Select(file => file.Pipeline!)];
    }

    List<string> Find() => !Directory.Exists(directory) ? [] :
    [
        .. Directory.EnumerateDirectories(directory)
            .Select(folder => $"{shown}/{Path.GetFileName(folder)}/{PipelineFile.FileName}")
            .Where(File.Exists)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>YAML that nothing reads, since it does not lie where a pipeline does.</summary>
    public IReadOnlyList<Problem> Strays() => !Directory.Exists(directory) ? [] :
    [
        .. YamlIn(directory)
            .Select(name =>
                Stray($"{shown}/{name}",
                    $"{shown}/{Path.GetFileNameWithoutExtension(name)}/{PipelineFile.FileName}")),
        .. Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
            .Where(folder => !File.Exists(Path.Combine(folder, PipelineFile.FileName)))
            .SelectMany(folder =>
                YamlIn(folder).Select(name => (Folder: $"{shown}/{Path.GetFileName(folder)}", name)))
            .Select(file => Stray($"{file.Folder}/{file.name}", $"{file.Folder}/{PipelineFile.FileName}")),
    ];

    static IEnumerable<string> YamlIn(string folder) =>
        Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
            .Where(name => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    static Problem Stray(string file, string expected) => new(
        "YAML-013", "This file is not read: it does not lie where a pipeline does",
        new Place(file), expected, Next: "move it there, or remove it");

    FileRead Read(
        string file, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> overrides)
    {
        var problems = new List<Problem>();
        var pipeline = PipelineFile.Read(file, variables, overrides, problems, memory);
        var isNamed = pipeline is not null && !problems.Any(problem => problem.Where?.Field == "name");
        return new FileRead(file, isNamed ? pipeline!.Name : null, pipeline, problems);
    }

    List<Problem> NameProblems(IReadOnlyList<FileRead> read, IReadOnlyList<string>? names)
    {
        var problems = new List<Problem>();
        var byName = read.Where(file => file.Name is not null).GroupBy(file => file.Name);
        foreach (var twins in byName.Where(group => group.Count() > 1))
            problems.Add(new Problem("YAML-012", $"Two pipelines are called '{twins.Key}'",
                new Place(twins.Last().File, Field: "name"), "a name of its own for each pipeline",
                "also in " + string.Join(", ", twins.SkipLast(1).Select(file => file.File)),
                "rename one of them"));
        string[] known =
            [.. read.Select(file => file.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        problems.AddRange(
            names?.Where(name => !known.Contains(name)).Select(name => Unknown(name, known)) ?? []);
        return problems;
    }

    Problem Unknown(string name, string[] known) => new(
        "YAML-012", $"There is no pipeline '{YamlPath.Printable(name)}'", new Place(shown),
        "one of " + string.Join(", ", known),
        Next: NearestNames.Hint(name, known) is { Length: > 0 } hint ? hint : null);

    /// <param name="Name">Null where it could not be read.</param>
    sealed record FileRead(
        string File, string? Name, PipelineSpecification? Pipeline, IReadOnlyList<Problem> Problems);
}
