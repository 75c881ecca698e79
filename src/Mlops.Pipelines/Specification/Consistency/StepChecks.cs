using Mlops.Engine;
using Mlops.Pipelines.Specification.Sections;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Steps refer to steps that there are, to outputs that can be, and not round in a circle.</summary>
static class StepChecks
{
    /// <summary>Set for every program; a parameter of the name would take it away.</summary>
    static readonly string[] Reserved = ["PATH", "HOME", "TMPDIR", "LANG"];

    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        foreach (var text in pipeline.Data.Sources)
            CheckReference(pipeline, checks, "data.sources", text);
        foreach (var text in pipeline.Monitor?.Sources ?? [])
            CheckReference(pipeline, checks, "monitor.sources", text);
        foreach (var (name, step) in pipeline.Steps)
        {
            var path = YamlPath.Of("steps", name);
            foreach (var text in step.Inputs)
                CheckReference(pipeline, checks, $"{path}.inputs", text);
            foreach (var text in step.Each?.Files ?? [])
                CheckReference(pipeline, checks,
                    checks.IsWritten($"{path}.each.files") ? $"{path}.each.files" : $"{path}.each", text);
            CheckRun(path, step, checks);
            CheckEach(path, step, checks);
            CheckNames(path, step, checks);
        }
        if (Circle(pipeline) is { } circle)
            checks.Contradiction(YamlPath.Of("steps", circle[0]), "The steps go round in a circle",
                "steps that stand on each other in one direction",
                string.Join(" → ", circle.Append(circle[0])),
                "take one of the references out of inputs or each");
    }

    static void CheckReference(PipelineSpecification pipeline, CrossChecks checks, string list, string text)
    {
        if (StepReference.Of(text) is not { } reference)
            return;
        var path = checks.PathOfItem(list, text);
        if (!pipeline.Steps.TryGetValue(reference.Step, out var step))
            checks.Unknown(path, $"There is no step '{YamlPath.Printable(reference.Step)}'",
                pipeline.Steps.Keys, reference.Step);
        else if (step.Outputs.Count == 0)
            checks.Unknown(path, $"The step '{reference.Step}' declares no outputs", []);
        else if (NamePattern.IsExact(reference.Pattern) && step.Outputs.All(IsOneFile)
            && !step.Outputs.Any(output => NamePattern.FitsAnywhere(reference.Pattern, output)))
            checks.Unknown(
                path, $"The step '{reference.Step}' makes no '{YamlPath.Printable(reference.Pattern)}'",
                step.Outputs, reference.Pattern);
    }

    /// <summary>Where a name is written out, what it stands for is known before anything runs.</summary>
    static bool IsOneFile(string output) =>
        NamePattern.IsExact(output) && !output.Contains("${", StringComparison.Ordinal)
        && Path.HasExtension(output);

    static void CheckRun(string path, StepSpecification step, CrossChecks checks)
    {
        if (step.Run.Count == 0)
            return;
        if (step.Shell && step.Run.Count > 1)
            checks.Contradiction(
                $"{path}.run", "A shell takes one script", "one text", $"{step.Run.Count} texts",
                "write the script as one text, or leave shell out");
        else if (!step.Shell && step.Run is [var only] && only.Any(char.IsWhiteSpace))
            checks.Contradiction(
                $"{path}.run", "There is no shell to take this apart", "a list such as [sort, -u, a.csv]",
                YamlPath.Quote(only), "write it as a list, or add 'shell: true'");
        else if (!step.Shell && step.Run[0].Contains("${", StringComparison.Ordinal))
            checks.Contradiction($"{path}.run", "The program itself is written out",
                "a program's name or path", YamlPath.Quote(step.Run[0]));
    }

    static void CheckEach(string path, StepSpecification step, CrossChecks checks)
    {
        if (step.Each is { } each && each.Files.Count > 0 == each.Matrix.Count > 0)
            checks.Contradiction(
                $"{path}.each", "A step is executed for files or for values", "either files or matrix",
                each.Files.Count > 0 ? "both" : "neither");
    }

    /// <summary>Parameters, values and variables are one space of names to the program.</summary>
    static void CheckNames(string path, StepSpecification step, CrossChecks checks)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        if (step.Each?.Files.Count > 0)
            foreach (var name in StepsSection.EachNames)
                seen[name] = "each";
        foreach (var (list, name) in Named(step))
            if (list != "environment" && Reserved.Contains(name))
                checks.Contradiction($"{path}.{list}", $"'{name}' is set for every program",
                    "a name of its own", next: "rename it");
            else if (!seen.TryAdd(name, list))
                checks.Contradiction($"{path}.{list}", $"'{name}' has two values",
                    "each name once", $"{seen[name]} names it too", "rename one of them");
    }

    static IEnumerable<(string List, string Name)> Named(StepSpecification step) =>
    [
        .. step.Parameters.Keys.Select(name => ("parameters", name.Replace('-', '_'))),
        .. (step.Each?.Matrix.Keys ?? []).Select(name => ("each", name.Replace('-', '_'))),
        .. step.Environment.Select(name => ("environment", name)),
        .. step.Secrets.Select(name => ("secrets", name)),
    ];

    /// <returns>The steps of a circle in the order in which they take from each other;
    /// null if there is none.</returns>
    static List<string>? Circle(PipelineSpecification pipeline)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var way = new List<string>();
        foreach (var name in pipeline.Steps.Keys)
            if (Walk(name) is { } circle)
                return circle;
        return null;

        List<string>? Walk(string name)
        {
            if (way.IndexOf(name) is >= 0 and var start)
                return way[start..];
            if (!pipeline.Steps.TryGetValue(name, out var step) || !done.Add(name))
                return null;
            way.Add(name);
            foreach (var reference in step.References)
                if (Walk(reference.Step) is { } circle)
                    return circle;
            way.RemoveAt(way.Count - 1);
            return null;
        }
    }
}
