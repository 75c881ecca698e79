namespace Mlops.Targets.Tests;

/// <summary>A build that does everything there is to show.</summary>
sealed class ShownBuild : TargetBuild
{
    [Parameter, Secret]
    public string Token { get; private set; } = "tok\"en";

    public Target Prepare => _ => _.Executes(() =>
    {
        Console.WriteLine($"prepared with {Token}");
        Console.Error.WriteLine("a word of caution");
    });

    public Target Train => _ => _
        .DependsOn(Prepare)
        .Executes(() => RunStep(TimeSpan.FromMilliseconds(Console.IsOutputRedirected ? 10 : 1000)));

    public Target Broken => _ => _.DependsOn(Prepare)
        .Executes(() => Assert.Fail("auc 0.71 is below 0.80\n::error::not a command, 100 % \e[2J"));

    public Target Publish => _ => _.DependsOn(Broken).Executes(() => Console.WriteLine("published"));

    public Target Rejected => _ => _.ProceedAfterFailure().Executes(() =>
    {
        Tell(new StepEvent.Settled(
            "churn/Evaluate", "executed", true, ["never built"], "abc", default, default, ["auc 0.71"]));
        Tell(new Notice(NoticeLevel.Error, "gate:auc",
            $"auc 0.71 is below 0.80 for {Token}", "pipelines/churn/pipeline.yaml", 12, 5));
        Tell(new Notice(NoticeLevel.Warning, "quarantine",
            "'33,31' is not a number", "pipelines/churn/customers-1.csv", 139));
        Tell(new Check("churn/gates", "auc", CheckResult.Failed, $"auc 0.71 with {Token}"));
        Assert.Fail("churn/Evaluate was rejected");
    });

    public Target AfterRejected => _ => _
        .DependsOn(Rejected)
        .Executes(() => Console.WriteLine("reported all the same"));

    public Target Never => _ => _
        .OnlyWhenDynamic(() => Token.Length == 0)
        .Executes(() => Console.WriteLine("never"));

    public Target Wait => _ => _.Executes(async () =>
    {
        Tell(new StepEvent.Started("churn/Train", ["never built"], null));
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.Infinite, Cancellation);
    });

    public Target Much => _ => _.Executes(() =>
    {
        for (var i = 0; i < 10_000; i++)
            Console.WriteLine($"line {i} of much text that nobody will read to its end, as so often");
        File.WriteAllText(Path.Combine(RootDirectory, "finished"), "yes");
    });

    public Target Crowd => _ => _.Executes(() => Parallel.For(0, 4, worker =>
    {
        for (var i = 0; i < 2_000; i++)
            if (worker % 2 == 0)
                Console.WriteLine($"line {i} of {worker}");
            else
                Tell(new StepEvent.Waiting("churn/Train", $"process {i}"));
    }));

    protected internal override IReadOnlyList<string> SummaryColumns => ["Executed", "Cost"];

    protected internal override IReadOnlyList<SummaryRow> SummaryRows =>
        [new SummaryRow("Steps", "", Note: "1 executed in all of this run, and nothing was reused")];

    protected internal override string? LastWord => $"Open out/index.html with {Token}";

    protected internal override IReadOnlyDictionary<string, string> Outputs =>
        new Dictionary<string, string> { ["executed"] = "1" };

    protected internal override void WriteJobSummary(TextWriter markdown) =>
        markdown.WriteLine($"### Models of {Token}\n\n| churn |");

    public static int Start() => Execute<ShownBuild>();

    void RunStep(TimeSpan time)
    {
        Tell(new StepEvent.Started("churn/Train", ["`leaves` 8 → 7"], TimeSpan.FromSeconds(90)));
        Tell(new StepEvent.Progressed("churn/Train", "fast-tree on 8,000 rows \e[2J"));
        Thread.Sleep(time);
        Tell(new StepEvent.Settled(
            "churn/Train", "executed", false, ["`leaves` 8 → 7"], "abc", time, default, []));
        ReportSummary(summary => summary.AddPair("Executed", 1).AddPair("Cost", "0.5 EUR"));
        Console.WriteLine("  executed   churn/Train: `leaves` 8 → 7");
    }
}
