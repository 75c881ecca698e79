/// <summary>
/// What a person can ask for. The stages themselves are in <c>src/</c>, the pipelines in <c>pipelines/</c>.
/// </summary>
sealed partial class Build : TargetBuild
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["score-package", .. var rest] => Mlops.Learning.Packaging.PackageScoring.Run([.. rest]),
        _ when arguments.Contains("--step") => Execute<Build>(build => build.ExecuteStep),
        _ => Execute<Build>(build => build.Report),
    };

    Target Prepare => _ => _
        .Description("Run the programs that pipelines declare as steps, whatever takes their outputs")
        .Before(Ingest)
        .Brings(graph => graph.Steps);

    Target Ingest => _ => _
        .Description("Read raw files into typed, hashed tables; rows that do not parse go to quarantine")
        .Brings(graph => graph.Dataset);

    Target Validate => _ => _
        .Description("Profile the data and hold it against its checks")
        .DependsOn(Ingest)
        .Brings(graph => graph.Validation);

    Target Train => _ => _
        .Description("Fit each pipeline's model on its training split")
        .DependsOn(Validate)
        .Brings(graph => graph.Model);

    Target Evaluate => _ => _
        .Description(
            "Measure each model on its holdout, against the baseline and the champion, and apply the gates")
        .DependsOn(Train)
        .Brings(graph => graph.Evaluation);

    Target Package => _ => _
        .Description("Pack each accepted model with its evidence, and prove it by scoring in another process")
        .DependsOn(Evaluate)
        .Brings(graph => graph.Package);

    Target Report => _ => _
        .Description("Render the audit and drift reports and the front page")
        .DependsOn(Package)
        .Brings(graph => graph.Steps, graph => graph.Audit, graph => graph.DriftReport, graph => graph.Index);
}
