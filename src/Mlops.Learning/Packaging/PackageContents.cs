using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>The entries of a package by name.</summary>
static class PackageContents
{
    public static IReadOnlyDictionary<string, byte[]> Of(
        PackageInput input, TrainingDetails details, byte[] model, string toolchain, byte[] profile,
        GoldenInputs goldenInputs, IReadOnlyList<GoldenPrediction> goldenPredictions)
    {
        var schema = new PackageSchema(PackageSchema.CurrentFormatVersion, input.Pipeline, input.Cell,
            input.Package.Version, toolchain, input.Model.Train, input.Model.TrainRows, details,
            input.Table.Schema.Columns);
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [PackageArchive.ModelEntry] = model,
            [PackageArchive.SchemaEntry] = Json(schema, PackagingJson.Default.PackageSchema),
            [PackageArchive.MetricsEntry] = Json(Metrics(input), PackagingJson.Default.PackageMetrics),
            [PackageArchive.LineageEntry] = Json(
                input.Lineage, PackagingJson.Default.IReadOnlyListLineageEntry),
            [PackageArchive.CardEntry] = Encoding.UTF8.GetBytes(ModelCard.Write(input, details)),
            [PackageArchive.ProfileEntry] = profile,
            [PackageArchive.GoldenInputsEntry] = Json(goldenInputs, PackagingJson.Default.GoldenInputs),
            [PackageArchive.GoldenPredictionsEntry] =
                Json(goldenPredictions, PackagingJson.Default.IReadOnlyListGoldenPrediction),
        };
        entries[PackageArchive.ManifestEntry] = Manifest(entries);
        return entries;
    }

    /// <summary>As <c>sha256sum</c> writes it: digest, two blanks, name.</summary>
    static byte[] Manifest(IEnumerable<KeyValuePair<string, byte[]>> entries) =>
        Encoding.UTF8.GetBytes(
            string.Concat(entries.Select(entry => $"{Digest.Of(entry.Value)}  {entry.Key}\n")));

    static PackageMetrics Metrics(PackageInput input)
    {
        var definitions = MetricCatalog.Of(input.Model.Train.Task).ToDictionary(metric => metric.Name);
        return new PackageMetrics(
            input.Evaluation.HoldoutRows,
            [.. input.Evaluation.Metrics.Select(metric => new DefinedMetric(
                metric.Name, definitions.GetValueOrDefault(metric.Name)?.Definition, metric.Value,
                metric.Baseline, metric.Champion, metric.HigherIsBetter))],
            input.Evaluation.Gates);
    }

    static byte[] Json<T>(T value, JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
}
