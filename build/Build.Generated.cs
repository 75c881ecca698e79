using Mlops.Pipelines.Specification;

/// <summary>What the repository carries that its own code writes.</summary>
sealed partial class Build
{
    Target Schema => _ => _
        .Description(
            "Write the JSON schemas from which editors complete: of pipelines and of build/parameters.json")
        .Executes(() =>
        {
            File.WriteAllText(
                Path.Combine(PipelinesDirectory, "pipeline.schema.json"), PipelineFile.JsonSchema());
            WriteParametersSchema(RootDirectory / "build" / "parameters.schema.json");
        });

    Target Samples => _ => _
        .Description("Write the sample data of the shipped pipelines; the same bytes every time")
        .Before(Ingest)
        .Executes(() => SampleData.Write(PipelinesDirectory));
}
