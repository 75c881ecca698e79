using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Sessions;

/// <summary>Looks up what the steps of a pipeline take from outside: files, programs and variables.</summary>
/// <param name="resolve">Files by globs relative to the pipeline's folder.</param>
/// <param name="looked">Is told of everything that decided something.</param>
sealed class StepSourceReader(
    PipelineSpecification pipeline, ProgramHost host,
    Func<string, IReadOnlyList<string>, SourceListing> resolve, SnapshotDraft looked)
{
    public IReadOnlyDictionary<string, StepSources> Read() =>
        pipeline.Steps.ToDictionary(
            step => step.Key, step => Read(step.Key, step.Value), StringComparer.Ordinal);

    StepSources Read(string name, StepSpecification step)
    {
        var missing = new List<Problem>();
        var inputs = Files(name, "inputs", step.Inputs, missing);
        var each = Files(name, "each", step.Each?.Files ?? [], missing);
        var tools = Tools(name, step, missing);
        return new StepSources(inputs, each, tools, Variables(name, step, missing), missing);
    }

    IReadOnlyList<SourceFile> Files(
        string step, string list, IReadOnlyList<string> texts, List<Problem> missing)
    {
        var listing = resolve(pipeline.Directory, StepReference.Globs(texts));
        missing.AddRange(listing.UnmatchedGlobs.Select(glob => Problem(
            "PIPE-051", $"No file matches '{glob}' of the step '{step}'.", step, list,
            $"at least one file in {pipeline.Directory}", $"Correct {list}, or bring the file.")));
        return listing.Files;
    }

    /// <summary>
    /// What the step starts, and what it says that it calls; a file of the pipeline is an input and no tool.
    /// </summary>
    IReadOnlyList<ProgramTool> Tools(string step, StepSpecification specification, List<Problem> missing)
    {
        var tools = new SortedDictionary<string, ProgramTool>(StringComparer.Ordinal);
        var started = specification.Shell ? "sh" : specification.Run[0];
        var isInput = !Path.IsPathRooted(started) && started.Contains('/');
        foreach (var (name, version) in specification.Tools.Concat(
            isInput || specification.Tools.ContainsKey(started)
                ? []
                : [KeyValuePair.Create(started, (string?)null)]))
            if (version is not null)
                tools[name] = new ProgramTool(name, version, null);
            else if (Find(name) is { } path)
                tools[name] = new ProgramTool(
                    name, null, resolve(Path.GetDirectoryName(path)!, [path]).Files[0].Digest);
            else
                missing.Add(Problem(
                    "PIPE-054", $"There is no program '{name}', which the step '{step}' starts.", step, "run",
                    $"an executable file '{name}' on the search path",
                    "Install it; or declare its version under tools, and what was made elsewhere is taken "
                    + "from the store."));
        return [.. tools.Values];
    }

    string? Find(string name)
    {
        var passed = new List<string>();
        var found = host.Find(name, passed);
        looked.AddVariable("PATH", host.ValueOf("PATH"));
        foreach (var folder in passed.Where(Directory.Exists))
            looked.AddFolder(Path.GetFullPath(folder));
        return found is null ? null : Path.GetFullPath(found);
    }

    List<ProgramVariable> Variables(string step, StepSpecification specification, List<Problem> missing)
    {
        var variables = new List<ProgramVariable>();
        foreach (var name in specification.Environment.Order(StringComparer.Ordinal))
        {
            looked.AddVariable(name, host.ValueOf(name));
            if (host.DigestOf(name) is { } digest)
                variables.Add(new ProgramVariable(name, digest));
            else
                missing.Add(Problem(
                    "PIPE-053", $"The variable {name}, which the step '{step}' is passed, is not set.", step,
                    "environment", $"{name} in the environment",
                    $"Set {name}, or take it out of environment."));
        }
        return variables;
    }

    Problem Problem(string id, string what, string step, string list, string expected, string next) => new(
        id, what, new Place(Path.Combine(pipeline.Directory, "pipeline.yaml"), Field: $"steps.{step}.{list}"),
        expected, Next: next);
}
