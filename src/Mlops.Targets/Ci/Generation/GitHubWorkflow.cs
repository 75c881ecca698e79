namespace Mlops.Targets;

/// <summary>A workflow file of GitHub Actions.</summary>
static class GitHubWorkflow
{
    const string Checkout = "actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1";
    const string Cache = "actions/cache@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3";
    const string Restore = "actions/cache/restore@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3";
    const string Save = "actions/cache/save@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3";
    const string Upload = "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0";

    public static string Write(CiWorkflowAttribute workflow)
    {
        var yaml = new CiYaml().Comment(CiText.Origin).Value("name", workflow.Name);
        WriteTriggers(yaml, workflow);
        yaml.Section("permissions", () => yaml.Value("contents", "read"));
        yaml.Section("concurrency", () => yaml
            .Value("group", $"{workflow.Name}-${{{{ github.ref }}}}")
            .Plain("cancel-in-progress", "${{ github.event_name == 'pull_request' }}"));
        yaml.Section("jobs", () =>
        {
            yaml.Section(workflow.Name, () => WriteJob(yaml, workflow));
            if (workflow.Join.Length > 0)
                yaml.Section($"{workflow.Name}-join", () => WriteJoin(yaml, workflow));
        });
        return yaml.ToString();
    }

    static void WriteTriggers(CiYaml yaml, CiWorkflowAttribute workflow) => yaml.Section("on", () =>
    {
        if (workflow.Branches.Length > 0)
            yaml.Section("push", () => yaml.List("branches", workflow.Branches));
        if (workflow.PullRequests)
            yaml.Plain("pull_request", "{}");
        if (workflow.Schedule.Length > 0)
            yaml.Section("schedule", () => yaml.Item(() => yaml.Value("cron", workflow.Schedule)));
        yaml.Plain("workflow_dispatch", "{}");
    });

    static void WriteJob(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Section("strategy", () => yaml.Plain("fail-fast", "false").Section("matrix", () =>
        {
            yaml.List("system", workflow.Systems.Select(Image));
            if (workflow.IsPartitioned)
                yaml.List("partition", CiText.Numbers(workflow.Partitions));
        }));
        WriteMachine(yaml, workflow, "${{ matrix.system }}");
        yaml.Section("steps", () =>
        {
            var own = workflow.IsPartitioned ? "-${{ matrix.partition }}" : "";
            WriteStart(yaml);
            WriteRestore(yaml, workflow, Key(workflow, own),
                $"{Series(workflow, own)}-${{{{ github.ref_name }}}}-", $"{Series(workflow, own)}-");
            WriteRun(yaml, workflow.CommandLine(
                workflow.Targets, workflow.IsPartitioned ? "${{ matrix.partition }}" : null));
            WriteSave(yaml, workflow, Key(workflow, own));
            WriteUpload(yaml, workflow, $"{workflow.Name}-${{{{ matrix.system }}}}{own}");
        });
    }

    /// <remarks>
    /// What each partition kept is laid over the same folders: content-addressed stores of one format unite
    /// so. It runs after a failure too, since a rejected model's report is the one most needed.
    /// </remarks>
    static void WriteJoin(CiYaml yaml, CiWorkflowAttribute workflow)
    {
        yaml.Value("needs", workflow.Name).Plain("if", "${{ !cancelled() }}");
        WriteMachine(yaml, workflow, Image(workflow.Systems[0]));
        yaml.Section("steps", () =>
        {
            WriteStart(yaml);
            for (var i = 1; i <= workflow.Partitions; i++)
                WriteRestore(yaml, workflow, Key(workflow, $"-{i}"), $"{OfRun(workflow, $"-{i}")}-");
            WriteRun(yaml, workflow.CommandLine(workflow.Join, null));
            WriteSave(yaml, workflow, Key(workflow, "-join"));
            WriteUpload(yaml, workflow, $"{workflow.Name}-join");
        });
    }

    static void WriteMachine(CiYaml yaml, CiWorkflowAttribute workflow, string image)
    {
        yaml.Value("runs-on", image).Plain("timeout-minutes", CiText.Number(workflow.TimeoutMinutes));
        if (workflow.Variables.Length + workflow.Secrets.Length == 0)
            return;
        yaml.Section("env", () =>
        {
            foreach (var variable in workflow.Variables)
                yaml.Plain(variable, $"${{{{ vars.{variable} }}}}");
            foreach (var secret in workflow.Secrets)
                yaml.Plain(secret, $"${{{{ secrets.{secret} }}}}");
        });
    }

    static void WriteStart(CiYaml yaml)
    {
        yaml.Item(() =>
            yaml.Plain("uses", Checkout).Section("with", () => yaml.Plain("persist-credentials", "false")));
        yaml.Item(() => yaml.Plain("uses", Cache).Section("with", () => yaml
            .Value("path", "~/.nuget/packages")
            .Plain("key", "nuget-${{ runner.os }}-${{ hashFiles('**/packages.lock.json') }}")
            .Plain("restore-keys", "nuget-${{ runner.os }}-")));
    }

    static void WriteRestore(CiYaml yaml, CiWorkflowAttribute workflow, string key, params string[] otherwise)
    {
        if (workflow.Keep.Length > 0)
            yaml.Item(() => yaml.Plain("uses", Restore).Section("with", () => yaml
                .Block("path", workflow.Keep)
                .Plain("key", key)
                .Block("restore-keys", otherwise)));
    }

    /// <remarks>Also after a failure: what was made until then is as good.</remarks>
    static void WriteSave(CiYaml yaml, CiWorkflowAttribute workflow, string key)
    {
        if (workflow.Keep.Length > 0)
            yaml.Item(() => yaml.Plain("uses", Save).Plain("if", "always()").Section("with", () => yaml
                .Block("path", workflow.Keep)
                .Plain("key", key)));
    }

    static void WriteRun(CiYaml yaml, string commandLine) => yaml.Item(() =>
        yaml.Plain("run",
            $"${{{{ runner.os == 'Windows' && './build.cmd' || './build.sh' }}}} {commandLine}"));

    static void WriteUpload(CiYaml yaml, CiWorkflowAttribute workflow, string name) => yaml.Item(() => yaml
        .Plain("uses", Upload)
        .Plain("if", "always()")
        .Section("with", () => yaml
            .Value("name", name)
            .Block("path", [.. workflow.Artifacts, CiWorkflowAttribute.ResultsDirectory])
            .Plain("include-hidden-files", "true")
            .Plain("if-no-files-found", "ignore")));

    /// <remarks>
    /// A new one for each run, since the server never changes what it has under a key; found again by its
    /// beginning, that of the same branch first. Pull requests read the caches of their base, and no
    /// base reads theirs.
    /// </remarks>
    static string Key(CiWorkflowAttribute workflow, string own) =>
        $"{OfRun(workflow, own)}-${{{{ github.run_attempt }}}}";

    static string OfRun(CiWorkflowAttribute workflow, string own) =>
        $"{Series(workflow, own)}-${{{{ github.ref_name }}}}-${{{{ github.run_id }}}}";

    static string Series(CiWorkflowAttribute workflow, string own) =>
        $"kept-{workflow.KeepFormat}-{workflow.Name}-${{{{ runner.os }}}}{own}";

    static string Image(CiSystem system) => system switch
    {
        CiSystem.Linux => "ubuntu-24.04",
        CiSystem.MacOS => "macos-15",
        _ => "windows-2025",
    };
}
