using System.Reflection;
using System.Text.RegularExpressions;

namespace Mlops.Targets;

/// <param name="Path">Relative to the root, with forward slashes.</param>
public sealed record CiFile(string Path, string Text);

/// <summary>Writes what CI servers are to do, from the attributes on the build class.</summary>
public static partial class CiConfiguration
{
    /// <summary>
    /// One file for each workflow of GitHub Actions and of Azure Pipelines, one for all of GitLab.
    /// </summary>
    /// <exception cref="UsageException">Everything that is wrong with the attributes.</exception>
    public static IReadOnlyList<CiFile> Of(TargetBuild build)
    {
        CiWorkflowAttribute[] workflows = [.. build.GetType().GetCustomAttributes<CiWorkflowAttribute>()];
        Check(workflows, [.. TargetCatalog.Of(build, []).All.Select(target => target.Name)]);
        return
        [
            .. workflows.Select(workflow =>
                new CiFile($".github/workflows/{workflow.Name}.yml", GitHubWorkflow.Write(workflow))),
            .. workflows.Select(workflow =>
                new CiFile($".azure-pipelines/{workflow.Name}.yml", AzureWorkflow.Write(workflow))),
            .. workflows.Length > 0
                ? [new CiFile(".gitlab-ci.yml", GitLabWorkflow.Write(workflows))]
                : Array.Empty<CiFile>(),
        ];
    }

    static void Check(CiWorkflowAttribute[] workflows, string[] targets)
    {
        var mistakes = new List<string>();
        foreach (var workflow in workflows)
        {
            Demand(Name().IsMatch(workflow.Name),
                "has a name with other than small letters, digits and hyphens");
            Demand(workflow.Targets.Count > 0, "has no targets");
            Demand(workflow.Systems.Length > 0, "has no systems");
            Demand(workflow.Partitions > 0, $"has {workflow.Partitions} partitions");
            Demand(workflow.Join.Length == 0 || workflow.IsPartitioned, "joins what is not partitioned");
            Demand(!workflow.IsPartitioned || workflow.Systems.Length == 1,
                "has partitions on several systems");
            Demand(workflow.Schedule.Length == 0 || workflow.Branches.Length > 0,
                "has a schedule and no branch to run it on");
            var named = workflow.Targets.Concat(workflow.Join);
            foreach (var target in named.Where(target => !targets.Contains(target)))
                Demand(false, $"names the unknown target {target}.{Names.Suggestion(target, targets)}");

            void Demand(bool holds, string mistake)
            {
                if (!holds)
                    mistakes.Add($"CI workflow '{workflow.Name}' {mistake}");
            }
        }
        foreach (var twins in workflows.GroupBy(workflow => workflow.Name).Where(group => group.Count() > 1))
            mistakes.Add($"Two CI workflows are called '{twins.Key}'");
        UsageException.ThrowIfAny(mistakes);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Name();
}
