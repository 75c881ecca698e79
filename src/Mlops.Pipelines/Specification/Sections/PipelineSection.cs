using Mlops.Data.Splitting;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Pipelines.Specification.Shapes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>A whole <c>pipeline.yaml</c>.</summary>
static class PipelineSection
{
    const int LongestName = 64;

    /// <summary>What a pipeline, or a step of its own, may be called, in words.</summary>
    internal const string NameRule =
        "lowercase letters, digits and hyphens, at most 64, and no device of Windows such as con";

    /// <summary>The same as a regular expression of JSON Schema.</summary>
    internal const string NamePattern =
        "^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9-]{0,63}$";

    static readonly Shape<string> Name = Scalars.Matching(NameRule, IsName, NamePattern);

    static readonly SectionShape<string?> Report = new(fields =>
        fields.Maybe("title", Scalars.Text,
            "The heading of the reports, where it is not the pipeline's title"));

    /// <summary>Any of these makes a pipeline one that learns; without steps every pipeline is.</summary>
    static readonly string[] LearningSections =
        ["matrix", "data", "validate", "split", "train", "evaluate", "package", "monitor"];

    public static bool Learns(YamlNode root) =>
        root is not YamlMapping mapping || mapping.Find("steps") is null
        || LearningSections.Any(name => mapping.Find(name) is not null);

    /// <param name="directory">The absolute folder of the file.</param>
    /// <param name="learns">False for a pipeline of steps alone, which needs no data.</param>
    public static SectionShape<PipelineSpecification> Shape(string directory, bool learns) =>
        new(fields => Resolve(new PipelineSpecification(
            directory,
            fields.Required("name", Name, "The pipeline's name, unlike any other's: a-z, 0-9 and hyphens"),
            fields.Maybe("title", Scalars.Text, "What people call it"),
            fields.Maybe("description", Scalars.Text, "What it is for"),
            fields.Maybe("owner", Scalars.Text, "Who answers for it"),
            learns,
            fields.Maybe("steps", StepsSection.Shape,
                "Programs of any kind that run before the data is read, by name")
                ?? new Dictionary<string, StepSpecification>(),
            fields.Maybe("matrix", DataSection.Matrix, "One model per value of a column"),
            fields.Section("data", DataSection.Shape, "What is read, and how", learns),
            fields.Section("validate", ValidateSection.Shape, "What the dataset must keep to"),
            fields.Section(
                "split", SplitSection.Shape, "How rows are divided into a training split and a holdout"),
            fields.Section(
                "train", TrainSection.Shape, "What is learnt, from which columns, and by what", learns),
            fields.Section(
                "evaluate", EvaluateSection.Shape, "What is measured, and what the model must reach"),
            fields.Section("package", PackageSection.Shape, "How a model is handed on"),
            fields.Maybe("monitor", MonitorSection.Shape, "How drift is watched; not watched when left out")),
            fields.Section("report", Report, "How the reports look")));

    /// <summary>With what one section takes from another written out.</summary>
    static PipelineSpecification Resolve(PipelineSpecification read, string? reportTitle)
    {
        var split = SplitSection.Resolve(read.Split, read.Data.Time, read.Train.Label);
        var evaluate = EvaluateSection.Resolve(read.Evaluate, read.Train.Task);
        return Resolve(read, split, evaluate) with { Title = reportTitle ?? read.Title };
    }

    static PipelineSpecification Resolve(
        PipelineSpecification read, SplitSpecification split, EvaluateSpecification evaluate) => read with
        {
            Data = read.Learns ? read.Data : read.Data with { Sources = [] },
            Validate = read.Validate with { Key = read.Data.Key },
            Split = split,
            Train = read.Train with
            {
                Features = TrainSection.Resolve(
                    read.Train.Features, NeverFeatures(read), read.Validate.Redact, read.Data.Columns),
                Sweep = SweepSection.Resolve(read.Train.Sweep, split, evaluate, read.Train.Seed),
            },
            Evaluate = evaluate with { Redacted = RedactedSlices(read.Validate.Redact, evaluate) },
            Package = read.Package with { Description = read.Description, Owner = read.Owner },
            Monitor = read.Monitor is null ? null : read.Monitor with
            {
                Exclude = [.. read.Monitor.Exclude.Order(StringComparer.Ordinal)],
            },
        };

    static List<string>? RedactedSlices(IReadOnlyList<string>? redact, EvaluateSpecification evaluate) =>
        evaluate.Slices.Intersect(redact ?? []).ToList() is { Count: > 0 } redacted ? redacted : null;

    /// <summary>
    /// The key, the matrix column, and the time column unless date parts are taken out of it.
    /// </summary>
    static IEnumerable<string> NeverFeatures(PipelineSpecification read)
    {
        var time = read.Data.Time;
        string?[] candidates = [.. read.Data.Key, read.Matrix?.Column, time];
        var keepsTime = read.Train.Features.DateParts.Count > 0;
        return candidates.OfType<string>().Where(column => !keepsTime || column != time);
    }

    /// <summary>Folders are called so too, on every system.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text[0] != '-'
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && !DeviceNames.Has(text);
}
