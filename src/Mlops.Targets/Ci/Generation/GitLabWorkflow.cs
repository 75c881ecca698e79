namespace Mlops.Targets;

/// <summary>
/// The one file of GitLab. Variables and secrets are the project's: jobs have them without being told.
/// </summary>
static class GitLabWorkflow
{
    const string Image = "mcr.microsoft.com/dotnet/sdk:10.0";

    public static string Write(IReadOnlyList<CiWorkflowAttribute> workflows)
    {
        var yaml = new CiYaml().Comment(CiText.Origin);
        var names = workflows.SelectMany(workflow => workflow.Variables.Concat(workflow.Secrets)).Distinct();
        foreach (var name in names)
            yaml.Comment($"Set {name} in the project's settings, masked if it is a secret.");
        yaml.Section("default", () => yaml.Value("image", Image).Plain("interruptible", "true"));
        yaml.Section("variables", () => yaml.Value("NUGET_PACKAGES", "$CI_PROJECT_DIR/.nuget/packages"));
        yaml.List("stages", ["build", "join"]);
        foreach (var workflow in workflows)
        {
            yaml.Section(workflow.Name, () => WriteJob(yaml, workflow));
            if (workflow.Join.Length > 0)
                yaml.Section($"{workflow.Name}-join", () => WriteJoin(yaml, workflow));
        }
        return yaml.ToString();
    }

    static void WriteJob(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Value("stage", "build");
        if (workflow.Systems is not [CiSystem.Linux])
            yaml.Comment("On Linux only: other systems need runners that know this image's tools.");
        WriteRules(yaml, workflow);
        if (workflow.IsPartitioned)
            yaml.Plain("parallel", CiText.Number(workflow.Partitions));
        WriteCache(yaml, workflow);
        WriteScript(yaml, workflow,
            workflow.CommandLine(workflow.Targets, workflow.IsPartitioned ? "$CI_NODE_INDEX" : null));
        WriteArtifacts(yaml, workflow, workflow.Join.Length > 0 ? workflow.Keep : []);
    }

    /// <remarks>What the partitions kept comes as their artifacts, laid over the same folders.</remarks>
    static void WriteJoin(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Value("stage", "join").List("needs", [workflow.Name]);
        WriteRules(yaml, workflow, "always");
        WriteScript(yaml, workflow, workflow.CommandLine(workflow.Join, null));
        WriteArtifacts(yaml, workflow, []);
    }

    static void WriteRules(CiYaml yaml, CiWorkflowAttribute workflow, string? when = null) =>
        yaml.Section("rules", () =>
        {
            if (workflow.Schedule.Length > 0)
                yaml.Comment($"Add a schedule '{workflow.Schedule}' for this pipeline in the project.");
            if (workflow.PullRequests)
                Rule("$CI_PIPELINE_SOURCE == \"merge_request_event\"");
            foreach (var branch in workflow.Branches)
                Rule($"$CI_COMMIT_BRANCH == \"{branch}\"");
            Rule("$CI_PIPELINE_SOURCE == \"web\"");

            void Rule(string condition) => yaml.Item(() =>
            {
                yaml.Value("if", condition);
                if (when is not null)
                    yaml.Value("when", when);
            });
        });

    static void WriteCache(CiYaml yaml, CiWorkflowAttribute workflow) => yaml.Section("cache", () =>
    {
        yaml.Item(() => yaml
            .Section("key", () => yaml.Section("files", () => yaml.Item("**/packages.lock.json")))
            .List("paths", [".nuget/packages"]));
        if (workflow.Keep.Length == 0)
            return;
        var own = workflow.IsPartitioned ? "-$CI_NODE_INDEX" : "";
        var series = $"kept-{workflow.KeepFormat}-{workflow.Name}{own}";
        yaml.Item(() => yaml
            .Value("key", $"{series}-$CI_COMMIT_REF_SLUG")
            .List("fallback_keys", [$"{series}-$CI_DEFAULT_BRANCH"])
            .List("paths", workflow.Keep)
            .Value("when", "always"));
    });

    static void WriteScript(CiYaml yaml, CiWorkflowAttribute workflow, string commandLine)
    {
        yaml.Section("script", () => yaml.Item($"./build.sh {commandLine}"));
        yaml.Plain("timeout", $"{CiText.Number(workflow.TimeoutMinutes)} minutes");
    }

    static void WriteArtifacts(CiYaml yaml, CiWorkflowAttribute workflow, IReadOnlyList<string> handedOver)
    {
        const string Results = CiWorkflowAttribute.ResultsDirectory;
        yaml.Section("artifacts", () => yaml
            .Value("when", "always")
            .List("paths", [.. workflow.Artifacts, .. handedOver, Results])
            .Section("reports", () => yaml
                .Value("junit", $"{Results}/junit.xml")
                .Value("codequality", $"{Results}/code-quality.json")
                .Value("dotenv", $"{Results}/outputs.env")));
    }
}
