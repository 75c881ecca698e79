using Mlops.Pipelines.Specification;

/// <summary>What the repository carries that its own code writes.</summary>
sealed partial class Build
{
    Target Schema => _ => _
        .Description("Write pipelines/pipeline.schema.json, from which editors complete")
        .Executes(() => File.WriteAllText(Path.Combine(PipelinesDirectory, "pipeline.schema.json"), PipelineFile.JsonSchema()));

    Target Samples => _ => _
        .Description("Write the sample data of the shipped pipelines; the same bytes every time")
        .Before(Ingest)
        .Executes(() => SampleData.Write(PipelinesDirectory));
}
