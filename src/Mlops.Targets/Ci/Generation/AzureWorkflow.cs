namespace Mlops.Targets;

/// <summary>A pipeline file of Azure Pipelines.</summary>
static class AzureWorkflow
{
    public static string Write(CiWorkflowAttribute workflow)
    {
        var yaml = new CiYaml().Comment(CiText.Origin);
        foreach (var secret in workflow.Secrets)
            yaml.Comment($"Define the secret variable {secret} of the pipeline, empty if it is not used.");
        yaml.Value("name", $"{workflow.Name}-$(Build.BuildId)");
        WriteTriggers(yaml, workflow);
        yaml.Section("jobs", () =>
        {
            yaml.Item(() => WriteJob(yaml, workflow));
            if (workflow.Join.Length > 0)
                yaml.Item(() => WriteJoin(yaml, workflow));
        });
        return yaml.ToString();
    }

    static void WriteTriggers(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        if (workflow.Branches.Length > 0)
            yaml.List("trigger", workflow.Branches);
        else
            yaml.Plain("trigger", "none");
        if (!workflow.PullRequests)
            yaml.Plain("pr", "none");
        if (workflow.Schedule.Length > 0)
            yaml.Section("schedules", () => yaml.Item(() => yaml
                .Value("cron", workflow.Schedule)
                .Value("displayName", workflow.Name)
                .Section("branches", () => yaml.List("include", workflow.Branches))
                .Plain("always", "true")));
    }

    static void WriteJob(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Value("job", JobName(workflow));
        yaml.Section("strategy", () => yaml.Section("matrix", () =>
        {
            foreach (var system in workflow.Systems)
                for (var i = 1; i <= workflow.Partitions; i++)
                    yaml.Section($"{system}{(workflow.IsPartitioned ? i : "")}", () => yaml
                        .Value("image", Image(system))
                        .Plain("partition", $"'{CiText.Number(i)}'"));
        }));
        WriteMachine(yaml, workflow, "$(image)");
        var own = workflow.IsPartitioned ? "-$(partition)" : "";
        yaml.Section("steps", () =>
        {
            WriteStart(yaml);
            WriteCache(yaml, workflow, own);
            WriteRun(yaml, workflow,
                workflow.CommandLine(workflow.Targets, workflow.IsPartitioned ? "$(partition)" : null));
            WriteResults(yaml, workflow, $"{workflow.Name}-$(Agent.OS){own}");
            if (workflow.Join.Length > 0)
                foreach (var (index, kept) in workflow.Keep.Index())
                    WritePublish(yaml, kept, $"kept-{index}{own}");
        });
    }

    static void WriteJoin(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Value("job", $"{JobName(workflow)}_join");
        yaml.Value("dependsOn", JobName(workflow)).Value("condition", "not(canceled())");
        WriteMachine(yaml, workflow, Image(workflow.Systems[0]));
        yaml.Section("steps", () =>
        {
            WriteStart(yaml);
            foreach (var (index, kept) in workflow.Keep.Index())
                for (var i = 1; i <= workflow.Partitions; i++)
                    WriteDownload(yaml, kept, $"kept-{index}-{i}");
            WriteRun(yaml, workflow, workflow.CommandLine(workflow.Join, null));
            WriteResults(yaml, workflow, $"{workflow.Name}-join");
        });
    }

    static void WriteMachine(CiYaml yaml, CiWorkflowAttribute workflow, string image)
    {
        yaml.Section("pool", () => yaml.Value("vmImage", image));
        yaml.Plain("timeoutInMinutes", CiText.Number(workflow.TimeoutMinutes));
    }

    static void WriteStart(CiYaml yaml) =>
        yaml.Item(() => yaml.Value("checkout", "self").Plain("persistCredentials", "false"));

    /// <remarks>A new key for each run, since the server never changes what it has under one.</remarks>
    static void WriteCache(CiYaml yaml, CiWorkflowAttribute workflow, string own)
    {
        foreach (var (index, kept) in workflow.Keep.Index())
        {
            var series = $"\"kept-{workflow.KeepFormat}-{workflow.Name}{own}-{index}\" | \"$(Agent.OS)\"";
            yaml.Item(() => yaml.Value("task", "Cache@2").Section("inputs", () => yaml
                .Value("key", $"{series} | \"$(Build.SourceBranchName)\" | \"$(Build.BuildId)\"")
                .Block("restoreKeys", [$"{series} | \"$(Build.SourceBranchName)\"", series])
                .Value("path", kept)));
        }
    }

    static void WriteRun(CiYaml yaml, CiWorkflowAttribute workflow, string commandLine)
    {
        foreach (var (script, condition) in new[] { ("./build.sh", "ne"), ("build.cmd", "eq") })
            yaml.Item(() =>
            {
                yaml.Value("script", $"{script} {commandLine}");
                yaml.Value("condition",
                    $"and(succeeded(), {condition}(variables['Agent.OS'], 'Windows_NT'))");
                // Other variables are in the environment without being told.
                if (workflow.Secrets.Length > 0)
                    yaml.Section("env", () =>
                    {
                        foreach (var name in workflow.Secrets)
                            yaml.Value(name, $"$({name})");
                    });
            });
    }

    static void WriteResults(CiYaml yaml, CiWorkflowAttribute workflow, string name)
    {
        yaml.Item(() => yaml
            .Value("task", "PublishTestResults@2")
            .Value("condition", "always()")
            .Section("inputs", () => yaml
                .Value("testResultsFormat", "JUnit")
                .Value("testResultsFiles", $"{CiWorkflowAttribute.ResultsDirectory}/junit.xml")
                .Plain("failTaskOnMissingResultsFile", "false")));
        var artifacts = workflow.Artifacts.Append(CiWorkflowAttribute.ResultsDirectory);
        foreach (var (index, artifact) in artifacts.Index())
            WritePublish(yaml, artifact, $"{name}-{index}");
    }

    static void WritePublish(CiYaml yaml, string path, string name) => yaml.Item(() => yaml
        .Value("publish", path)
        .Value("artifact", name)
        .Value("condition", "always()")
        .Plain("continueOnError", "true"));

    static void WriteDownload(CiYaml yaml, string path, string name) => yaml.Item(() => yaml
        .Value("task", "DownloadPipelineArtifact@2")
        .Plain("continueOnError", "true")
        .Section("inputs", () => yaml.Value("artifact", name).Value("path", path)));

    static string JobName(CiWorkflowAttribute workflow) => workflow.Name.Replace('-', '_');

    static string Image(CiSystem system) => system switch
    {
        CiSystem.Linux => "ubuntu-24.04",
        CiSystem.MacOS => "macOS-15",
        _ => "windows-2025",
    };
}
