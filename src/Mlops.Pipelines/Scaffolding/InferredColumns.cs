using System.Globalization;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// Writes what a pipeline's sources hold into its <c>data.columns</c>, with the evidence as comments, for a
/// person to look at.
/// </summary>
/// <param name="File">The <c>pipeline.yaml</c>.</param>
/// <param name="Changes">Lines taken out, with a minus, and put in, with a plus;
/// none if all was so already.</param>
/// <param name="Findings">What was found in the sources besides.</param>
public sealed record InferredColumns(
    string File, IReadOnlyList<string> Changes, IReadOnlyList<string> Findings)
{
    /// <summary>From here on what reads as numbers is worth a remark in a column of text.</summary>
    const double MostlyNumbers = 0.9;

    const int MostLevels = 100;
    const double MostLevelsShare = 0.1;

    /// <param name="workspace">Where the sources are looked up.</param>
    /// <param name="force">Replaces a section that a person wrote.</param>
    /// <exception cref="ProblemException">The sources cannot be read; or the section is a person's
    /// (PIPE-014), or has no place in how the file is written (PIPE-015).</exception>
    public static async Task<InferredColumns> Write(
        PipelineSpecification pipeline, Workspace workspace, bool force, CancellationToken cancellation)
    {
        var file = Path.Combine(pipeline.Directory, PipelineFile.FileName);
        var yaml = await System.IO.File.ReadAllTextAsync(file, cancellation);
        var section = ColumnsSection.Find(yaml, file, force);
        var scratch = Directory.CreateTempSubdirectory("mlops-infer-");
        try
        {
            var (dataset, table) = await Read(pipeline, workspace, scratch.FullName, cancellation);
            var lines = PartProfile.Of(table).Columns
                .Select((sketch, i) => Line(table.Schema.Columns[i], ProfileSummary.Of(sketch), table[i]));
            var (text, changes) = section.With([.. lines]);
            if (changes.Count > 0)
            {
                await System.IO.File.WriteAllTextAsync(file + ".new", text, cancellation);
                System.IO.File.Move(file + ".new", file, overwrite: true);
            }
            return new InferredColumns(file, changes, dataset.Judgement.Findings);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    static async Task<(Dataset, Table)> Read(
        PipelineSpecification pipeline, Workspace workspace, string scratch, CancellationToken cancellation)
    {
        var data = pipeline.Data;
        if (StepReference.References(data.Sources).Count > 0)
            throw new ProblemException(new Problem(
                "PIPE-016", $"The sources of '{pipeline.Name}' are made by steps.",
                new Place("pipeline.yaml", Field: "data.sources"),
                Next: "Declare the columns yourself, or infer them from copies of the files."));
        var listing = workspace.ResolveSources(pipeline.Directory, StepReference.Globs(data.Sources));
        if (listing.UnmatchedGlobs.Count > 0)
            throw new ProblemException([.. listing.UnmatchedGlobs.Select(glob => new Problem(
                "PIPE-001", $"No file matches the source '{glob}' of pipeline '{pipeline.Name}'.",
                new Place("pipeline.yaml", Field: "data.sources"),
                Next: "Correct data.sources, or bring the file."))]);
        var paths = listing.Paths.GroupBy(pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.First().Key);
        var context = new ScratchContext(scratch, paths, null, cancellation);
        var ingest = IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>());
        var dataset = await context.Call(ingest, new IngestInput(
            listing.Files, data.Format, null, null, 1, data.Sql,
            data.Downloads, data.Partitions, data.OnSchemaChange));
        return (dataset, await TableReading.Load(context, dataset.Table));
    }

    static string Line(Column column, ColumnProfile profile, ColumnValues values)
    {
        var rows = profile.Count + profile.Missing;
        List<string> evidence = [Share(profile.Missing, rows, "missing"), Distinct(profile, rows)];
        if (profile is { Min: { } min, Max: { } max } && column.Type.IsNumber())
            evidence.Add($"{SensibleChecks.Number(min)} to {SensibleChecks.Number(max)}");
        else if (profile.Top.Count > 0 && profile.Distinct < rows)
            evidence.Add("mostly " + string.Join(", ", profile.Top.Take(3).Select(top => Shown(top.Value))));
        if (Suggestion(column, profile, values) is { } suggestion)
            evidence.Add(suggestion);
        return $"{YamlWord.Key(column.Name)}: {YamlWord.Of(column.TypeWord)}  # "
            + $"{string.Join("; ", evidence)}";
    }

    static string? Suggestion(Column column, ColumnProfile profile, ColumnValues values)
    {
        if (column.Type != ColumnType.Text || profile.Count == 0)
            return null;
        var others = Enumerable.Range(0, values.Count).Select(values.Text)
            .OfType<string>().Where(text => !IsNumber(text)).ToList();
        var numbers = 1 - (double)others.Count / profile.Count;
        if (numbers >= MostlyNumbers && others.Count > 0)
            return string.Create(CultureInfo.InvariantCulture,
                $"{numbers:P1} read as numbers, but not "
                + $"{string.Join(", ", others.Distinct(StringComparer.Ordinal).Take(3).Select(Shown))}: "
                + $"perhaps missing ones");
        return profile.Distinct <= Math.Min(MostLevels, MostLevelsShare * profile.Count)
            ? "perhaps a category"
            : null;
    }

    static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    static string Share(long part, long rows, string what) => part == 0 ? $"none {what}"
        : string.Create(CultureInfo.InvariantCulture, $"{(double)part / Math.Max(1, rows):P1} {what}");

    static string Distinct(ColumnProfile profile, long rows) =>
        profile.Distinct == rows && rows > 1 && profile.DistinctIsExact
            ? "all different"
            : string.Create(CultureInfo.InvariantCulture,
                $"{(profile.DistinctIsExact ? "" : "about ")}{profile.Distinct:N0} distinct");

    /// <summary>On one line and short, whatever a cell holds.</summary>
    static string Shown(string text)
    {
        var line = string.Concat(
            text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        return line.Length > 30 ? $"'{line[..30]}…'" : $"'{line}'";
    }
}
