using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mlops.Engine;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Packaging;

/// <summary>
/// A package as read from a file of unknown origin: names and sizes are limited, nothing is unpacked to disk,
/// and every entry equals its digest in the manifest.
/// </summary>
public sealed class PackageArchive
{
    public const string ModelEntry = "model.zip";
    public const string SchemaEntry = "schema.json";
    public const string MetricsEntry = "metrics.json";
    public const string LineageEntry = "lineage.json";
    public const string CardEntry = "model-card.md";
    public const string ProfileEntry = "reference-profile.json";
    public const string GoldenInputsEntry = "golden-inputs.json";
    public const string GoldenPredictionsEntry = "golden-predictions.json";
    public const string ManifestEntry = "MANIFEST";

    const int MostEntries = 64;
    const int MostInnerEntries = 100_000;
    const long MostBytes = 1L << 30;

    readonly Dictionary<string, byte[]> entries;

    PackageArchive(Dictionary<string, byte[]> entries) => this.entries = entries;

    /// <exception cref="ProblemException">The file is no package, or it was changed (PACK-001).</exception>
    public static PackageArchive Open(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(Path.GetFileName(path), stream, archive => archive);
    }

    /// <param name="name">What the file is called where something is wrong with it.</param>
    /// <param name="take">Takes what it needs; what it does not find is a fault of the file too.</param>
    /// <exception cref="ProblemException">The file is no package, or it was changed (PACK-001).</exception>
    public static T Read<T>(string name, Stream stream, Func<PackageArchive, T> take)
    {
        try
        {
            var archive = new PackageArchive(ReadAll(stream));
            archive.CheckManifest();
            return take(archive);
        }
        catch (InvalidDataException fault)
        {
            throw new ProblemException([new Problem(
                "PACK-001", "This is not a model package, or it was changed.",
                new Place(name), Actual: fault.Message,
                Next: "Build the package again, or bring the file that was released.")], inner: fault);
        }
    }

    /// <exception cref="InvalidDataException">There is no such entry.</exception>
    public ReadOnlyMemory<byte> this[string name] => entries.TryGetValue(name, out var content)
        ? content
        : throw new InvalidDataException($"there is no entry '{name}'");

    public PackageSchema Schema => Json(SchemaEntry, PackagingJson.Default.PackageSchema) is var schema
        && schema.FormatVersion == PackageSchema.CurrentFormatVersion
            ? schema
            : throw new InvalidDataException($"format version {schema.FormatVersion} is not known");

    public GoldenInputs GoldenInputs => Json(GoldenInputsEntry, PackagingJson.Default.GoldenInputs);

    /// <summary>What later rows are compared with.</summary>
    public ReferenceProfile Profile => Json(ProfileEntry, LearningJson.Default.ReferenceProfile);

    public ModelScorer Scorer()
    {
        var schema = Schema;
        return ModelScorer.Load(new MemoryStream(Model()), schema.Train, schema.Details);
    }

    /// <summary>The model's file, which holds no more than a model can.</summary>
    public byte[] Model()
    {
        var model = this[ModelEntry].ToArray();
        CheckInner(model);
        return model;
    }

    static Dictionary<string, byte[]> ReadAll(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.Entries.Count > MostEntries)
            throw new InvalidDataException($"it has {zip.Entries.Count} entries, more than {MostEntries}");
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = MostBytes;
        foreach (var entry in zip.Entries)
        {
            if (!IsPlain(entry.FullName) || !entries.TryAdd(entry.FullName, Read(entry, left)))
                throw new InvalidDataException($"the entry name '{entry.FullName}' is not allowed");
            left -= entries[entry.FullName].Length;
        }
        return entries;
    }

    /// <summary>A file name without any folder: no place outside can be meant.</summary>
    static bool IsPlain(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Counts what really comes out: a header may say anything.</summary>
    static byte[] Read(ZipArchiveEntry entry, long mostBytes)
    {
        using var stream = entry.Open();
        var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0; content.Write(buffer, 0, read))
            if (content.Length + read > mostBytes)
                throw new InvalidDataException($"its entries hold more than {MostBytes} bytes");
        return content.ToArray();
    }

    void CheckManifest()
    {
        var digests = new Dictionary<string, Digest>(StringComparer.Ordinal);
        var manifest = Encoding.UTF8.GetString(this[ManifestEntry].Span);
        foreach (var line in manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split("  ") is not [var hex, var name]
                || !Digest.TryParse(hex, out var digest) || !digests.TryAdd(name, digest))
                throw new InvalidDataException("the manifest cannot be read");
        foreach (var (name, content) in entries.Where(entry => entry.Key != ManifestEntry))
            if (!digests.Remove(name, out var digest) || digest != Digest.Of(content))
                throw new InvalidDataException(
                    $"the entry '{name}' does not equal its digest in the manifest");
        if (digests.Count > 0)
            throw new InvalidDataException($"the entry '{digests.Keys.First()}' is missing");
    }

    T Json<T>(string entry, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(this[entry].Span, type)
                ?? throw new InvalidDataException($"'{entry}' is empty");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{entry}' cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>ML.NET reads its own zip without limits, so they are held before it does.</summary>
    static void CheckInner(byte[] model)
    {
        using var zip = new ZipArchive(new MemoryStream(model), ZipArchiveMode.Read);
        if (zip.Entries.Count > MostInnerEntries || zip.Entries.Sum(entry => entry.Length) > MostBytes)
            throw new InvalidDataException("the model holds more than a model can");
    }
}
