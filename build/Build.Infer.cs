using Mlops.Engine;
using Mlops.Pipelines.Scaffolding;
using Mlops.Pipelines.Specification;

/// <summary>What the sources hold becomes declared columns.</summary>
sealed partial class Build
{
    [Parameter("With Infer: replace data.columns and validate.columns that a person wrote")]
    readonly bool Force;

    Target Infer => _ => _
        .Description(
            "Write data.columns of each selected pipeline from its sources, "
            + "with the evidence as comments, and validate.columns as notes, to be looked at")
        .Executes(async () =>
        {
            try
            {
                var pipelines = PipelineFile.ReadAll(
                    PipelinesDirectory, Pipeline.Length > 0 ? Pipeline : null, EnvironmentVariables(), Set);
                foreach (var pipeline in pipelines)
                    Tell(await InferredColumns.Write(pipeline, OpenWorkspace(), Force, Stop));
            }
            catch (ProblemException problem)
            {
                throw PersonsMistake(Refused(problem));
            }
        });

    static void Tell(InferredColumns inferred)
    {
        Console.WriteLine($"  {(inferred.Changes.Count == 0 ? "unchanged " : "written   ")} {inferred.File}");
        foreach (var line in inferred.Changes)
            Console.WriteLine($"    {line}");
        foreach (var finding in inferred.Findings)
            Console.WriteLine($"    {finding}");
    }
}
