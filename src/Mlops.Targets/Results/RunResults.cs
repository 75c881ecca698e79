namespace Mlops.Targets;

/// <summary>Gathers what CI servers read of a run, and hands it over when the run has ended.</summary>
/// <param name="folder">Where files are left; null where nobody named a folder.</param>
sealed class RunResults(AbsolutePath? folder, CiHost? host)
{
    const string Tool = "Mlops.Build";

    readonly List<Notice> notices = [];
    readonly List<Check> checks = [];

    public void Tell(RunEvent told)
    {
        switch (told)
        {
            case RunEvent.Noticed noticed:
                notices.Add(noticed.Notice);
                break;
            case RunEvent.Checked made:
                checks.Add(made.Check);
                break;
            case RunEvent.Ended ended when CheckOf(ended) is { } check:
                checks.Add(check);
                break;
        }
    }

    /// <returns>What the server is to find in the log.</returns>
    public IReadOnlyList<string> Deliver(string summary, IReadOnlyDictionary<string, string> outputs)
    {
        if (folder is not null)
            WriteFiles(folder);
        return [.. (host ?? new PlainServer()).Deliver(new Delivery(summary, [.. outputs]), folder)];
    }

    void WriteFiles(AbsolutePath directory)
    {
        Directory.CreateDirectory(directory);
        using (var junit = File.Create(directory / "junit.xml"))
            JUnitFile.Write(junit, Tool, checks);
        using (var sarif = File.Create(directory / "findings.sarif"))
            SarifFile.Write(sarif, Tool, typeof(RunResults).Assembly.GetName().Version!.ToString(3), notices);
        using var quality = File.Create(directory / "code-quality.json");
        CodeQualityFile.Write(quality, notices);
    }

    static Check? CheckOf(RunEvent.Ended ended)
    {
        var target = ended.Of;
        CheckResult? result = target.Status switch
        {
            ExecutionStatus.Succeeded => CheckResult.Passed,
            ExecutionStatus.Failed => CheckResult.Failed,
            ExecutionStatus.Aborted => CheckResult.Error,
            ExecutionStatus.Skipped or ExecutionStatus.NotRun => CheckResult.Skipped,
            _ => null,
        };
        var message = ended.Failure
            ?? (target.OnlyWhen is null ? target.Skipped : $"only when {target.OnlyWhen}");
        return result is null
            ? null
            : new Check("targets", target.Name, result.Value, message, target.Duration);
    }
}
