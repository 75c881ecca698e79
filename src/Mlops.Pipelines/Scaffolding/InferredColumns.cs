using System.Text;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// Writes what a pipeline's sources hold into its <c>data.columns</c>, with the evidence as comments, and
/// into its <c>validate.columns</c> as checks of severity info, for a person to look at. The parts' profiles
/// are merged, so that no more than one part's rows are in memory.
/// </summary>
/// <param name="File">The <c>pipeline.yaml</c>.</param>
/// <param name="Changes">Lines taken out, with a minus, and put in, with a plus;
/// none if all was so already.</param>
/// <param name="Findings">What was found in the sources besides.</param>
public sealed record InferredColumns(
    string File, IReadOnlyList<string> Changes, IReadOnlyList<string> Findings)
{
    /// <param name="workspace">Where the sources are looked up.</param>
    /// <param name="force">Replaces sections that a person wrote.</param>
    /// <exception cref="ProblemException">The sources cannot be read; or the section is a person's
    /// (PIPE-014), or has no place in how the file is written (PIPE-015).</exception>
    public static async Task<InferredColumns> Write(
        PipelineSpecification pipeline, Workspace workspace, bool force, CancellationToken cancellation)
    {
        var file = Path.Combine(pipeline.Directory, PipelineFile.FileName);
        var (yaml, encoding) = await ReadText(file, cancellation);
        var types = InferredSection.OfTypes(yaml, file, force);
        var scratch = Directory.CreateTempSubdirectory("mlops-infer-");
        try
        {
            var reading = await Read(pipeline, workspace, scratch.FullName, cancellation);
            var (dataset, profile) = (reading.Dataset, reading.Profile);
            var (text, changes) = types.With(Types(pipeline, reading));
            var checks = InferredSection.OfChecks(text, file, force);
            if (checks is not null)
            {
                (text, var more) = checks.With(Checks(pipeline, profile));
                changes = [.. changes, .. more];
            }
            if (changes.Count > 0)
            {
                await System.IO.File.WriteAllTextAsync(file + ".new", text, encoding, cancellation);
                System.IO.File.Move(file + ".new", file, overwrite: true);
            }
            return new InferredColumns(file, changes, checks is not null ? dataset.Judgement.Findings :
            [
                .. dataset.Judgement.Findings,
                "validate.columns is written by hand, or validate in one line: its checks stay as they are.",
            ]);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <returns>The text without the mark that it may begin with, and what writes it with that.</returns>
    static async Task<(string Text, Encoding Encoding)> ReadText(string file, CancellationToken cancellation)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var text = await reader.ReadToEndAsync(cancellation);
        return (text, reader.CurrentEncoding);
    }

    static IReadOnlyList<string> Types(PipelineSpecification pipeline, Reading reading) =>
        [.. reading.Profile.Columns.Select((sketch, i) => ColumnRemark.Line(
            reading.Schema.Columns[i], sketch, reading.Dataset.Origins?[i], Hides(pipeline, sketch.Name),
            reading.Forms.Of(sketch.Name), reading.Forms.Format))];

    static IReadOnlyList<string> Checks(PipelineSpecification pipeline, PartProfile profile) =>
        [.. profile.Columns.Select(sketch => ObservedChecks.Line(
            ProfileSummary.Of(sketch), Hides(pipeline, sketch.Name),
            pipeline.Data.Key.Contains(sketch.Name)))];

    static bool Hides(PipelineSpecification pipeline, string column) =>
        pipeline.Validate.Redact?.Contains(column) == true;

    static SourceListing Sources(PipelineSpecification pipeline, Workspace workspace)
    {
        var place = new Place("pipeline.yaml", Field: "data.sources");
        if (StepReference.References(pipeline.Data.Sources).Count > 0)
            throw new ProblemException(new Problem(
                "PIPE-016", $"The sources of '{pipeline.Name}' are made by steps.", place,
                Next: "Declare the columns yourself, or infer them from copies of the files."));
        var listing = workspace.ResolveSources(
            pipeline.Directory, StepReference.Globs(pipeline.Data.Sources));
        return listing.UnmatchedGlobs.Count == 0
            ? listing
            : throw new ProblemException([.. listing.UnmatchedGlobs.Select(glob => new Problem(
                "PIPE-001", $"No file matches the source '{glob}' of pipeline '{pipeline.Name}'.", place,
                Next: "Correct data.sources, or bring the file."))]);
    }

    static async Task<Reading> Read(
        PipelineSpecification pipeline, Workspace workspace, string scratch, CancellationToken cancellation)
    {
        var data = pipeline.Data;
        var listing = Sources(pipeline, workspace);
        var paths = listing.Paths.GroupBy(pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.First().Key);
        var context = new ScratchContext(scratch, paths, null, cancellation);
        var ingest = IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());
        return await Reading.Of(Ingest, Beginning, new IngestInput(
            listing.Files, data.Format, null, null, 1, data.Sql,
            data.Downloads, data.Partitions, data.OnSchemaChange, pipeline.Validate.Redact));

        async Task<(Dataset, PartProfile)> Ingest(IngestInput input)
        {
            var dataset = await context.Call(ingest, input);
            return (dataset, dataset.Table.Parts.Count == 0
                ? PartProfile.Of(await TableReading.Load(context, dataset.Table))
                : await PartStages.Merged(
                    context, dataset.Table.Parts.Select(part => new ProfilePartsInput([part]))));
        }

        async Task<Table> Beginning(Dataset dataset)
        {
            if (dataset.Table.Parts.Count == 0)
                return await TableReading.Load(context, dataset.Table);
            var path = context.Locate(dataset.Table.Parts[0].File);
            await using var stream = System.IO.File.OpenRead(path);
            await using var part = await ParquetFile.Open(stream, path, cancellation);
            return await part.ReadRowGroup(0, ct: cancellation);
        }
    }
}
