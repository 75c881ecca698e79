namespace Mlops.EndToEnd.Tests;

/// <summary>Every field of a key says where it came from.</summary>
public sealed class ExplainTests
{
    [Fact]
    public void FieldsAreTracedToTheYamlTheFilesAndTheStepsUpstream()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Evaluate").ShouldExit(0);

        bench.Run("Explain", "--step", "churn/Ingest", "churn/Split", "churn/Validate", "churn/Train")
            .ShouldExit(0).ShouldSay(
                "<- pipeline.yaml split.method", "<- pipeline.yaml split.holdout-share",
                "<- pipeline.yaml train.trainer.leaves", "<- pipeline.yaml validate.min-rows",
                "<- churn/Ingest", "<- churn/Split", "customers-1.csv");
    }
}
